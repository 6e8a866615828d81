/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.outcome;

import dev.weir.action.Digest;
import dev.weir.event.Outcome;
import dev.weir.state.ReportedOutcome;
import dev.weir.state.TaskOutcomes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of a task that counted lately, at most {@value #MAX_OUTCOMES}.
 *
 * <p>Invariant: what was signed after the latest moment at which an outcome was forgotten for want
 * of room is all there. So no outcome whose signature still counts is ever taken twice.
 */
final class OutcomeMemory {
  static final int MAX_OUTCOMES = 64;
  private static final int KEY_BYTES = 16;

  private final List<ReportedOutcome> outcomes;

  /** What is remembered of a task; null if nothing is. */
  OutcomeMemory(@Nullable TaskOutcomes state) {
    this.outcomes = state == null ? List.of() : state.getOutcomes();
  }

  /** What the reporter of an outcome said last of the same action; null if nothing. */
  @Nullable ReportedOutcome before(Outcome outcome) {
    ByteBuffer key = key(outcome);
    return outcomes.stream().filter(one -> one.getKey().equals(key)).findFirst().orElse(null);
  }

  /** Whether it says no more than {@code before} did, or was signed no later. */
  static boolean repeats(Outcome outcome, ReportedOutcome before) {
    boolean same =
        outcome.getHarmful() == before.getHarmful()
            && Objects.equals(outcome.getHarm(), before.getHarm());
    return same || !outcome.getIssuedAt().isAfter(before.getIssuedAt());
  }

  /** Whether one more finds no room but by forgetting one that was signed after {@code sinceMs}. */
  boolean isFull(Outcome next, long sinceMs) {
    return before(next) == null
        && outcomes.size() >= MAX_OUTCOMES
        && oldest().getIssuedAt().isAfter(Instant.ofEpochMilli(sinceMs));
  }

  /** With one more, in the place of what its reporter said before, or of the oldest. */
  List<ReportedOutcome> with(Outcome next) {
    List<ReportedOutcome> all = new ArrayList<>(outcomes);
    ReportedOutcome before = before(next);
    if (before != null) {
      all.remove(before);
    } else if (all.size() >= MAX_OUTCOMES) {
      all.remove(oldest());
    }
    all.add(new ReportedOutcome(key(next), next.getIssuedAt(), next.getHarmful(), next.getHarm()));
    return all;
  }

  private ReportedOutcome oldest() {
    return outcomes.stream().min(Comparator.comparing(ReportedOutcome::getIssuedAt)).orElseThrow();
  }

  private static ByteBuffer key(Outcome outcome) {
    byte[] reporter = outcome.getReporterId().getBytes(StandardCharsets.UTF_8);
    byte[] event = outcome.getEventId().getBytes(StandardCharsets.UTF_8);
    ByteBuffer digest = outcome.getDigest().duplicate();
    ByteBuffer all =
        ByteBuffer.allocate(8 + reporter.length + event.length + digest.remaining())
            .putInt(reporter.length)
            .put(reporter)
            .putInt(event.length)
            .put(event)
            .put(digest);
    return ByteBuffer.wrap(Arrays.copyOf(Digest.of(all.array()), KEY_BYTES));
  }
}
