/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.config.WeirConfig;
import dev.weir.event.Assessment;
import dev.weir.event.Decision;
import dev.weir.event.Disposition;
import dev.weir.event.DispositionKind;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.VerdictDecision;
import dev.weir.metrics.MetricNames;
import dev.weir.policy.Policy;
import dev.weir.task.TaskLine;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Small actions that add up in a task. An action that loses 3.5 weighs 3.16 LU; the line is 10. */
class TaskLineStoryTest {
  private static final Policy POLICY = Policies.lined(1, 15);

  private static final Instant LATER = Flume.NOON.plusSeconds(60);

  private static Act small(int number) {
    return Act.of("e-" + number).loses(3.5).at(Flume.NOON.plusSeconds(number));
  }

  @Test
  void shouldEscalateTheTaskWhenItsActionsAddUpOverItsLine() {
    try (Flume flume = Flume.open(POLICY)) {
      for (int i = 1; i <= 7; i++) {
        flume.send(small(i));
      }

      Escalation escalation = flume.escalation();
      assertThat(escalation.getReason()).isEqualTo(EscalationReason.TASK);
      assertThat(escalation.getTier()).isEqualTo("expert");
      assertThat(escalation.getDigest()).isEqualTo(small(4).digest());
      assertThat(escalation.getCovers())
          .containsExactly(
              small(1).digest(), small(2).digest(), small(3).digest(), small(4).digest());
      assertThat(escalation.getCoversUnlisted()).isZero();
      List<Assessment> all = flume.assessments();
      Decision decision = all.get(3).getDecision();
      assertThat(decision.getReason()).isEqualTo(EscalationReason.TASK);
      assertThat(decision.getTaskMass()).isCloseTo(12.65, within(0.05));
      assertThat(decision.getInclusionProbability()).isEqualTo(1);
      assertThat(all.get(6).getDecision().getTaskMass())
          .as("it counts anew")
          .isCloseTo(9.49, within(0.05));
      skip(flume);
    }
  }

  @Test
  void shouldCloseTheTaskWhenReviewersDenyItAsAWhole() {
    try (Flume flume = Flume.open(POLICY).register(Jury.person("ann", "expert"))) {
      Escalation escalation = crossing(flume);
      flume.answer(Jury.says("ann", escalation, VerdictDecision.DENY), LATER);
      flume.skip(flume.topics().assessments());

      flume.send(proposal(5).loses(0));
      flume.send(proposal(6).tool("launch"));
      flume.send(small(7).loses(0));
      flume.send(proposal(8).loses(0).task("t-2"));

      List<Decision> decisions = flume.assessments().stream().map(Assessment::getDecision).toList();
      assertThat(decisions)
          .extracting(Decision::getTaskClosed)
          .containsExactly(true, true, false, false);
      assertThat(decisions)
          .extracting(Decision::getReason)
          .as("what is done all the same is a bypass")
          .containsExactly(
              EscalationReason.NONE,
              EscalationReason.NONE,
              EscalationReason.BYPASS,
              EscalationReason.NONE);
      assertThat(flume.dispositions())
          .extracting(Disposition::getKind)
          .as("another task goes on")
          .containsExactly(
              DispositionKind.DENIED, DispositionKind.DENIED, DispositionKind.RELEASED);
      assertThat(flume.count(MetricNames.TASKS_CLOSED)).isEqualTo(1);
      flume.skip(flume.topics().escalations(), flume.topics().waiting(), flume.topics().signals());
      skip(flume);
    }
  }

  @Test
  void shouldGoOnWhenReviewersApproveTheTaskOrNobodyAnswers() {
    for (boolean answered : new boolean[] {true, false}) {
      try (Flume flume = Flume.open(POLICY).register(Jury.person("ann", "expert"))) {
        Escalation escalation = crossing(flume);
        if (answered) {
          flume.answer(Jury.says("ann", escalation, VerdictDecision.APPROVE), LATER);
        } else {
          flume.pass(Duration.ofHours(2));
        }

        flume.send(proposal(5).loses(0));

        assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.RELEASED);
        assertThat(flume.count(MetricNames.TASKS_CLOSED)).isZero();
        flume.skip(
            flume.topics().assessments(), flume.topics().signals(), flume.topics().verdicts());
        skip(flume);
      }
    }
  }

  private static Act proposal(int number) {
    return small(number).text("phase", "PROPOSED");
  }

  /** The escalation of a task whose fourth action crosses its line. */
  private static Escalation crossing(Flume flume) {
    for (int i = 1; i <= 4; i++) {
      flume.send(small(i));
    }
    return flume.escalation();
  }

  @Test
  void shouldNotCountWhatWasReviewedItselfWhenATaskAddsUp() {
    try (Flume flume = Flume.open(POLICY)) {
      Act launch = small(3).tool("launch");

      flume.send(small(1), small(2), launch, small(4), small(5));

      List<Escalation> escalations = flume.escalations();
      assertThat(escalations)
          .extracting(Escalation::getReason)
          .containsExactly(EscalationReason.ROUTE, EscalationReason.TASK);
      assertThat(escalations.get(0).getCovers()).containsExactly(launch.digest());
      assertThat(escalations.get(1).getCovers())
          .containsExactly(
              small(1).digest(), small(2).digest(), small(4).digest(), small(5).digest());
      skip(flume);
    }
  }

  @Test
  void shouldNotEscalateTheVictimsTaskWhenAnotherActsUnderItsId() {
    try (Flume flume = Flume.open(POLICY)) {
      flume.send(small(1));
      for (int i = 2; i <= 30; i++) {
        flume.send(small(i).with("agent", "{\"id\":\"stranger\"}"));
      }
      flume.pipe(
          "weir.actions.gateway",
          null,
          small(31).json(),
          new RecordHeaders(),
          Flume.NOON.plusSeconds(31));
      flume.send(small(32), small(33));

      List<Assessment> all = flume.assessments();
      assertThat(all).allMatch(a -> a.getDecision().getReason() == EscalationReason.NONE);
      assertThat(all.get(29).getDecision().getTaskMass()).as("of the stranger").isZero();
      assertThat(all.get(29).getDecision().getAgentMass()).as("towards its own line").isPositive();
      assertThat(all.get(32).getDecision().getTaskMass()).isCloseTo(9.49, within(0.05));
      skip(flume);
    }
  }

  @Test
  void shouldSayHowManyAreNotListedWhenMoreAddUpThanAreRemembered() {
    try (Flume flume = Flume.open(POLICY)) {
      int crossing = 101;
      List<ByteBuffer> digests = new ArrayList<>();
      for (int i = 1; i <= crossing; i++) {
        Act act = small(i).loses(2);
        digests.add(act.digest());
        flume.send(act);
      }

      Escalation escalation = flume.escalation();
      assertThat(escalation.getCovers())
          .isEqualTo(digests.subList(crossing - TaskLine.MAX_DIGESTS, crossing));
      assertThat(escalation.getCoversUnlisted()).isEqualTo(crossing - TaskLine.MAX_DIGESTS);
      skip(flume);
    }
  }

  @Test
  void shouldWaitUnchargedWhenLinesAskAboveTheirCeiling() {
    try (Flume flume = Flume.open(Policies.lined(1, 15, 0.00001))) {
      for (int i = 1; i <= 40; i++) {
        flume.send(small(i));
      }

      List<Escalation> asked = flume.escalations();
      List<Escalation> waiting = flume.waiting();
      assertThat(asked).hasSize(1).noneMatch(Escalation::getWaiting);
      assertThat(waiting).hasSize(9).allMatch(Escalation::getWaiting);
      assertThat(waiting.get(0).getReason()).isEqualTo(EscalationReason.TASK);
      assertThat(waiting.get(0).getCovers()).as("it counts anew, too").hasSize(4);
      Decision waits = waiting.get(0).getAssessment().getDecision();
      assertThat(waits.getOverCeiling()).containsExactly("line:task");
      assertThat(waits.getReviewCost()).isZero();
      assertThat(waits.getInclusionProbability()).isEqualTo(1);
      skip(flume);
    }
  }

  @Test
  void shouldForgetWhatAddedUpWhenHalfLivesPass() {
    try (Flume flume = Flume.open(POLICY)) {
      flume.send(small(1), small(2), small(3));
      flume.send(small(4).at(Flume.NOON.plus(Duration.ofHours(6))));

      assertThat(flume.assessments().get(3).getDecision().getTaskMass())
          .isCloseTo(7.9, within(0.05));
      skip(flume);
    }
  }

  @Test
  void shouldGoOnTheSameWhenStateIsReadBackAfterEveryAction() {
    assertThat(decisions(Map.of(WeirConfig.STORE, "plain")))
        .isEqualTo(decisions(Map.of(WeirConfig.STORE, "live")))
        .extracting(Decision::getReason)
        .contains(EscalationReason.TASK, EscalationReason.AGENT, EscalationReason.ROUTE);
  }

  private static List<Decision> decisions(Map<String, String> settings) {
    try (Flume flume = Flume.open(Policies.lined(1, 1.5), settings)) {
      for (int i = 1; i <= 120; i++) {
        String task = "t-" + i % 7;
        flume.send(small(i).task(task).tool(i % 11 == 0 ? "launch" : "touch"));
      }
      List<Decision> decisions = flume.assessments().stream().map(Assessment::getDecision).toList();
      flume.skip(flume.topics().taskRisk(), flume.topics().escalations(), flume.topics().waiting());
      flume.skipFleet();
      return decisions;
    }
  }

  private static void skip(Flume flume) {
    flume.skip(flume.topics().assessments(), flume.topics().taskRisk());
    flume.skipFleet();
  }
}
