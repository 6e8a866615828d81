/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import dev.weir.event.Escalation;
import dev.weir.event.Verdict;
import dev.weir.review.VerdictSignature;
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

  /** The signed verdict that answers the escalation as drafted. */
  public Verdict sign(Escalation escalation, Draft draft, Instant now) {
    return VerdictSignature.sign(
        Verdict.newBuilder()
            .setEscalationId(escalation.getEscalationId())
            .setTaskId(escalation.getTaskId())
            .setEventId(escalation.getAssessment().getEventId())
            .setDigest(escalation.getDigest())
            .setNonce(escalation.getNonce())
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
