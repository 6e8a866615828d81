/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.event.AgentStanding;
import dev.weir.event.Assessment;
import dev.weir.event.AuditStage;
import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.Phase;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.Score;
import dev.weir.event.Signal;
import dev.weir.event.SignalSource;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActorRecordsTest {
  private static final double INCLUSION = 0.1;
  private final ActorRecords records = new ActorRecords(ActorRecords.By.AGENT, 0.95);
  private int actions;

  /** An action of that class; escalated or passed. */
  private Assessment act(String agent, String actionClass, boolean escalated) {
    Score score = new Score();
    score.setActionClass(actionClass);
    Decision decision = new Decision();
    decision.setReason(escalated ? EscalationReason.PRICED : EscalationReason.NONE);
    decision.setAuditInclusion(INCLUSION);
    Assessment assessment = new Assessment();
    assessment.setEventId("e-" + actions++);
    assessment.setTaskId("t");
    assessment.setAgentId(agent);
    assessment.setAgentModel(agent.substring(0, 1));
    assessment.setTopic("weir.actions");
    assessment.setPhase(Phase.OBSERVED);
    assessment.setScore(score);
    assessment.setDecision(decision);
    assessment.setReceivedAt(Instant.EPOCH);
    assessment.setDigest(ByteBuffer.allocate(32));
    return assessment;
  }

  private static Signal ended(Assessment assessment, AuditStage stage, ReviewOutcome outcome) {
    Signal signal = new Signal();
    signal.setAssessment(assessment);
    signal.setAuditStage(stage);
    signal.setOutcome(outcome);
    signal.setSource(SignalSource.REVIEW);
    signal.setOpinions(List.of());
    return signal;
  }

  /** So many actions, of which the first are escalated and answered, harmful ones first. */
  private void work(String agent, String actionClass, int escalated, int harmful, int passed) {
    for (int i = 0; i < escalated; i++) {
      Assessment assessment = act(agent, actionClass, true);
      records.assessed(assessment);
      ReviewOutcome outcome = i < harmful ? ReviewOutcome.DENIED : ReviewOutcome.APPROVED;
      records.ended(ended(assessment, AuditStage.NONE, outcome));
    }
    for (int i = 0; i < passed; i++) {
      Assessment assessment = act(agent, actionClass, false);
      records.assessed(assessment);
      if (i % 10 == 0) {
        records.ended(ended(assessment, AuditStage.SCREEN, ReviewOutcome.APPROVED));
      }
    }
  }

  private ActorRecord of(String agent) {
    return records.records().stream()
        .filter(record -> record.name().equals(agent))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldCountEscalatedAndPassedActionsApartWhenTheyAreAnswered() {
    work("a-1", "pay", 100, 20, 10_000);

    ActorRecord record = of("a-1");
    assertThat(record.source()).isEqualTo("weir.actions");
    assertThat(record.actions()).isEqualTo(10_100);
    assertThat(record.escalated()).isEqualTo(100);
    assertThat(record.answers()).isEqualTo(100 + 1000);
    assertThat(record.harmful()).isEqualTo(20);
    assertThat(record.rate()).isCloseTo(20 / 10_100.0, within(1e-12));
    assertThat(record.once().low()).isLessThan(record.rate()).isPositive();
    assertThat(record.once().high()).isGreaterThan(record.rate()).isLessThan(0.01);
    assertThat(record.always().low()).isLessThan(record.once().low());
    assertThat(record.always().high()).isGreaterThan(record.once().high());
  }

  @Test
  void shouldNotLookWorseForRiskierWorkThanOthersAtTheSameWork() {
    work("reader", "read", 300, 3, 20_000);
    work("payer", "pay", 300, 60, 20_000);
    work("other", "pay", 300, 60, 20_000);

    assertThat(of("payer").rate()).isGreaterThan(10 * of("reader").rate());
    assertThat(of("payer").ratio()).isCloseTo(1, within(1e-9));
    assertThat(of("reader").ratio()).isCloseTo(1, within(1e-9));
    assertThat(of("payer").standing()).isNotIn(AgentStanding.WORSE, AgentStanding.BETTER);
  }

  @Test
  void shouldTellWhoIsWorseAndWhoIsBetterAtTheSameWork() {
    work("bad", "pay", 1000, 400, 0);
    work("good", "pay", 1000, 20, 0);
    work("middling", "pay", 1000, 210, 0);
    work("new", "pay", 3, 1, 0);

    assertThat(of("bad").standing()).isEqualTo(AgentStanding.WORSE);
    assertThat(of("good").standing()).isEqualTo(AgentStanding.BETTER);
    assertThat(of("middling").standing()).isEqualTo(AgentStanding.ALIKE);
    assertThat(of("new").standing()).isEqualTo(AgentStanding.UNKNOWN);
  }

  @Test
  void shouldSayThatEvidenceIsMissingWhenNothingThatPassedWasAudited() {
    work("a-1", "pay", 100, 20, 5);
    work("a-2", "pay", 100, 20, 0);
    Assessment unseen = act("a-3", "pay", false);
    records.assessed(unseen);

    ActorRecord record = of("a-3");
    assertThat(record.always().low()).isZero();
    assertThat(record.always().high()).isEqualTo(1);
    assertThat(record.standing()).isEqualTo(AgentStanding.UNKNOWN);
  }

  @Test
  void shouldTakeTheConfirmationAndNotTheScreenWhenBothAnswered() {
    Assessment cleared = act("a-1", "pay", false);
    Assessment found = act("a-1", "pay", false);
    Assessment waiting = act("a-1", "pay", false);
    for (Assessment assessment : List.of(cleared, found, waiting)) {
      records.assessed(assessment);
      records.ended(ended(assessment, AuditStage.SCREEN, ReviewOutcome.DENIED));
    }
    records.ended(ended(cleared, AuditStage.CONFIRM, ReviewOutcome.APPROVED));
    records.ended(ended(found, AuditStage.CONFIRM, ReviewOutcome.DENIED));
    Signal reported = ended(waiting, AuditStage.NONE, ReviewOutcome.DENIED);
    reported.setSource(SignalSource.OUTCOME);
    records.ended(reported);

    assertThat(of("a-1").answers()).isEqualTo(2);
    assertThat(of("a-1").harmful()).isEqualTo(1);
  }

  @Test
  void shouldLeaveOutWhatOnlyCarriesOutAndWhoNamesNoModel() {
    ActorRecords byModel = new ActorRecords(ActorRecords.By.MODEL, 0.95);
    Assessment execution = act("a-1", "pay", false);
    execution.setCarriesOut(true);
    Assessment nameless = act("a-1", "pay", false);
    nameless.setAgentModel(null);
    Assessment named = act("a-1", "pay", false);
    for (Assessment assessment : List.of(execution, nameless, named)) {
      byModel.assessed(assessment);
    }

    assertThat(byModel.records())
        .singleElement()
        .satisfies(record -> assertThat(record.name()).isEqualTo("a"))
        .satisfies(record -> assertThat(record.source()).isEmpty())
        .satisfies(record -> assertThat(record.actions()).isEqualTo(1));
  }
}
