/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import dev.weir.event.Escalation;
import dev.weir.event.Verdict;
import dev.weir.review.RecordSignature;
import java.nio.ByteBuffer;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A reviewer, as whom verdicts are signed.
 *
 * @param reviewerId as registered
 * @param tier that it answers
 * @param keyId what the registry calls the key's public half
 * @param key its own
 */
public record Identity(String reviewerId, String tier, String keyId, PrivateKey key) {

  /**
   * What a verdict repeats of its escalation.
   *
   * @param escalationId of the escalation
   * @param taskId of the action
   * @param eventId of the action
   * @param digest of the action
   * @param nonce of the escalation
   */
  public record Asked(
      String escalationId, String taskId, String eventId, ByteBuffer digest, ByteBuffer nonce) {

    static Asked of(Escalation escalation) {
      return new Asked(
          escalation.getEscalationId(),
          escalation.getTaskId(),
          escalation.getAssessment().getEventId(),
          escalation.getDigest(),
          escalation.getNonce());
    }
  }

  /** The signed verdict that answers the escalation as drafted. */
  public Verdict sign(Escalation escalation, Draft draft, Instant now) {
    return sign(Asked.of(escalation), draft, now);
  }

  /** The signed verdict that answers what was asked as drafted. */
  public Verdict sign(Asked asked, Draft draft, Instant now) {
    return RecordSignature.VERDICT.sign(
        Verdict.newBuilder()
            .setEscalationId(asked.escalationId())
            .setTaskId(asked.taskId())
            .setEventId(asked.eventId())
            .setDigest(asked.digest())
            .setNonce(asked.nonce())
            .setDecision(draft.decision())
            .setHarmEstimate(draft.harmEstimate())
            .setRationale(draft.rationale())
            .setReviewerId(reviewerId)
            .setTier(tier)
            .setCost(draft.cost())
            .setIssuedAt(now.truncatedTo(ChronoUnit.MILLIS))
            .setReplacementArguments(draft.replacementArguments())
            .setHandoverAgent(draft.handoverAgent())
            .setKeyId(keyId)
            .setSignature(ByteBuffer.allocate(0))
            .build(),
        key);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "%s for %s by %s".formatted(reviewerId, tier, keyId);
  }
}
