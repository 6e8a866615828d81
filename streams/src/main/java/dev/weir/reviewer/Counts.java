/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import dev.weir.event.VerdictDecision;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a worker did. Answers are counted once their transaction is committed.
 *
 * <p>Not safe for use by several threads.
 */
public final class Counts {
  private final Map<VerdictDecision, Long> answered = new EnumMap<>(VerdictDecision.class);
  private final Map<Skip, Long> skipped = new EnumMap<>(Skip.class);

  /** Why an escalation gets no answer. */
  public enum Skip {
    /** Its deadline was over before it was judged. */
    PAST_DEADLINE,
    /** Its deadline was over before the answer was there. */
    LATE,
    /** It ended, by others' answers, before it was judged. */
    ENDED,
    /** It is another tier's. */
    OTHER_TIER,
    /** The record is no escalation that this worker can read. */
    UNREADABLE
  }

  void answered(VerdictDecision decision) {
    answered.merge(decision, 1L, Long::sum);
  }

  void skipped(Skip why) {
    skipped.merge(why, 1L, Long::sum);
  }

  /** Verdicts published, by decision. */
  public long answers(VerdictDecision decision) {
    return answered.getOrDefault(decision, 0L);
  }

  /** All verdicts published. */
  public long answers() {
    return answered.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Escalations that got no answer. */
  public long skips(Skip why) {
    return skipped.getOrDefault(why, 0L);
  }
}
