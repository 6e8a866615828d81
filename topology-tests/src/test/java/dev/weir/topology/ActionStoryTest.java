/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.event.Assessment;
import dev.weir.event.Decision;
import dev.weir.event.DispositionKind;
import dev.weir.event.DuplicateNotice;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.Phase;
import dev.weir.event.TaskRisk;
import dev.weir.event.VerdictDecision;
import dev.weir.metrics.MetricNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of an action that can be read. */
class ActionStoryTest {

  @Test
  void shouldAssessOnceAndReportTheTaskWhenAnActionIsGood() {
    try (Flume flume = Flume.open()) {
      Act act = Act.of("e-1").loses(4);

      flume.send(act);

      Assessment assessment = flume.assessment();
      assertThat(assessment.getEventId()).isEqualTo("e-1");
      assertThat(assessment.getTaskId()).isEqualTo("t-1");
      assertThat(assessment.getAgentId()).isEqualTo("a-1");
      assertThat(assessment.getTool()).isEqualTo("touch");
      assertThat(assessment.getDigest()).isEqualTo(act.digest());
      assertThat(assessment.getTopic()).isEqualTo("weir.actions");
      assertThat(assessment.getReceivedAt()).isEqualTo(Flume.NOON);
      assertThat(assessment.getPolicyDigest().array()).isEqualTo(flume.policy().digest());
      assertThat(assessment.getScore().getMagnitude()).isCloseTo(4, within(1e-9));
      assertThat(assessment.getScore().getRisk()).isCloseTo(1, within(1e-3));
      assertThat(assessment.getDecision().getReason()).isEqualTo(EscalationReason.NONE);
      TaskRisk task = only(flume.taskRisks());
      assertThat(task.getActions()).isEqualTo(1);
      assertThat(task.getMass()).isEqualTo(assessment.getScore().getMass());
      assertThat(task.getWorst()).hasSize(1);
    }
  }

  @Test
  void shouldKeyByTaskAndStampWithBrokerTimeWhenAnActionIsAssessed() {
    try (Flume flume = Flume.open()) {
      Instant received = Flume.NOON.plusSeconds(7);

      flume.send(Act.of("e-1").loses(7), received);

      for (String topic :
          List.of(
              flume.topics().assessments(),
              flume.topics().escalations(),
              flume.topics().taskRisk())) {
        var record = only(flume.take(topic));
        assertThat(record.key()).as(topic).asString().isEqualTo("t-1");
        assertThat(record.getRecordTime()).as(topic).isEqualTo(received);
        assertThat(record.headers()).as(topic).isEmpty();
      }
    }
  }

  @Test
  void shouldScoreTheSameWhenAnActionComesInAvro() {
    try (Flume json = Flume.open();
        Flume avro = Flume.open()) {
      Act act =
          Act.of("e-1")
              .loses(7)
              .with("phase", "\"PROPOSED\"")
              .with("objective", "\"Tidy up\"")
              .with("attributes", "{\"team\":\"x\"}");

      json.send(act.json(), Flume.NOON);
      avro.send(act.avro(), Flume.NOON);

      Assessment fromJson = json.assessment();
      Assessment fromAvro = avro.assessment();
      assertThat(fromAvro.getDigest()).isNotEqualTo(fromJson.getDigest());
      assertThat(fromAvro.getScore()).isEqualTo(fromJson.getScore());
      assertThat(fromAvro.getPhase()).isEqualTo(fromJson.getPhase());
      assertThat(json.escalations()).hasSize(1);
      assertThat(avro.escalations()).hasSize(1);
      assertThat(json.disposition().getKind()).isEqualTo(DispositionKind.HELD);
      assertThat(avro.disposition().getKind()).isEqualTo(DispositionKind.HELD);
      assertThat(json.taskRisks()).hasSize(1);
      assertThat(avro.taskRisks()).hasSize(1);
    }
  }

  @Test
  void shouldOnlyGiveNoticeWhenARecordIsRepeated() {
    try (Flume flume = Flume.open()) {
      Act act = Act.of("e-1").loses(4);
      flume.send(act);
      Assessment first = flume.assessment();
      assertThat(flume.taskRisks()).hasSize(1);

      flume.send(act, Flume.NOON.plusSeconds(1));

      DuplicateNotice notice = only(flume.duplicates());
      assertThat(notice.getEventId()).isEqualTo("e-1");
      assertThat(notice.getTaskId()).isEqualTo("t-1");
      assertThat(notice.getDigest()).isEqualTo(first.getDigest());
      assertThat(notice.getOffset()).isEqualTo(first.getOffset() + 1);
      assertThat(notice.getReceivedAt()).isEqualTo(Flume.NOON.plusSeconds(1));
    }
  }

  @Test
  void shouldAssessAgainWhenARecordIsRepeatedInAnotherTask() {
    try (Flume flume = Flume.open()) {
      flume.send(Act.of("e-1"), Act.of("e-1").task("t-2"));

      assertThat(flume.assessments())
          .extracting(Assessment::getTaskId)
          .containsExactly("t-1", "t-2");
      assertThat(flume.taskRisks()).hasSize(2);
    }
  }

  @Test
  void shouldScoreAndEscalateWhenAnIdIsReusedForOtherContent() {
    try (Flume flume = Flume.open()) {
      flume.send(Act.of("e-1").loses(1), Act.of("e-1").loses(0.5));

      List<Assessment> assessments = flume.assessments();
      assertThat(assessments).extracting(Assessment::getIdConflict).containsExactly(false, true);
      assertThat(assessments.get(1).getScore().getMagnitude()).isCloseTo(0.5, within(1e-9));
      assertThat(flume.escalation().getReason()).isEqualTo(EscalationReason.ID_CONFLICT);
      assertThat(flume.count(MetricNames.ID_CONFLICTS)).isEqualTo(1);
      assertThat(flume.taskRisks()).hasSize(2);
    }
  }

  @Test
  void shouldCountAndKeepTheTasksClockWhenActionsComeOutOfOrder() {
    try (Flume flume = Flume.open()) {
      Instant received = Flume.NOON;

      flume
          .send(Act.of("e-1"), received)
          .send(Act.of("e-2").at(received.minusSeconds(60)), received)
          .send(Act.of("e-3").at(received.minus(Duration.ofHours(2))), received)
          .send(Act.of("e-4").at(received.plusSeconds(1)), received);

      List<Assessment> assessments = flume.assessments();
      assertThat(assessments)
          .extracting(Assessment::getOutOfOrder)
          .containsExactly(false, true, true, false);
      assertThat(assessments)
          .extracting(Assessment::getLate)
          .containsExactly(false, false, true, false);
      assertThat(assessments)
          .extracting(Assessment::getTaskTime)
          .containsExactly(received, received, received, received.plusSeconds(1));
      assertThat(flume.count(MetricNames.OUT_OF_ORDER)).isEqualTo(2);
      assertThat(flume.count(MetricNames.LATE)).isEqualTo(1);
      assertThat(flume.taskRisks()).hasSize(4);
    }
  }

  @Test
  void shouldNotLetTheTasksClockRunAheadWhenAnAgentsClockDoes() {
    try (Flume flume = Flume.open()) {
      flume.send(Act.of("e-1").at(Flume.NOON.plus(Duration.ofHours(20))), Flume.NOON);

      assertThat(flume.assessment().getTaskTime()).isEqualTo(Flume.NOON.plusSeconds(60));
      assertThat(flume.taskRisks()).hasSize(1);
    }
  }

  @Test
  void shouldAddNoSecondMassOrCostWhenAProposalIsCarriedOut() {
    try (Flume flume = Flume.open().register(Jury.person("ann", "expert"))) {
      Act proposal = Act.of("p-1").loses(7).text("phase", "PROPOSED");
      Act execution =
          proposal.text("event_id", "x-1").text("phase", "EXECUTED").text("proposal_id", "p-1");

      flume.send(proposal);
      Escalation escalation = flume.escalation();
      flume.answer(Jury.says("ann", escalation, VerdictDecision.APPROVE), Flume.NOON);
      flume.send(execution);

      List<Assessment> assessments = flume.assessments();
      assertThat(assessments)
          .extracting(Assessment::getPhase)
          .containsExactly(Phase.PROPOSED, Phase.EXECUTED);
      assertThat(assessments).extracting(Assessment::getCarriesOut).containsExactly(false, true);
      Decision decision = assessments.get(1).getDecision();
      assertThat(decision.getBaseCost()).isZero();
      assertThat(decision.getReason()).isEqualTo(EscalationReason.NONE);
      assertThat(escalation.getAssessment().getEventId()).isEqualTo("p-1");
      assertThat(flume.escalations()).as("it is not asked about again").isEmpty();
      flume.skip(flume.topics().dispositions(), flume.topics().signals());
      List<TaskRisk> tasks = flume.taskRisks();
      assertThat(tasks).extracting(TaskRisk::getActions).containsExactly(1L, 2L);
      assertThat(tasks.get(1).getMass()).isEqualTo(tasks.get(0).getMass());
      assertThat(tasks.get(1).getDecayedMass()).isEqualTo(tasks.get(0).getDecayedMass());
    }
  }

  @Test
  void shouldScoreAnewWhenAProposalIsCarriedOutWithOtherArguments() {
    try (Flume flume = Flume.open()) {
      Act proposal = Act.of("p-1").loses(1).text("phase", "PROPOSED");
      Act execution = Act.of("x-1").loses(7).text("phase", "EXECUTED").text("proposal_id", "p-1");

      flume.send(proposal, execution);

      Assessment executed = flume.assessments().get(1);
      assertThat(executed.getCarriesOut()).isFalse();
      assertThat(executed.getDecision().getBaseCost()).isEqualTo(1);
      assertThat(flume.escalation().getReason()).isEqualTo(EscalationReason.CATASTROPHIC);
      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.RELEASED);
      List<TaskRisk> tasks = flume.taskRisks();
      assertThat(tasks.get(1).getMass())
          .isEqualTo(tasks.get(0).getMass() + executed.getScore().getMass());
    }
  }

  @Test
  void shouldScoreAnewWhenAProposalIsCarriedOutOnceMore() {
    try (Flume flume = Flume.open()) {
      Act proposal = Act.of("p-1").loses(5).text("phase", "PROPOSED");
      Act execution = proposal.text("phase", "EXECUTED").text("proposal_id", "p-1");

      flume.send(
          proposal,
          execution.text("event_id", "x-1"),
          execution.text("event_id", "x-2"),
          execution.text("event_id", "x-3"));

      List<Assessment> assessments = flume.assessments();
      assertThat(assessments)
          .extracting(Assessment::getCarriesOut)
          .containsExactly(false, true, false, false);
      assertThat(assessments)
          .extracting(a -> a.getDecision().getBaseCost())
          .containsExactly(1.0, 0.0, 1.0, 1.0);
      assertThat(flume.taskRisks().get(3).getMass())
          .isCloseTo(3 * assessments.get(0).getScore().getMass(), within(1e-6));
      flume.skip(flume.topics().escalations(), flume.topics().dispositions());
    }
  }

  @Test
  void shouldScoreAnewWhenTheProposalIsNotKnown() {
    try (Flume flume = Flume.open()) {
      flume.send(Act.of("x-1").loses(7).text("phase", "EXECUTED").text("proposal_id", "p-1"));

      assertThat(flume.assessment().getCarriesOut()).isFalse();
      assertThat(flume.escalation().getReason()).isEqualTo(EscalationReason.CATASTROPHIC);
      assertThat(flume.taskRisks()).hasSize(1);
    }
  }

  @Test
  void shouldScoreAsUnscorableWhenTheArgumentsThatAClassNeedsAreAbsent() {
    try (Flume flume = Flume.open()) {
      flume.send(Act.of("e-1").tool("post").without("arguments"));

      Assessment assessment = flume.assessment();
      assertThat(assessment.getScore().getUnscorable()).isTrue();
      assertThat(assessment.getScore().getMagnitude()).isGreaterThanOrEqualTo(6);
      assertThat(flume.count(MetricNames.UNSCORABLE)).isEqualTo(1);
      flume.skip(flume.topics().escalations());
      assertThat(flume.taskRisks()).hasSize(1);
    }
  }

  @Test
  void shouldIgnoreAndCountWhenKeysAreNotKnown() {
    try (Flume flume = Flume.open();
        Flume without = Flume.open()) {
      Act act = Act.of("e-1").loses(3);

      flume.send(act.with("truth", "{\"harmful\":true}").with("new", "1"));
      without.send(act);

      Assessment assessment = flume.assessment();
      assertThat(assessment.getUnknownKeys()).isEqualTo(2);
      assertThat(assessment.getScore()).isEqualTo(without.assessment().getScore());
      assertThat(flume.count(MetricNames.UNKNOWN_KEYS)).isEqualTo(2);
      assertThat(only(flume.taskRisks()).getMass()).isEqualTo(only(without.taskRisks()).getMass());
    }
  }

  private static <T> T only(List<T> all) {
    assertThat(all).hasSize(1);
    return all.get(0);
  }
}
