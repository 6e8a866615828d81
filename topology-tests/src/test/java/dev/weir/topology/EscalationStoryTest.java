/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.action.Origin;
import dev.weir.event.ActionSummary;
import dev.weir.event.Assessment;
import dev.weir.event.Contribution;
import dev.weir.event.Decision;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.TaskContext;
import dev.weir.event.TaskRisk;
import dev.weir.metrics.MetricNames;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What a reviewer is asked, and what is asked of one at all. */
class EscalationStoryTest {

  @Test
  void shouldCarryAllThatAReviewerNeedsWhenAnActionIsEscalated() {
    try (Flume flume = Flume.open()) {
      Act act = Act.of("e-1").loses(7).with("objective", "\"Pay Bob\"");
      Instant received = Flume.NOON.plusSeconds(30);

      flume.send(act, received);

      Escalation escalation = flume.escalation();
      assertThat(escalation.getAction()).isEqualTo(ByteBuffer.wrap(act.json()));
      assertThat(escalation.getActionTruncated()).isFalse();
      assertThat(escalation.getDigest()).isEqualTo(act.digest());
      assertThat(escalation.getCovers()).containsExactly(act.digest());
      assertThat(escalation.getTier()).isEqualTo("expert");
      assertThat(escalation.getReason()).isEqualTo(EscalationReason.CATASTROPHIC);
      assertThat(escalation.getDeadline()).isEqualTo(received.plus(Duration.ofHours(1)));
      assertThat(escalation.getAssessment()).isEqualTo(flume.assessment());
      assertThat(escalation.getAssessment().getScore().getContributions())
          .extracting(Contribution::getBecause)
          .contains("the story says what is at stake");
      Origin origin = new Origin("weir.actions", 0, 0, received.toEpochMilli());
      byte[] nonce = Flume.chance().nonce("t-1", act.digest().array(), origin, 0);
      assertThat(escalation.getNonce()).isEqualTo(ByteBuffer.wrap(nonce));
      assertThat(escalation.getEscalationId()).isEqualTo(HexFormat.of().formatHex(nonce));
      assertThat(flume.taskRisks()).hasSize(1);
    }
  }

  @Test
  void shouldShowTheTaskAsItStoodBeforeWhenAnActionIsEscalated() {
    try (Flume flume = Flume.open()) {
      flume.send(Act.of("e-0").loses(1).with("objective", "\"Tidy up\""));
      for (int i = 1; i <= 5; i++) {
        flume.send(Act.of("e-" + i).loses(i));
      }
      List<TaskRisk> before = flume.taskRisks();

      flume.send(Act.of("e-6").loses(7));

      TaskContext context = flume.escalation().getContext();
      assertThat(context.getObjective()).isEqualTo("Tidy up");
      assertThat(context.getObjectiveAttested()).isFalse();
      assertThat(context.getActions()).isEqualTo(6);
      assertThat(context.getMass()).isEqualTo(before.get(5).getMass());
      assertThat(context.getDecayedMass()).isEqualTo(before.get(5).getDecayedMass());
      assertThat(context.getFirstSeen()).isEqualTo(Flume.NOON);
      assertThat(context.getRecent())
          .extracting(ActionSummary::getEventId)
          .containsExactly("e-2", "e-3", "e-4", "e-5");
      assertThat(context.getWorst())
          .extracting(ActionSummary::getEventId)
          .containsExactly("e-5", "e-4", "e-3");
      assertThat(flume.assessments()).hasSize(7);
      assertThat(flume.taskRisks()).hasSize(1);
    }
  }

  @Test
  void shouldBelieveTheObjectiveWhenItsSourceMayAttestIt() {
    try (Flume flume = Flume.open()) {
      Act declared = Act.of("e-1").with("objective", "\"Tidy up\"");
      Act later = Act.of("e-2").loses(7).with("objective", "\"Launch all\"");

      flume
          .pipe("weir.actions.gateway", null, declared.json(), new RecordHeaders(), Flume.NOON)
          .send(later);

      TaskContext context = flume.escalation().getContext();
      assertThat(context.getObjective()).isEqualTo("Tidy up");
      assertThat(context.getObjectiveAttested()).isTrue();
      assertThat(flume.assessments())
          .extracting(Assessment::getTopic)
          .containsExactly("weir.actions.gateway", "weir.actions");
      assertThat(flume.taskRisks()).hasSize(2);
    }
  }

  @Test
  void shouldEscalateWhateverThePriceWhenARuleRoutesAlways() {
    try (Flume flume = Flume.open(Policies.priced(1e15))) {
      flume.send(Act.of("e-1").tool("launch").loses(0));

      Escalation escalation = flume.escalation();
      Decision decision = escalation.getAssessment().getDecision();
      assertThat(escalation.getReason()).isEqualTo(EscalationReason.ROUTE);
      assertThat(decision.getInclusionProbability()).isEqualTo(1);
      assertThat(decision.getReviewCost()).isEqualTo(100);
      assertThat(flume.metrics().value(MetricNames.ESCALATIONS, "reason", "ROUTE")).isEqualTo(1);
      assertThat(flume.assessments()).hasSize(1);
      assertThat(flume.taskRisks()).hasSize(1);
    }
  }

  @Test
  void shouldEscalateEveryOneUpToTheCeilingWhenMandatoryOnesExceedTheBudget() {
    try (Flume flume = Flume.open(Policies.priced(1e15))) {
      for (int i = 0; i < 8; i++) {
        flume.send(Act.of("e-" + i).loses(7));
      }

      assertThat(flume.escalations())
          .hasSize(8)
          .allMatch(escalation -> !escalation.getWaiting())
          .extracting(Escalation::getReason)
          .containsOnly(EscalationReason.CATASTROPHIC);
      assertThat(flume.assessments()).hasSize(8);
      assertThat(flume.taskRisks().get(7).getEscalated()).isEqualTo(7);
    }
  }

  @Test
  void shouldLetOneWaitAndEscalateAnotherWhenOneRuleAsksForEverything() {
    try (Flume flume = Flume.open(Policies.priced(1e15))) {
      for (int i = 0; i < 15; i++) {
        flume.send(Act.of("e-" + i).loses(i == 12 ? 6 : 7));
      }
      flume.send(Act.of("launch").tool("launch").loses(0));

      List<Escalation> waiting = flume.waiting();
      List<Escalation> asked = flume.escalations();
      assertThat(asked).filteredOn(e -> e.getReason() == EscalationReason.ROUTE).hasSize(1);
      assertThat(asked).noneMatch(Escalation::getWaiting);
      assertThat(asked.size() + waiting.size()).as("none is lost").isEqualTo(15);
      assertThat(waiting)
          .hasSizeGreaterThanOrEqualTo(5)
          .allMatch(Escalation::getWaiting)
          .allSatisfy(
              escalation -> {
                Decision decision = escalation.getAssessment().getDecision();
                assertThat(escalation.getReason()).isEqualTo(EscalationReason.CATASTROPHIC);
                assertThat(escalation.getTier()).isEqualTo("expert");
                assertThat(decision.getOverCeiling()).containsExactly("catastrophic");
                assertThat(decision.getReviewCost()).isZero();
              });
      assertThat(flume.metrics().value(MetricNames.OVER_CEILING, "asks", "catastrophic"))
          .isEqualTo(6);
      assertThat(flume.assessments()).hasSize(16);
      assertThat(flume.taskRisks()).hasSize(16);
      flume.skipFleet();
    }
  }

  @Test
  void shouldTakeThePolicysStartingPriceWhenThereIsNoOther() {
    try (Flume cheap = Flume.open(Policies.priced(1));
        Flume dear = Flume.open(Policies.priced(1000))) {
      Act act = Act.of("e-1").loses(0);

      Decision low = cheap.send(act).assessment().getDecision();
      Decision high = dear.send(act).assessment().getDecision();

      assertThat(low.getFleetPrice()).isNull();
      assertThat(low.getOwnPrice()).isNull();
      assertThat(low.getPrice()).isBetween(0.9, 10.0);
      assertThat(Math.log10(high.getPrice() / low.getPrice())).isCloseTo(3, within(0.011));
      assertThat(cheap.taskRisks()).hasSize(1);
      assertThat(dear.taskRisks()).hasSize(1);
    }
  }

  @Test
  void shouldReviewWhatIsAboveThePriceAndNoMoreWhenTheBudgetIsSpread() {
    try (Flume flume = Flume.open()) {
      int actions = 2000;
      for (int i = 0; i < actions; i++) {
        flume.send(Act.of("e-" + i).task("t-" + i % 40).loses(i % 100 * 0.05));
      }

      List<Assessment> assessments = flume.assessments();
      assertThat(assessments).hasSize(actions);
      long reviewed =
          assessments.stream()
              .filter(a -> a.getDecision().getReason() != EscalationReason.NONE)
              .count();
      assertThat(flume.escalations()).hasSize((int) reviewed);
      assertThat(reviewed).as("0.1 %% of %d", actions).isBetween(1L, 4L);
      flume.skip(flume.topics().taskRisk());
      flume.skipFleet();
    }
  }
}
