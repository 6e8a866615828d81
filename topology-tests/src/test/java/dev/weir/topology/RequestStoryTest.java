/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Assessment;
import dev.weir.event.Decision;
import dev.weir.event.Disposition;
import dev.weir.event.DispositionKind;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.Exposure;
import dev.weir.event.RequestFate;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.VerdictDecision;
import dev.weir.metrics.MetricNames;
import dev.weir.policy.Policy;
import dev.weir.review.Holds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agents that ask for a review. */
class RequestStoryTest {
  private static final String GATEWAY = "weir.actions.gateway";
  private static final Instant LATER = Flume.NOON.plusSeconds(60);

  private static Flume open() {
    return Flume.open(Policies.asking()).register(Jury.person("ann", "expert", "board"));
  }

  private static Act wish(String eventId, String tier) {
    return Act.of(eventId).text("phase", "PROPOSED").text("requested_tier", tier);
  }

  private static Flume send(Flume flume, Act act) {
    return flume.pipe(GATEWAY, null, act.json(), new RecordHeaders(), Flume.NOON);
  }

  private static void skipRest(Flume flume) {
    flume.skip(flume.topics().taskRisk(), flume.topics().verdicts()).skipFleet();
  }

  private static double counted(Flume flume, RequestFate fate) {
    return flume.metrics().value(MetricNames.REQUESTS, "fate", fate.name());
  }

  @Test
  void shouldHoldForTheTierThatWasAskedForAndTakeItsWordWhenNothingElseAsks() {
    try (Flume flume = open()) {
      send(flume, wish("e-1", "expert"));

      Decision decision = flume.assessment().getDecision();
      assertThat(decision.getReason()).isEqualTo(EscalationReason.REQUESTED);
      assertThat(decision.getRequestedCost()).isEqualTo(100);
      assertThat(decision.getInclusionProbability()).isEqualTo(1);
      Escalation escalation = flume.escalation();
      assertThat(escalation.getTier()).isEqualTo("expert");
      assertThat(escalation.getReason()).isEqualTo(EscalationReason.REQUESTED);
      assertThat(escalation.getWaiting()).isFalse();
      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.HELD);

      flume.answer(Jury.says("ann", escalation, VerdictDecision.APPROVE), LATER);

      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.RELEASED);
      assertThat(flume.signal().getWeight()).isEqualTo(1);
      assertThat(counted(flume, RequestFate.GRANTED)).isEqualTo(1);
      assertThat(flume.metrics().value(MetricNames.ESCALATIONS, "reason", "REQUESTED"))
          .isEqualTo(1);
      skipRest(flume);
    }
  }

  @Test
  void shouldAskNoOtherTierWhenNobodyAnswersAtTheOneThatWasAskedFor() {
    try (Flume flume = open()) {
      send(flume, wish("e-1", "expert"));
      flume.skip(flume.topics().dispositions(), flume.topics().escalations());

      flume.pass(Duration.ofMinutes(61));

      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.EXPIRED);
      assertThat(flume.signal().getOutcome()).isEqualTo(ReviewOutcome.EXPIRED);
      assertThat(flume.escalations()).isEmpty();

      send(flume, wish("e-2", "expert").without("requested_tier"));
      assertThat(flume.disposition().getKind())
          .as("nobody found anything wrong with the first")
          .isEqualTo(DispositionKind.RELEASED);
      flume.skip(flume.topics().assessments());
      skipRest(flume);
    }
  }

  @Test
  void shouldReviewTheLikeWhateverItsScoreOnceAReviewerDenied() {
    try (Flume flume = open()) {
      send(flume, wish("e-1", "expert"));
      flume.answer(Jury.says("ann", flume.escalation(), VerdictDecision.DENY), LATER);
      send(flume, wish("e-2", "expert").without("requested_tier"));

      assertThat(flume.escalation().getReason()).isEqualTo(EscalationReason.RETRY);
      flume.skip(
          flume.topics().assessments(), flume.topics().dispositions(), flume.topics().signals());
      skipRest(flume);
    }
  }

  @Test
  void shouldRaiseTheTierOfWhatIsAlwaysReviewed() {
    try (Flume flume = open()) {
      send(flume, wish("e-1", "board").tool("launch"));

      Escalation escalation = flume.escalation();
      assertThat(escalation.getTier()).isEqualTo("board");
      assertThat(escalation.getReason()).isEqualTo(EscalationReason.ROUTE);
      assertThat(escalation.getAssessment().getDecision().getRequestedCost()).isEqualTo(400);
      flume.skip(flume.topics().assessments(), flume.topics().dispositions());
      skipRest(flume);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "weir.actions, PROPOSED, expert, UNATTESTED",
    "weir.actions.gateway, PROPOSED, <b>nobody</b>, UNKNOWN",
    "weir.actions.gateway, PROPOSED, '', UNKNOWN",
    "weir.actions.gateway, OBSERVED, expert, DONE",
  })
  void shouldDecideAsWithoutARequestWhenItIsNotHeard(
      String source, String phase, String tier, RequestFate fate) {
    try (Flume flume = open()) {
      Act act = wish("e-1", tier).text("phase", phase);
      flume.pipe(source, null, act.json(), new RecordHeaders(), Flume.NOON);

      Assessment assessment = flume.assessment();
      Decision decision = assessment.getDecision();
      assertThat(decision.getRequest()).isEqualTo(fate);
      assertThat(decision.getReason()).isEqualTo(EscalationReason.NONE);
      assertThat(decision.getReviewProbability()).isLessThan(1);
      assertThat(assessment.toString()).as("no text of the agent's").doesNotContain("nobody");
      assertThat(counted(flume, fate)).isEqualTo(1);
      flume.skip(flume.topics().dispositions());
      skipRest(flume);
    }
  }

  @Test
  void shouldHearAnAgentNoMoreWhenItHadItsShare() {
    try (Flume flume = open()) {
      send(flume, wish("e-1", "expert"));
      send(flume, wish("e-2", "expert").loses(0.1));
      send(flume, wish("e-3", "expert").task("t-2").with("agent", "{\"id\":\"a-2\"}"));

      assertThat(flume.assessments())
          .extracting(a -> a.getDecision().getRequest())
          .containsExactly(RequestFate.GRANTED, RequestFate.SPENT, RequestFate.GRANTED);
      assertThat(flume.dispositions())
          .extracting(Disposition::getKind)
          .containsExactly(DispositionKind.HELD, DispositionKind.RELEASED, DispositionKind.HELD);
      assertThat(flume.escalations()).hasSize(2);
      skipRest(flume);
    }
  }

  @Test
  void shouldWaitInTheQueueWhenAllTogetherHadTheirShare() {
    try (Flume flume = open()) {
      for (int i = 0; i < 10; i++) {
        String agent = "{\"id\":\"a\",\"principal\":\"p-%d\"}".formatted(i);
        send(flume, wish("e-" + i, "expert").task("t-" + i).with("agent", agent));
      }

      assertThat(flume.escalations()).hasSize(8);
      List<Escalation> waiting = flume.waiting();
      assertThat(waiting).hasSize(2);
      Escalation first = waiting.get(0);
      assertThat(first.getWaiting()).isTrue();
      assertThat(first.getReason()).isEqualTo(EscalationReason.REQUESTED);
      assertThat(first.getAssessment().getDecision().getReviewCost()).isZero();
      assertThat(flume.dispositions())
          .extracting(Disposition::getKind)
          .containsOnly(DispositionKind.HELD);

      flume.answer(Jury.says("ann", first, VerdictDecision.APPROVE), LATER);
      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.RELEASED);
      flume.skip(flume.topics().assessments(), flume.topics().signals());
      skipRest(flume);
    }
  }

  @Test
  void shouldReviewWhatMustBeThoughATaskIsFullOfRequests() {
    Policy generous =
        Policies.load(
            Policies.asking()
                .canonical()
                .replace("\"retry\"", "\"requested\":1,\"requester\":1,\"retry\""));
    try (Flume flume = Flume.open(generous)) {
      for (int i = 0; i < Holds.MAX_OPEN + 6; i++) {
        send(flume, wish("e-" + i, "expert").tool("touch-" + i));
      }
      assertThat(flume.escalations()).hasSize(Holds.MAX_REQUESTED);
      flume.send(Act.of("e-last").loses(8));

      assertThat(flume.escalation().getReason()).isEqualTo(EscalationReason.CATASTROPHIC);
      flume.skip(flume.topics().assessments(), flume.topics().dispositions());
      skipRest(flume);
    }
  }

  @Test
  void shouldAddUpToALineWhatIsReviewedForItsRequestAlone() {
    Policy lined =
        Policies.load(
            Policies.asking()
                .canonical()
                .replace("\"retry\"", "\"requested\":1,\"requester\":1,\"retry\"")
                .replace("\"task\":4.0", "\"task\":1.0"));
    try (Flume flume = Flume.open(lined).register(Jury.person("ann", "expert", "board"))) {
      for (int i = 0; i < 3; i++) {
        send(flume, wish("e-" + i, "expert").tool("touch-" + i).loses(3.6));
        flume.answer(Jury.says("ann", flume.escalation(), VerdictDecision.APPROVE), LATER);
      }
      assertThat(flume.assessments())
          .extracting(a -> a.getDecision().getReason())
          .containsExactly(
              EscalationReason.REQUESTED, EscalationReason.REQUESTED, EscalationReason.TASK);
      flume.skip(flume.topics().dispositions(), flume.topics().signals());
      skipRest(flume);
    }
  }

  @Test
  void shouldTellTheFleetApartWhatRequestsCost() {
    try (Flume flume = open()) {
      for (int i = 0; i < 20; i++) {
        Act act = wish("e-" + i, "expert").task("t-" + i);
        send(flume, i == 0 ? act : act.without("requested_tier"));
      }
      List<Exposure> exposures = flume.exposures();
      Exposure last = exposures.get(exposures.size() - 1);
      assertThat(last.getApartCost()).isEqualTo(100);
      assertThat(last.getReviewCost()).isEqualTo(100);
      flume.skip(
          flume.topics().assessments(),
          flume.topics().dispositions(),
          flume.topics().escalations());
      skipRest(flume);
    }
  }
}
