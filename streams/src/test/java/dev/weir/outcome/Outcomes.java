/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.outcome;

import dev.weir.event.Assessment;
import dev.weir.event.Contribution;
import dev.weir.event.Decision;
import dev.weir.event.Dimension;
import dev.weir.event.EscalationReason;
import dev.weir.event.Outcome;
import dev.weir.event.Phase;
import dev.weir.event.Reviewer;
import dev.weir.event.ReviewerKey;
import dev.weir.event.ReviewerKind;
import dev.weir.event.Score;
import dev.weir.policy.publish.Ed25519;
import dev.weir.policy.publish.Signatory;
import dev.weir.review.RecordSignature;
import dev.weir.review.Registry;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Outcomes of one action, reported by dana, who rita registered. */
final class Outcomes {
  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static final String TOPIC = "weir.reviewers";
  private static final KeyPair RITA = Ed25519.generate();
  private static final KeyPair DANA = Ed25519.generate();
  private static final SingleObject<Reviewer> REVIEWER = SingleObject.of(Reviewer.class);
  private static final SingleObject<Outcome> OUTCOME = SingleObject.of(Outcome.class);

  private Outcomes() {}

  /** Dana's registration, changed before it is signed; it counts from a day before noon on. */
  static Registry registry(Consumer<Reviewer> change) {
    Reviewer dana =
        Reviewer.newBuilder()
            .setReviewerId("dana")
            .setKind(ReviewerKind.PERSON)
            .setTiers(List.of(OutcomeCheck.TIER))
            .setKeys(
                new ArrayList<>(
                    List.of(
                        new ReviewerKey(
                            "k1",
                            ByteBuffer.wrap(DANA.getPublic().getEncoded()),
                            NOON.minus(Duration.ofDays(1)),
                            NOON.plus(Duration.ofDays(365))))))
            .setGeneration(1)
            .setRegistrar("rita")
            .setRegisteredAt(NOON)
            .setSignature(ByteBuffer.allocate(0))
            .build();
    change.accept(dana);
    Registry registry =
        new Registry(
            TOPIC,
            Map.of("rita", new Signatory("rita", RITA.getPublic(), Instant.MIN, Instant.MAX)));
    Reviewer signed = RecordSignature.ofReviewers(TOPIC).sign(dana, RITA.getPrivate());
    registry
        .take("dana", signed, REVIEWER.encode(signed), NOON.toEpochMilli())
        .ifPresent(
            fault -> {
              throw new AssertionError(fault);
            });
    return registry;
  }

  /** A harm of 40 LU that nobody reviewed, signed at noon after a change. */
  static Outcome harmful(Consumer<Outcome> change) {
    Outcome outcome =
        Outcome.newBuilder()
            .setTaskId("task")
            .setEventId("event")
            .setDigest(ByteBuffer.wrap(new byte[32]))
            .setAssessment(assessment())
            .setAssessmentPartition(1)
            .setAssessmentOffset(42)
            .setHarmful(true)
            .setHarm(40.0)
            .setDiscoveredAt(NOON.minusSeconds(60))
            .setFoundBy("incident 7")
            .setReporterId("dana")
            .setIssuedAt(NOON)
            .setKeyId("k1")
            .setSignature(ByteBuffer.allocate(0))
            .build();
    change.accept(outcome);
    return RecordSignature.OUTCOME.sign(outcome, DANA.getPrivate());
  }

  /** As the broker appends it. */
  static OutcomeCheck.Received received(Outcome outcome, Instant at) {
    return new OutcomeCheck.Received(outcome, OUTCOME.encode(outcome), at.toEpochMilli());
  }

  static Assessment assessment() {
    return Assessment.newBuilder()
        .setEventId("event")
        .setTaskId("task")
        .setAgentId("agent")
        .setTool("shell")
        .setPhase(Phase.OBSERVED)
        .setDigest(ByteBuffer.wrap(new byte[32]))
        .setTopic("weir.actions")
        .setPartition(1)
        .setOffset(41)
        .setOccurredAt(NOON.minusSeconds(3601))
        .setReceivedAt(NOON.minusSeconds(3600))
        .setTaskTime(NOON.minusSeconds(3600))
        .setTaskActions(3)
        .setPolicyDigest(ByteBuffer.wrap(new byte[] {1, 2}))
        .setScore(
            new Score(
                3.0,
                -1.0,
                2.0,
                100.0,
                "shell",
                false,
                List.of(new Contribution("wipes", Dimension.DESTRUCTION, 3.0, true, "it wipes"))))
        .setDecision(
            Decision.newBuilder()
                .setReason(EscalationReason.NONE)
                .setTier("")
                .setReviewCost(0)
                .setBaseCost(1)
                .setPrice(0.5)
                .setCredit(0)
                .setCutShare(1)
                .setInclusionProbability(0.02)
                .setU(0.25)
                .setChanceKeyId("key")
                .build())
        .build();
  }
}
