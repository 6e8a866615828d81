/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.event.Reviewer;
import dev.weir.event.ReviewerKey;
import dev.weir.event.ReviewerKind;
import dev.weir.event.Verdict;
import dev.weir.event.VerdictDecision;
import dev.weir.policy.publish.Ed25519;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Verdicts and reviewers for tests. */
final class Verdicts {
  /** The reviewer's. */
  static final KeyPair KEY = Ed25519.generate();

  private Verdicts() {}

  /** An approval, unsigned. */
  static Verdict verdict() {
    return Verdict.newBuilder()
        .setEscalationId("e-1")
        .setTaskId("task")
        .setEventId("event")
        .setDigest(ByteBuffer.wrap(new byte[32]))
        .setNonce(ByteBuffer.wrap(new byte[16]))
        .setDecision(VerdictDecision.APPROVE)
        .setHarmEstimate(1.5)
        .setRationale("looks right — ünïcode")
        .setReviewerId("carol")
        .setTier("expert")
        .setCost(2.0)
        .setIssuedAt(Instant.ofEpochMilli(1))
        .setReplacementArguments("{}")
        .setHandoverAgent("vetted")
        .setKeyId("k1")
        .setSignature(ByteBuffer.allocate(0))
        .build();
  }

  /** A reviewer with one key, unsigned. */
  static Reviewer reviewer() {
    return Reviewer.newBuilder()
        .setReviewerId("carol")
        .setKind(ReviewerKind.PERSON)
        .setAgentId("agent")
        .setModel("model")
        .setProvider("provider")
        .setTiers(new ArrayList<>(List.of("expert")))
        .setKeys(new ArrayList<>(List.of(key("k1"))))
        .setRevokedAt(null)
        .setGeneration(1)
        .setRegistrar("alice")
        .setRegisteredAt(Instant.ofEpochMilli(1))
        .setSignature(ByteBuffer.allocate(0))
        .build();
  }

  static ReviewerKey key(String name) {
    return new ReviewerKey(
        name,
        ByteBuffer.wrap(KEY.getPublic().getEncoded()),
        Instant.ofEpochMilli(0),
        Instant.ofEpochMilli(1000));
  }
}
