/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.groups.Tuple.tuple;

import dev.weir.budget.Decisions;
import dev.weir.budget.Terms;
import dev.weir.client.Handovers;
import dev.weir.event.Assessment;
import dev.weir.event.Disposition;
import dev.weir.event.DispositionKind;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.Handover;
import dev.weir.event.Phase;
import dev.weir.event.RefusalReason;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.Signal;
import dev.weir.event.Verdict;
import dev.weir.event.VerdictDecision;
import dev.weir.metrics.MetricNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How an agent that waits gets its one answer, and who gives it. */
class ReviewStoryTest {
  private static final Instant LATER = Flume.NOON.plus(Duration.ofMinutes(10));

  private static Act proposal(String eventId) {
    return Act.of(eventId).text("phase", "PROPOSED");
  }

  private static Act dangerous(String eventId) {
    return proposal(eventId).tool("transfer").loses(8);
  }

  private static Act execution(String eventId, Act proposal) {
    String of = proposal.fields().get("event_id");
    return proposal.text("event_id", eventId).text("phase", "EXECUTED").with("proposal_id", of);
  }

  private static Flume open() {
    return Flume.open()
        .register(Jury.person("ann", "expert"), Jury.person("ben", "expert", "board"));
  }

  private static Flume tiered() {
    return Flume.open(Policies.tiered())
        .register(
            Jury.person("ann", "expert"), Jury.person("ben", "board"), Jury.person("cat", "board"));
  }

  private static void skipRest(Flume flume) {
    flume.skip(flume.topics().assessments(), flume.topics().taskRisk());
    flume.skipFleet();
  }

  @Test
  void shouldReleaseAtOnceWhenAProposalIsBelowTheCut() {
    try (Flume flume = open()) {
      Act act = proposal("e-1").loses(0);

      flume.send(act);

      Disposition disposition = flume.disposition();
      assertThat(disposition.getKind()).isEqualTo(DispositionKind.RELEASED);
      assertThat(disposition.getEventId()).isEqualTo("e-1");
      assertThat(disposition.getTaskId()).isEqualTo("t-1");
      assertThat(disposition.getDigest()).isEqualTo(act.digest());
      assertThat(disposition.getDecidedAt()).isEqualTo(Flume.NOON);
      assertThat(disposition.getRepeats()).isFalse();
      skipRest(flume);
    }
  }

  @Test
  void shouldTellNothingOfWhatIsOnlyObserved() {
    try (Flume flume = open()) {
      flume.send(Act.of("e-1").loses(0), Act.of("e-2").loses(8));

      assertThat(flume.dispositions()).isEmpty();
      assertThat(flume.escalations()).hasSize(1);
      skipRest(flume);
    }
  }

  @Test
  void shouldHoldThenReleaseWhenAReviewerApproves() {
    try (Flume flume = open()) {
      flume.send(dangerous("e-1"));
      Escalation escalation = flume.escalation();
      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.HELD);

      flume.answer(Jury.says("ann", escalation, VerdictDecision.APPROVE), LATER);

      Disposition disposition = flume.disposition();
      assertThat(disposition.getKind()).isEqualTo(DispositionKind.RELEASED);
      assertThat(disposition.getDigest()).isEqualTo(escalation.getDigest());
      assertThat(disposition.getDecidedAt()).isEqualTo(LATER);
      Signal signal = flume.signal();
      assertThat(signal.getOutcome()).isEqualTo(ReviewOutcome.APPROVED);
      assertThat(signal.getEscalationId()).isEqualTo(escalation.getEscalationId());
      assertThat(flume.ended()).containsExactly(escalation.getEscalationId());
      assertThat(signal.getAssessment()).isEqualTo(escalation.getAssessment());
      assertThat(signal.getOpinions()).hasSize(1);
      assertThat(signal.getReviewCost()).isEqualTo(100);
      assertThat(signal.getWeight()).isEqualTo(1);
      assertThat(flume.metrics().value(MetricNames.DISPOSITIONS, "kind", "RELEASED")).isEqualTo(1);
      assertThat(flume.metrics().value(MetricNames.REVIEWS_ENDED, "outcome", "APPROVED"))
          .isEqualTo(1);
      skipRest(flume);
    }
  }

  @Test
  void shouldCarryOutWithoutAnotherReviewWhenAProposalWasReleased() {
    try (Flume flume = open()) {
      Act act = dangerous("e-1");
      flume.send(act);
      flume.answer(Jury.says("ann", flume.escalation(), VerdictDecision.APPROVE), LATER);
      flume.skip(flume.topics().assessments());

      flume.send(execution("e-2", act), LATER);

      assertThat(flume.assessment().getCarriesOut()).isTrue();
      assertThat(flume.escalations()).isEmpty();
      flume.skip(flume.topics().dispositions(), flume.topics().signals());
      skipRest(flume);
    }
  }

  @Test
  void shouldDenyWhenAReviewerDenies() {
    try (Flume flume = open()) {
      flume.send(dangerous("e-1"));
      flume.skip(flume.topics().dispositions());

      flume.answer(
          Jury.says(
              "ann", flume.escalation(), VerdictDecision.DENY, v -> v.setRationale("not hers")),
          LATER);

      Disposition disposition = flume.disposition();
      assertThat(disposition.getKind()).isEqualTo(DispositionKind.DENIED);
      assertThat(disposition.toString()).as("no reason goes to the agent").doesNotContain("hers");
      assertThat(flume.signal().getOutcome()).isEqualTo(ReviewOutcome.DENIED);
      skipRest(flume);
    }
  }

  @Test
  void shouldSuggestOtherArgumentsAndJudgeThemAnewWhenAReviewerReplaces() {
    try (Flume flume = open()) {
      Act act = dangerous("e-1");
      flume.send(act);
      flume.skip(flume.topics().dispositions());

      flume.answer(
          Jury.says(
              "ann",
              flume.escalation(),
              VerdictDecision.REPLACE,
              v -> v.setReplacementArguments("{\"loss\":0.0}")),
          LATER);
      Disposition denied = flume.disposition();
      flume.send(act.text("event_id", "e-2").loses(0.0), LATER);

      assertThat(denied.getKind()).isEqualTo(DispositionKind.DENIED);
      assertThat(denied.getReplacementArguments()).isEqualTo("{\"loss\":0.0}");
      assertThat(flume.disposition().getKind())
          .as("what a reviewer suggested inherits nothing")
          .isEqualTo(DispositionKind.RELEASED);
      assertThat(flume.signal().getOutcome()).isEqualTo(ReviewOutcome.REPLACED);
      skipRest(flume);
    }
  }

  @Test
  void shouldTellTheOtherAgentWhatAndNeverWhyWhenAReviewerHandsOver() {
    try (Flume flume = open()) {
      Act act = dangerous("e-1");
      flume.send(act);
      flume.skip(flume.topics().dispositions());

      flume.answer(handedTo("bot-7", flume.escalation()), LATER);

      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.DENIED);
      List<Handover> handovers = flume.handovers();
      assertThat(handovers).hasSize(1);
      Handover handover = handovers.get(0);
      assertThat(handover.getToAgent()).isEqualTo("bot-7");
      assertThat(handover.getFromAgent()).isEqualTo("a-1");
      assertThat(handover.getSource()).isEqualTo(flume.topics().actions());
      assertThat(handover.getDigest()).isEqualTo(act.digest());
      assertThat(handover.getHandedOverAt()).isEqualTo(LATER);
      assertThat(Handovers.action(handover).getArguments()).contains("loss");
      assertThat(handover.toString()).doesNotContain("beyond him");
      assertThat(flume.metrics().value(MetricNames.HANDOVERS, "told", "yes")).isEqualTo(1);
      flume.skip(flume.topics().signals());
      skipRest(flume);
    }
  }

  @Test
  void shouldHandOverNothingThatHappenedAlready() {
    try (Flume flume = open()) {
      flume.send(dangerous("e-1").text("phase", "OBSERVED"));
      flume.answer(handedTo("bot-7", flume.escalation()), LATER);

      assertThat(flume.handovers()).isEmpty();
      flume.skip(flume.topics().signals());
      skipRest(flume);
    }
  }

  @Test
  void shouldDenyAllTheSameWhenAnActionIsTooLongToBeToldWhole() {
    try (Flume flume = Flume.ofMaxOutput(65_536).register(Jury.person("ann", "expert"))) {
      Act act =
          dangerous("e-1")
              .with("arguments", "{\"loss\":8,\"x\":\"%s\"}".formatted("y".repeat(70_000)));
      flume.send(act);
      flume.skip(flume.topics().dispositions());
      flume.answer(handedTo("bot-7", flume.escalation()), LATER);

      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.DENIED);
      assertThat(flume.handovers()).isEmpty();
      assertThat(flume.metrics().value(MetricNames.HANDOVERS, "told", "no")).isEqualTo(1);
      flume.skip(flume.topics().signals());
      skipRest(flume);
    }
  }

  private static Verdict handedTo(String agent, Escalation escalation) {
    return Jury.says(
        "ann",
        escalation,
        VerdictDecision.HANDOVER,
        v -> {
          v.setHandoverAgent(agent);
          v.setRationale("beyond him");
        });
  }

  @Test
  void shouldExpireWhenNobodyAnswersAtTheLastTier() {
    try (Flume flume = open()) {
      flume.send(dangerous("e-1"));
      Escalation escalation = flume.escalation();
      flume.skip(flume.topics().dispositions());

      flume.pass(Duration.ofMinutes(59));
      assertThat(flume.notices()).isEmpty();
      flume.pass(Duration.ofMinutes(2));

      assertThat(flume.notices()).hasSize(1);
      Disposition disposition = flume.disposition();
      assertThat(disposition.getKind()).isEqualTo(DispositionKind.EXPIRED);
      assertThat(disposition.getDigest()).isEqualTo(escalation.getDigest());
      assertThat(flume.signal().getOutcome()).isEqualTo(ReviewOutcome.EXPIRED);

      flume.answer(
          Jury.says("ann", escalation, VerdictDecision.APPROVE),
          Flume.NOON.plus(Duration.ofHours(2)));
      assertThat(flume.deadLetter().getReason()).isEqualTo(RefusalReason.TOO_LATE);
      flume.pass(Duration.ofHours(5));
      assertThat(flume.notices()).isEmpty();
      skipRest(flume);
    }
  }

  @Test
  void shouldTakeTheVerdictThatWasInTimeWhenWeirReadsItLate() {
    try (Flume flume = open()) {
      flume.send(dangerous("e-1"));
      Escalation escalation = flume.escalation();
      flume.skip(flume.topics().dispositions());

      // Weir was down: what stands first in the log counts, whenever it is read.
      flume.answer(
          Jury.says("ann", escalation, VerdictDecision.APPROVE),
          Flume.NOON.plus(Duration.ofMinutes(59)));
      flume.pass(Duration.ofHours(3));

      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.RELEASED);
      assertThat(flume.notices()).isEmpty();
      flume.skip(flume.topics().signals());
      skipRest(flume);
    }
  }

  @Test
  void shouldGiveReviewersTheirWholeTimeWhenAProposalIsReadLate() {
    try (Flume flume = open()) {
      flume.pass(Duration.ofHours(3));

      flume.send(dangerous("e-1"));

      assertThat(flume.escalation().getDeadline()).isEqualTo(Flume.NOON.plus(Duration.ofHours(4)));
      flume.pass(Duration.ofMinutes(59));
      assertThat(flume.notices()).isEmpty();
      flume.skip(flume.topics().dispositions());
      skipRest(flume);
    }
  }

  @Test
  void shouldAskTheNextTierWhenNobodyAnswersAndReleaseByItsQuorum() {
    try (Flume flume = tiered()) {
      flume.send(proposal("e-1").tool("launch").loses(1));
      Escalation first = flume.escalation();
      assertThat(first.getTier()).isEqualTo("expert");
      flume.skip(flume.topics().dispositions());

      flume.pass(Duration.ofHours(1));
      assertThat(flume.notices()).hasSize(1);
      assertThat(flume.signal().getOutcome()).isEqualTo(ReviewOutcome.PASSED_ON);
      Escalation second = flume.escalation();
      assertThat(second.getTier()).isEqualTo("board");
      assertThat(second.getRound()).isEqualTo(1);
      assertThat(second.getDigest()).isEqualTo(first.getDigest());
      assertThat(second.getNonce()).isNotEqualTo(first.getNonce());
      assertThat(second.getDeadline()).isEqualTo(Flume.NOON.plus(Duration.ofHours(3)));

      Instant at = Flume.NOON.plus(Duration.ofMinutes(70));
      flume.answer(Jury.says("ben", second, VerdictDecision.APPROVE), at);
      assertThat(flume.dispositions()).as("one of two").isEmpty();
      flume.answer(Jury.says("ann", second, VerdictDecision.APPROVE), at);
      assertThat(flume.deadLetter().getReason()).isEqualTo(RefusalReason.WRONG_TIER);
      flume.answer(Jury.says("cat", second, VerdictDecision.APPROVE), at);

      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.RELEASED);
      assertThat(flume.signal().getOpinions()).hasSize(2);
      skipRest(flume);
    }
  }

  @Test
  void shouldAskTheNextTierAtOnceWhenAReviewerCannotTell() {
    try (Flume flume = tiered()) {
      flume.send(proposal("e-1").tool("launch").loses(1));
      flume.skip(flume.topics().dispositions());

      flume.answer(Jury.says("ann", flume.escalation(), VerdictDecision.ESCALATE), LATER);

      Escalation next = flume.escalation();
      assertThat(next.getTier()).isEqualTo("board");
      assertThat(next.getDeadline()).isEqualTo(LATER.plus(Duration.ofHours(2)));
      assertThat(flume.signal().getOutcome()).isEqualTo(ReviewOutcome.PASSED_ON);
      assertThat(flume.dispositions()).isEmpty();
      skipRest(flume);
    }
  }

  @Test
  void shouldCountTheLastVerdictWhenAReviewerChangesItsMindBeforeQuorum() {
    try (Flume flume = tiered()) {
      flume.send(dangerous("e-1"));
      Escalation escalation = flume.escalation();
      flume.skip(flume.topics().dispositions());
      var first = Jury.says("ben", escalation, VerdictDecision.APPROVE);

      flume.answer(first, LATER);
      flume.answer(
          Jury.says(
              "ben", escalation, VerdictDecision.DENY, v -> v.setIssuedAt(Instant.ofEpochMilli(2))),
          LATER);
      flume.answer(first, LATER);
      assertThat(flume.deadLetter().getReason()).isEqualTo(RefusalReason.REPLAYED);
      flume.answer(Jury.says("cat", escalation, VerdictDecision.APPROVE), LATER);
      assertThat(flume.dispositions()).as("one for, one against").isEmpty();
      flume.answer(
          Jury.says(
              "cat", escalation, VerdictDecision.DENY, v -> v.setIssuedAt(Instant.ofEpochMilli(2))),
          LATER);

      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.DENIED);
      flume.skip(flume.topics().signals());
      skipRest(flume);
    }
  }

  @Test
  void shouldRepeatTheDispositionWhenAProposalComesAgain() {
    try (Flume flume = open()) {
      Act low = proposal("e-1").loses(0);
      Act high = dangerous("e-2");
      flume.send(low, high);
      Escalation escalation = flume.escalation();
      flume.skip(flume.topics().dispositions());

      flume.send(low, high);
      flume.answer(Jury.says("ann", escalation, VerdictDecision.DENY), LATER);
      flume.send(high);

      assertThat(flume.dispositions())
          .extracting(Disposition::getKind, Disposition::getRepeats)
          .containsExactly(
              tuple(DispositionKind.RELEASED, true),
              tuple(DispositionKind.HELD, true),
              tuple(DispositionKind.DENIED, false),
              tuple(DispositionKind.DENIED, true));
      flume.skip(flume.topics().duplicates(), flume.topics().signals());
      skipRest(flume);
    }
  }

  @Test
  void shouldDenyWhatIsRefusedWhenItShowsThatAnAgentWaits() {
    try (Flume flume = open()) {
      Act broken = proposal("e-1").without("tool");

      flume.send(broken);

      assertThat(flume.deadLetter().getReason()).isEqualTo(RefusalReason.MISSING_FIELD);
      Disposition disposition = flume.disposition();
      assertThat(disposition.getKind()).isEqualTo(DispositionKind.DENIED);
      assertThat(disposition.getEventId()).isEqualTo("e-1");
      assertThat(disposition.getDigest()).isEqualTo(broken.digest());
    }
  }

  @Test
  void shouldInheritTheHoldWhenTheSameIsAskedInOtherWords() {
    try (Flume flume = open()) {
      flume.send(dangerous("e-1"));
      flume.answer(Jury.says("ann", flume.escalation(), VerdictDecision.DENY), LATER);
      flume.skip(flume.topics().dispositions(), flume.topics().signals());

      flume.send(dangerous("e-2").loses(0), LATER);

      Escalation again = flume.escalation();
      assertThat(again.getReason()).isEqualTo(EscalationReason.RETRY);
      assertThat(again.getAssessment().getScore().getRisk()).isCloseTo(-3, within(0.01));
      assertThat(again.getAssessment().getDecision().getInheritedRisk()).isCloseTo(5, within(0.01));
      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.HELD);
      skipRest(flume);
    }
  }

  @Test
  void shouldDenyAtOnceWhenTheSameWasAskedTooOften() {
    try (Flume flume = open()) {
      flume.send(dangerous("e-0"));
      flume.answer(Jury.says("ann", flume.escalation(), VerdictDecision.DENY), LATER);
      for (int i = 1; i <= 8; i++) {
        flume.send(dangerous("e-" + i).loses(i * 0.01), LATER);
      }
      assertThat(flume.escalations().size() + flume.waiting().size()).isEqualTo(8);
      flume.skip(flume.topics().dispositions(), flume.topics().signals());

      flume.send(dangerous("e-9").loses(0.5), LATER);

      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.DENIED);
      assertThat(flume.escalations()).isEmpty();
      assertThat(flume.count(MetricNames.RETRIES_SPENT)).isEqualTo(1);
      List<Assessment> assessments = flume.assessments();
      assertThat(assessments).hasSize(10);
      for (Assessment each : assessments) {
        assertThat(
                Decisions.recompute(
                    Decisions.Of.assessed(each), each.getDecision(), Terms.of(flume.policy())))
            .as("what a decision stores recomputes it")
            .isEqualTo(each.getDecision());
      }
      skipRest(flume);
    }
  }

  @Test
  void shouldReviewAsABypassWhenSomethingIsCarriedOutThatWasNotReleased() {
    try (Flume flume = open()) {
      Act held = dangerous("e-1");
      Act low = proposal("e-2").loses(0);
      flume.send(held, low);
      flume.escalations();
      flume.skip(flume.topics().dispositions());

      flume.send(
          execution("x-1", held),
          execution("x-2", low.loses(0.1)),
          execution("x-3", proposal("never")),
          execution("x-4", low),
          execution("x-5", low));

      assertThat(flume.escalations())
          .extracting(e -> e.getAssessment().getEventId(), Escalation::getReason)
          .containsExactly(
              tuple("x-1", EscalationReason.CATASTROPHIC),
              tuple("x-2", EscalationReason.BYPASS),
              tuple("x-3", EscalationReason.BYPASS),
              tuple("x-5", EscalationReason.BYPASS));
      assertThat(flume.metrics().value(MetricNames.BYPASSES, "source", "weir.actions"))
          .isEqualTo(4);
      skipRest(flume);
    }
  }

  @Test
  void shouldDenyAtOnceWhenATaskHasAsManyUnderReviewAsItMay() {
    try (Flume flume = Flume.open()) {
      for (int i = 0; i < 64; i++) {
        flume.send(
            proposal("e-" + i)
                .tool("tool" + (char) ('a' + i / 26) + (char) ('a' + i % 26))
                .loses(8));
      }
      assertThat(flume.dispositions())
          .hasSize(64)
          .extracting(Disposition::getKind)
          .containsOnly(DispositionKind.HELD);
      flume.skip(flume.topics().escalations(), flume.topics().waiting());

      flume.send(dangerous("one-more"));

      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.DENIED);
      assertThat(flume.escalations()).isEmpty();
      assertThat(flume.waiting()).isEmpty();
      assertThat(flume.metrics().value(MetricNames.HOLDS_REFUSED, "phase", Phase.PROPOSED.name()))
          .isEqualTo(1);
      skipRest(flume);
    }
  }
}
