/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.Chance;
import dev.weir.event.DispositionKind;
import dev.weir.event.Escalation;
import dev.weir.event.RefusalReason;
import dev.weir.event.ReviewerKind;
import dev.weir.event.Verdict;
import dev.weir.event.VerdictDecision;
import dev.weir.metrics.MetricNames;
import dev.weir.review.Notices;
import dev.weir.review.RecordSignature;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Attempts to have a dangerous action released; each fails, and is counted for what it is. */
class VerdictAttackStoryTest {
  private static final Instant LATER = Flume.NOON.plus(Duration.ofMinutes(10));
  private static final Act DANGEROUS =
      Act.of("e-1")
          .text("phase", "PROPOSED")
          .with("agent", "{\"id\":\"a-1\",\"model\":\"gpt-9\",\"provider\":\"acme\"}")
          .loses(8);

  private static Flume open() {
    return Flume.open()
        .register(
            Jury.person("ann", "expert"),
            Jury.person("ben", "board"),
            Jury.person("a-1", "expert"),
            Jury.reviewer(
                "alias",
                r -> {
                  r.setAgentId("a-1");
                  r.setTiers(List.of("expert"));
                }),
            Jury.reviewer(
                "gone",
                r -> {
                  r.setRevokedAt(Flume.NOON);
                  r.setTiers(List.of("expert"));
                }),
            Jury.reviewer(
                "lapsed",
                r -> {
                  r.getKeys().get(0).setValidUntil(Flume.NOON);
                  r.setTiers(List.of("expert"));
                }));
  }

  private static void refused(RefusalReason reason, String reviewer, Consumer<Verdict> change) {
    refused(reason, reviewer, change, LATER);
  }

  private static void refused(
      RefusalReason reason, String reviewer, Consumer<Verdict> change, Instant at) {
    try (Flume flume = open()) {
      Escalation escalation = held(flume);
      flume.answer(Jury.says(reviewer, escalation, VerdictDecision.APPROVE, change), at);
      assertRefused(flume, reason);
    }
  }

  private static Escalation held(Flume flume) {
    flume.send(DANGEROUS);
    assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.HELD);
    return flume.escalation();
  }

  private static void assertRefused(Flume flume, RefusalReason reason) {
    assertThat(flume.deadLetter().getReason()).isEqualTo(reason);
    assertThat(flume.refusedVerdicts(reason)).isEqualTo(1);
    assertThat(flume.dispositions()).as("it stays held").isEmpty();
    flume.skip(flume.topics().assessments(), flume.topics().taskRisk());
    flume.skipFleet();
  }

  @Test
  void shouldRefuseWhenTheSignatureIsForged() {
    try (Flume flume = open()) {
      Verdict verdict = Jury.says("ann", held(flume), VerdictDecision.APPROVE);
      RecordSignature.VERDICT.sign(verdict, Jury.key("mallory").getPrivate());
      flume.answer(verdict, LATER);
      assertRefused(flume, RefusalReason.BAD_SIGNATURE);
    }
  }

  @Test
  void shouldRefuseWhenADecisionIsChangedAfterItWasSigned() {
    try (Flume flume = open()) {
      Verdict verdict = Jury.says("ann", held(flume), VerdictDecision.DENY);
      verdict.setDecision(VerdictDecision.APPROVE);
      flume.answer(verdict, LATER);
      assertRefused(flume, RefusalReason.BAD_SIGNATURE);
    }
  }

  @Test
  void shouldRefuseWhenTheReviewerIsNotRegistered() {
    refused(RefusalReason.UNKNOWN_REVIEWER, "mallory", v -> {});
  }

  @Test
  void shouldRefuseWhenTheReviewerWasRevoked() {
    refused(RefusalReason.REVOKED, "gone", v -> {});
  }

  @Test
  void shouldRefuseWhenTheKeyIsNoLongerValid() {
    refused(RefusalReason.REVOKED, "lapsed", v -> {});
  }

  @Test
  void shouldRefuseWhenAReviewerIsRevokedWhileTheStreamRuns() {
    try (Flume flume = open()) {
      Escalation escalation = held(flume);
      flume.register(
          Jury.reviewer(
              "ann",
              r -> {
                r.setTiers(List.of("expert"));
                r.setRevokedAt(Flume.NOON.plusSeconds(1));
                r.setGeneration(2);
              }));
      flume.answer(Jury.says("ann", escalation, VerdictDecision.APPROVE), LATER);
      assertRefused(flume, RefusalReason.REVOKED);
    }
  }

  @Test
  void shouldRefuseWhenTheReviewerIsOfAnotherTier() {
    refused(RefusalReason.WRONG_TIER, "ben", v -> {});
  }

  @Test
  void shouldRefuseWhenTheVerdictIsForAnotherTier() {
    refused(RefusalReason.WRONG_TIER, "ben", v -> v.setTier("board"));
  }

  @Test
  void shouldRefuseWhenAnAgentApprovesItself() {
    refused(RefusalReason.SELF_REVIEW, "a-1", v -> {});
  }

  @Test
  void shouldRefuseWhenAnAgentApprovesItselfUnderAReviewersName() {
    refused(RefusalReason.SELF_REVIEW, "alias", v -> {});
  }

  @Test
  void shouldRefuseWhenItIsForAnotherActionsDigest() {
    refused(RefusalReason.WRONG_DIGEST, "ann", v -> v.setDigest(Act.of("e-2").loses(8).digest()));
  }

  @Test
  void shouldRefuseWhenItDoesNotKnowTheNonce() {
    refused(RefusalReason.WRONG_NONCE, "ann", v -> v.setNonce(ByteBuffer.wrap(new byte[16])));
  }

  @Test
  void shouldRefuseWhenItComesAtTheDeadline() {
    refused(RefusalReason.TOO_LATE, "ann", v -> {}, Flume.NOON.plus(Duration.ofHours(1)));
  }

  @Test
  void shouldRefuseWhenThereIsNoSuchEscalation() {
    refused(RefusalReason.NOT_OPEN, "ann", v -> v.setEscalationId("00ff"));
  }

  @Test
  void shouldRefuseWhenItSaysNothingThatCanBeDone() {
    refused(RefusalReason.UNANSWERABLE, "ann", v -> v.setDecision(VerdictDecision.REPLACE));
    refused(RefusalReason.UNANSWERABLE, "ann", v -> v.setDecision(VerdictDecision.HANDOVER));
    refused(RefusalReason.BAD_NUMBER, "ann", v -> v.setHarmEstimate(Double.NaN));
    refused(RefusalReason.BAD_NUMBER, "ann", v -> v.setCost(-1.0));
    refused(RefusalReason.FIELD_TOO_LONG, "ann", v -> v.setRationale("x".repeat(4097)));
  }

  @Test
  void shouldRefuseWhenAModelReviewsItsOwnKind() {
    for (String model : List.of("gpt-9", "GPT-9", "other")) {
      try (Flume flume =
          Flume.open(Policies.tiered())
              .register(
                  Jury.reviewer(
                      "bot",
                      r -> {
                        r.setKind(ReviewerKind.MODEL);
                        r.setModel(model);
                        r.setProvider("acme");
                        r.setTiers(List.of("board"));
                      }))) {
        flume.answer(Jury.says("bot", held(flume), VerdictDecision.APPROVE), LATER);
        assertRefused(flume, RefusalReason.NOT_INDEPENDENT);
      }
    }
  }

  @Test
  void shouldRefuseWhenAVerdictIsReplayed() {
    try (Flume flume = open()) {
      Verdict verdict = Jury.says("ann", held(flume), VerdictDecision.DENY);
      flume.answer(verdict, LATER);
      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.DENIED);
      flume.skip(flume.topics().signals());

      flume.answer(verdict, LATER);
      assertRefused(flume, RefusalReason.REPLAYED);
    }
  }

  @Test
  void shouldRefuseWhenAnApprovalIsReplayedOnTheSameBytesProposedOnceMore() {
    try (Flume flume = open()) {
      Verdict verdict = Jury.says("ann", held(flume), VerdictDecision.APPROVE);
      flume.answer(verdict, LATER);
      flume.skip(flume.topics().dispositions(), flume.topics().signals());
      Instant dayAfter = Flume.NOON.plus(Duration.ofHours(25));

      flume.send(DANGEROUS, dayAfter);
      Escalation anew = flume.escalation();
      assertThat(anew.getNonce()).isNotEqualTo(verdict.getNonce());
      flume.skip(flume.topics().dispositions());
      verdict.setEscalationId(anew.getEscalationId());
      flume.answer(verdict, dayAfter);

      assertRefused(flume, RefusalReason.BAD_SIGNATURE);
    }
  }

  @Test
  void shouldRefuseWhenSomebodyElseSaysThatADeadlineHasPassed() {
    try (Flume flume = open()) {
      Escalation escalation = held(flume);
      Chance guessed =
          new Chance("not the key of the stories".getBytes(StandardCharsets.US_ASCII), 1000);
      long deadlineMs = escalation.getDeadline().toEpochMilli();
      byte[] forged =
          Codecs.EXPIRY_NOTICE.encode(
              new Notices(guessed).of(escalation.getEscalationId(), "t-1", deadlineMs));

      flume.answer("t-1", forged, escalation.getDeadline());

      flume.skip(flume.topics().verdicts());
      assertRefused(flume, RefusalReason.BAD_NOTICE);
    }
  }

  @Test
  void shouldWaitWhenANoticeIsReadBeforeItsDeadlineByTheBrokersClock() {
    try (Flume flume = open()) {
      Escalation escalation = held(flume);
      byte[] early =
          Codecs.EXPIRY_NOTICE.encode(
              new Notices(Flume.chance())
                  .of(
                      escalation.getEscalationId(),
                      "t-1",
                      escalation.getDeadline().toEpochMilli()));

      flume.answer("t-1", early, LATER);
      assertThat(flume.dispositions()).isEmpty();
      flume.answer(Jury.says("ann", escalation, VerdictDecision.APPROVE), LATER);

      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.RELEASED);
      flume.skip(flume.topics().signals(), flume.topics().verdicts());
      flume.skip(flume.topics().assessments(), flume.topics().taskRisk());
      flume.skipFleet();
    }
  }

  @Test
  void shouldRefuseInAFewBytesWhenNamesAreLongerThanAnyRecordMayBe() {
    String endless = "x".repeat(2 << 20);
    try (Flume flume = open()) {
      Escalation escalation = held(flume);
      flume.answer(
          Jury.says("ann", escalation, VerdictDecision.APPROVE, v -> v.setEventId(endless)), LATER);
      assertRefused(flume, RefusalReason.TOO_LARGE);
    }
    try (Flume flume = open()) {
      Escalation escalation = held(flume);
      String name = "x".repeat(500_000);
      Verdict verdict =
          Jury.says(
              "ann",
              escalation,
              VerdictDecision.APPROVE,
              v -> {
                v.setEventId(name);
                v.setTaskId("t-1" + name.substring(0, 300_000));
              });
      flume.answer("t-1", Codecs.VERDICT.encode(verdict), LATER);

      assertRefused(flume, RefusalReason.WRONG_DIGEST);
    }
  }

  @Test
  void shouldRefuseWhenARecordIsNoVerdict() {
    try (Flume flume = open()) {
      held(flume);
      flume.answer("t-1", "{\"decision\":\"APPROVE\"}".getBytes(StandardCharsets.UTF_8), LATER);
      assertRefused(flume, RefusalReason.UNKNOWN_ENCODING);
    }
    try (Flume flume = open()) {
      held(flume);
      byte[] broken = Codecs.VERDICT.encode(Jury.says("ann", escalationOf(), VerdictDecision.DENY));
      flume.answer("t-1", Arrays.copyOf(broken, broken.length - 1), LATER);
      assertRefused(flume, RefusalReason.MALFORMED_AVRO);
    }
  }

  private static Escalation escalationOf() {
    try (Flume flume = open()) {
      Escalation escalation = held(flume);
      flume.skip(flume.topics().assessments(), flume.topics().taskRisk());
      flume.skipFleet();
      return escalation;
    }
  }

  @Test
  void shouldRefuseWhenAVerdictLiesInAnotherPartitionThanItsTask() {
    try (Flume flume = Flume.ofPartitions(8)) {
      String elsewhere = "t-1";
      for (int i = 1; new Placement(8).of(elsewhere) == 0; i++) {
        elsewhere = "t-" + i;
      }
      String task = elsewhere;
      flume.answer(
          Jury.says("ann", escalationOf(), VerdictDecision.DENY, v -> v.setTaskId(task)), LATER);

      assertThat(flume.deadLetter().getReason()).isEqualTo(RefusalReason.MISPLACED);
    }
  }

  @Test
  void shouldKeepTheRegistryWhenARecordOnItsTopicDoesNotCount() {
    try (Flume flume = open()) {
      Escalation escalation = held(flume);
      flume.register(
          Jury.reviewer("ann", r -> r.setTiers(List.of("expert"))),
          Jury.reviewer(
              "ann",
              r -> {
                r.setGeneration(5);
                r.setRegistrar("mallory");
              }));
      var forged = Jury.reviewer("ann", r -> r.setGeneration(7));
      forged.setTiers(List.of("expert", "board"));
      flume.register(forged);

      flume.answer(Jury.says("ann", escalation, VerdictDecision.APPROVE), LATER);

      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.RELEASED);
      assertThat(flume.count(MetricNames.REVIEWERS_REFUSED)).isEqualTo(2);
      flume.skip(flume.topics().signals());
      flume.skip(flume.topics().assessments(), flume.topics().taskRisk());
      flume.skipFleet();
    }
  }
}
