/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.AuditBooks;
import dev.weir.config.WeirConfig;
import dev.weir.event.Assessment;
import dev.weir.event.AuditAccount;
import dev.weir.event.AuditReport;
import dev.weir.event.AuditStage;
import dev.weir.event.AuditTally;
import dev.weir.event.Concentration;
import dev.weir.event.Decision;
import dev.weir.event.Disposition;
import dev.weir.event.DispositionKind;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.Exposure;
import dev.weir.event.LedgerHour;
import dev.weir.event.TaskRisk;
import dev.weir.event.Verdict;
import dev.weir.event.VerdictDecision;
import dev.weir.event.ViabilityAnswer;
import dev.weir.metrics.MetricNames;
import dev.weir.policy.Policy;
import dev.weir.store.StoreNames;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of what passes a part is drawn and asked for, whatever the price, and nothing waits for it. */
class AuditStoryTest {
  private static final int ACTIONS = 300;
  private static final double LEAST = 0.1;
  private static final double POSTS = 0.5;
  private static final Instant LATER = Flume.NOON.plusSeconds(60);
  private static final Policy POLICY =
      Policies.load(
          Policies.draft(1e9)
              .yaml()
              .replace(
                  "tiers:\n", "tiers:\n  - {id: look, cost: 0.1, assurance: 1e-6, deadline: 1h}\n")
              .concat(
                  "audit: {least: %s, classes: {post: %s}, screen: look, confirm: expert,"
                          .formatted(LEAST, POSTS)
                      + " negatives: 0.001, groups: {odd: [odd-]}}\n"));

  @ParameterizedTest
  @ValueSource(strings = {"live", "plain"})
  void shouldAskTheScreenForADrawnPartOfWhatPasses(String store) {
    try (Flume flume = Flume.open(POLICY, Map.of(WeirConfig.STORE, store))) {
      for (int i = 0; i < ACTIONS; i++) {
        Act act = Act.of("e-" + i).task("t-" + i % 7).tool(i % 3 == 0 ? "post" : "touch");
        flume.send(act.with("agent", "{\"id\":\"" + (i % 2 == 0 ? "even-1" : "odd-1") + "\"}"));
      }

      List<Assessment> assessments = flume.assessments();
      assertThat(assessments).hasSize(ACTIONS).allSatisfy(AuditStoryTest::keepsItsProbability);
      List<Assessment> drawn = assessments.stream().filter(AuditStoryTest::audited).toList();
      assertThat(drawn).hasSizeBetween(40, 110);
      List<Escalation> asked = flume.escalations();
      assertThat(asked)
          .extracting(e -> e.getAssessment().getEventId())
          .containsExactlyElementsOf(drawn.stream().map(Assessment::getEventId).toList());
      assertThat(asked)
          .allSatisfy(
              escalation -> {
                assertThat(escalation.getTier()).isEqualTo("look");
                assertThat(escalation.getAuditStage()).isEqualTo(AuditStage.SCREEN);
              });
      assertThat(flume.taskRisks()).extracting(TaskRisk::getEscalated).containsOnly(0L);
      assertThat(flume.metrics().value(MetricNames.ESCALATIONS, "reason", "AUDIT"))
          .isEqualTo(drawn.size());

      AuditAccount books =
          flume.<String, AuditBooks>store(StoreNames.AUDIT).get("books").state().getAccount();
      assertThat(books.getTotal().getPassed()).isEqualTo(ACTIONS);
      assertThat(books.getTotal().getDrawn().getCount()).isEqualTo(drawn.size());
      assertThat(books.getTotal().getScreened().getCount()).as("answered").isZero();
      assertThat(books.getGroups())
          .extracting(t -> t.getName() + " " + t.getPassed())
          .containsExactlyInAnyOrder("other " + ACTIONS / 2, "odd " + ACTIONS / 2);
      assertThat(flume.exposures())
          .last()
          .satisfies(e -> assertThat(e.getAudits()).isBetween(1L, (long) drawn.size()));
      assertThat(flume.concentrations())
          .last()
          .satisfies(c -> assertThat(c.getAudits()).isBetween(1L, (long) drawn.size()));
      flume.skipFleet();
    }
  }

  /** What is denied at once is audited like all that passes, to see whether that was right. */
  @Test
  void shouldReleaseNothingThatIsDeniedAtOnceWhenItIsAudited() {
    Policy often =
        Policies.load(
            Policies.draft(1e9)
                .yaml()
                .replace(
                    "tiers:\n",
                    "tiers:\n  - {id: look, cost: 0.01, assurance: 1e-7, deadline: 1h}\n")
                .concat("audit: {least: 0.5, screen: look, confirm: expert, negatives: 0.001}\n"));
    try (Flume flume = Flume.open(often, Map.of()).register(Jury.person("sam", "look"))) {
      for (int i = 0; i < 40; i++) {
        flume.send(
            Act.of("e-" + i)
                .text("phase", "PROPOSED")
                .tool("transfer")
                .with("arguments", "{\"loss\":8,\"try\":" + i + "}"));
      }

      assertThat(flume.assessments())
          .filteredOn(assessment -> assessment.getDecision().getRetriesSpent())
          .extracting(assessment -> assessment.getDecision().getReason())
          .contains(EscalationReason.NONE, EscalationReason.AUDIT);
      assertThat(flume.dispositions())
          .extracting(Disposition::getKind)
          .contains(DispositionKind.HELD, DispositionKind.DENIED)
          .doesNotContain(DispositionKind.RELEASED);
      List<Escalation> audits =
          flume.escalations().stream()
              .filter(escalation -> escalation.getAuditStage() == AuditStage.SCREEN)
              .toList();
      for (Escalation audit : audits) {
        flume.answer(Jury.says("sam", audit, VerdictDecision.APPROVE), LATER);
      }
      assertThat(
              flume
                  .metrics()
                  .value(
                      MetricNames.DENIED_AUDITED,
                      "class",
                      "",
                      "by",
                      "AT_ONCE",
                      "outcome",
                      "APPROVED"))
          .as("stopped in vain")
          .isEqualTo(audits.size());
      AuditBooks books = flume.<String, AuditBooks>store(StoreNames.AUDIT).get("books");
      assertThat(books).as("nothing was missed that was denied").isNull();
      flume.skip(flume.topics().waiting(), flume.topics().taskRisk(), flume.topics().signals());
      flume.skipFleet();
    }
  }

  @Test
  void shouldConfirmWhatReviewsFoundAndAuditsSayWasMissed() {
    try (Flume flume = Flume.open(POLICY, Map.of())) {
      flume.register(Jury.person("sam", "look"), Jury.person("ann", "expert"));
      flume.send(Act.of("bad").task("t-bad").text("phase", "PROPOSED").tool("transfer").loses(8));
      Verdict denial =
          Jury.says("ann", flume.escalation(), VerdictDecision.DENY, v -> v.setHarmEstimate(500.0));
      for (int i = 0; i < ACTIONS; i++) {
        flume.send(Act.of("e-" + i).task("t-" + i % 7).tool("post"));
      }
      List<Escalation> asked = flume.escalations();
      flume.skipFleet();

      flume.answer(denial, LATER);
      asked.forEach(
          escalation -> flume.answer(Jury.says("sam", escalation, VerdictDecision.APPROVE), LATER));

      AuditReport report = last(flume.auditReports());
      AuditTally total = report.getAccount().getTotal();
      assertThat(asked).hasSizeGreaterThan(100);
      assertThat(report.getSequence()).isBetween(51L, 1L + asked.size() * 3 / 4);
      assertThat(total.getScreened().getCount())
          .as("it lacks one in fifty at most")
          .isBetween(asked.size() - 1L - asked.size() / 50, (long) asked.size());
      assertThat(total.getCaught()).isEqualTo(1);
      assertThat(total.getCaughtMass()).isEqualTo(500);
      for (int i = 0; i < ACTIONS; i++) {
        flume.send(Act.of("f-" + i).task("t-" + i % 7).tool("post"));
      }
      Exposure exposure = last(flume.exposures());
      assertThat(exposure.getAuditsAnswered()).isEqualTo(asked.size());
      assertThat(exposure.getHarmFound()).isEqualTo(500);
      assertThat(exposure.getHarmPrevented()).as("it was not released").isEqualTo(500);
      LedgerHour hour = last(flume.ledger());
      assertThat(hour.getHarmPrevented()).isEqualTo(500);
      assertThat(hour.getConfirmed()).as("nobody was probed").isNull();
      Concentration concentration = last(flume.concentrations());
      assertThat(concentration.getConfirmed().getTotal().getCaught()).isEqualTo(1);
      assertThat(concentration.getConfirmed().getTotal().getAudits())
          .isEqualTo(total.getScreened().getCount());
      assertThat(concentration.getViability().getAnswer()).isEqualTo(ViabilityAnswer.UNKNOWN);
      assertThat(concentration.getViability().getAudits()).isEqualTo(asked.size());
      flume.skip(
          flume.topics().assessments(),
          flume.topics().taskRisk(),
          flume.topics().escalations(),
          flume.topics().dispositions(),
          flume.topics().signals());
      flume.skipFleet();
    }
  }

  private static <T> T last(List<T> all) {
    assertThat(all).isNotEmpty();
    return all.get(all.size() - 1);
  }

  private static boolean audited(Assessment assessment) {
    return assessment.getDecision().getReason() == EscalationReason.AUDIT;
  }

  private static void keepsItsProbability(Assessment assessment) {
    Decision decision = assessment.getDecision();
    boolean post = assessment.getScore().getActionClass().equals("post");
    assertThat(decision.getAuditInclusion()).isEqualTo(post ? POSTS : LEAST);
    assertThat(decision.getInclusionProbability()).isEqualTo(decision.getAuditInclusion());
    assertThat(audited(assessment)).isEqualTo(decision.getAuditU() < decision.getAuditInclusion());
  }
}
