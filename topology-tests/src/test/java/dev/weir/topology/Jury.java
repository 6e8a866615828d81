/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.event.Assessment;
import dev.weir.event.Escalation;
import dev.weir.event.Outcome;
import dev.weir.event.Reviewer;
import dev.weir.event.ReviewerKey;
import dev.weir.event.ReviewerKind;
import dev.weir.event.Verdict;
import dev.weir.event.VerdictDecision;
import dev.weir.policy.publish.Ed25519;
import dev.weir.review.RecordSignature;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Those who review in stories, registered by rita, and what they sign. */
final class Jury {
  static final KeyPair RITA = Ed25519.generate();
  static final String REGISTRARS = "rita=" + Ed25519.base64(RITA.getPublic());

  private static final RecordSignature<Reviewer> REGISTRATION =
      RecordSignature.ofReviewers("weir.reviewers");
  private static final Map<String, KeyPair> KEYS = new HashMap<>();

  private Jury() {}

  /** The key of a reviewer. */
  static synchronized KeyPair key(String reviewerId) {
    return KEYS.computeIfAbsent(reviewerId, id -> Ed25519.generate());
  }

  /** A person who may answer these tiers from a day before noon on, for a year. */
  static Reviewer person(String id, String... tiers) {
    return reviewer(id, r -> r.setTiers(List.of(tiers)));
  }

  /** A reviewer, changed before it is signed. */
  static Reviewer reviewer(String id, Consumer<Reviewer> change) {
    Reviewer reviewer =
        Reviewer.newBuilder()
            .setReviewerId(id)
            .setKind(ReviewerKind.PERSON)
            .setTiers(List.of())
            .setKeys(
                new ArrayList<>(
                    List.of(
                        new ReviewerKey(
                            "k1",
                            ByteBuffer.wrap(key(id).getPublic().getEncoded()),
                            Flume.NOON.minus(Duration.ofDays(1)),
                            Flume.NOON.plus(Duration.ofDays(365))))))
            .setGeneration(1)
            .setRegistrar("rita")
            .setRegisteredAt(Flume.NOON)
            .setSignature(ByteBuffer.allocate(0))
            .build();
    change.accept(reviewer);
    return REGISTRATION.sign(reviewer, RITA.getPrivate());
  }

  /** What a reporter found out of an assessed action, at noon, changed before it is signed. */
  static Outcome reports(String reporterId, Assessment of, Consumer<Outcome> change) {
    Outcome outcome =
        Outcome.newBuilder()
            .setTaskId(of.getTaskId())
            .setEventId(of.getEventId())
            .setDigest(of.getDigest())
            .setAssessment(of)
            .setAssessmentPartition(0)
            .setAssessmentOffset(0)
            .setHarmful(true)
            .setHarm(500.0)
            .setDiscoveredAt(Flume.NOON)
            .setFoundBy("an incident")
            .setReporterId(reporterId)
            .setIssuedAt(Flume.NOON)
            .setKeyId("k1")
            .setSignature(ByteBuffer.allocate(0))
            .build();
    change.accept(outcome);
    return RecordSignature.OUTCOME.sign(outcome, key(reporterId).getPrivate());
  }

  /** What a reviewer decides, signed. */
  static Verdict says(String reviewerId, Escalation escalation, VerdictDecision decision) {
    return says(reviewerId, escalation, decision, v -> {});
  }

  /** The same, changed before it is signed. */
  static Verdict says(
      String reviewerId,
      Escalation escalation,
      VerdictDecision decision,
      Consumer<Verdict> change) {
    Verdict verdict =
        Verdict.newBuilder()
            .setEscalationId(escalation.getEscalationId())
            .setTaskId(escalation.getTaskId())
            .setEventId(escalation.getAssessment().getEventId())
            .setDigest(escalation.getDigest())
            .setNonce(escalation.getNonce())
            .setDecision(decision)
            .setReviewerId(reviewerId)
            .setTier(escalation.getTier())
            .setIssuedAt(Instant.ofEpochMilli(1))
            .setKeyId("k1")
            .setSignature(ByteBuffer.allocate(0))
            .build();
    change.accept(verdict);
    return RecordSignature.VERDICT.sign(verdict, key(reviewerId).getPrivate());
  }
}
