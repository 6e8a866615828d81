/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import dev.weir.event.Escalation;
import dev.weir.event.EscalationEnded;
import dev.weir.event.Verdict;
import dev.weir.review.RecordSignature;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The escalations of one tier that this reviewer may still answer, gathered from the topics in
 * whatever order their records come: neither settled nor answered by this reviewer, nor past their
 * deadline. Holds at most {@link #MAX_OPEN}; what is least urgent beyond that is left to others.
 *
 * <p>Only what bears this reviewer's own signature counts as its answer, whoever else writes to the
 * topic of verdicts.
 */
public final class OpenEscalations {
  /** Most that are held. */
  public static final int MAX_OPEN = 10_000;

  private static final int MAX_CLOSED = 200_000;
  private static final SingleObject<Escalation> ESCALATION = SingleObject.of(Escalation.class);
  private static final SingleObject<EscalationEnded> ENDED = SingleObject.of(EscalationEnded.class);
  private static final SingleObject<Verdict> VERDICT = SingleObject.of(Verdict.class);

  private final Identity identity;
  private final Map<String, Escalation> open = new HashMap<>();
  private final Set<String> closed = closed();

  public OpenEscalations(Identity identity) {
    this.identity = identity;
  }

  /** A record of the topic of escalations, or of the waiting queue. */
  public void escalation(byte[] value) {
    try {
      if (SingleObject.isSingleObject(value) && ENDED.reads(SingleObject.fingerprint(value))) {
        close(ENDED.decode(value).getEscalationId());
        return;
      }
      Escalation escalation = ESCALATION.decode(value);
      String id = escalation.getEscalationId();
      if (escalation.getTier().equals(identity.tier()) && !closed.contains(id)) {
        open.put(id, escalation);
      }
      if (open.size() > MAX_OPEN) {
        open.remove(Collections.max(open.values(), Backlog.URGENCY).getEscalationId());
      }
    } catch (MalformedRecordException e) {
      // nothing that could be shown
    }
  }

  /** A record of the topic of verdicts. */
  public void verdict(byte[] value) {
    try {
      Verdict verdict = VERDICT.decode(value);
      if (verdict.getReviewerId().equals(identity.reviewerId()) && isOwn(verdict)) {
        close(verdict.getEscalationId());
      }
    } catch (MalformedRecordException e) {
      // a notice, or nobody's answer
    }
  }

  /** An escalation that has ended, or that this reviewer has answered. */
  public void close(String escalationId) {
    closed.add(escalationId);
    open.remove(escalationId);
  }

  /** What is open, the most urgent first. */
  public List<Escalation> at(Instant now) {
    open.values().removeIf(escalation -> !now.isBefore(escalation.getDeadline()));
    List<Escalation> sorted = new ArrayList<>(open.values());
    sorted.sort(Backlog.URGENCY);
    return sorted;
  }

  /** Signatures by Ed25519 are the same each time. */
  private boolean isOwn(Verdict verdict) {
    Verdict again =
        RecordSignature.VERDICT.sign(Verdict.newBuilder(verdict).build(), identity.key());
    return again.getSignature().equals(verdict.getSignature());
  }

  private static Set<String> closed() {
    return Collections.newSetFromMap(
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_CLOSED;
          }
        });
  }
}
