/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.AuditBooks;
import dev.weir.config.WeirConfig;
import dev.weir.event.Assessment;
import dev.weir.event.AuditStage;
import dev.weir.event.Decision;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.TaskRisk;
import dev.weir.metrics.MetricNames;
import dev.weir.policy.Policy;
import dev.weir.state.AuditState;
import dev.weir.store.StoreNames;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of what passes a part is drawn and asked for, whatever the price, and nothing waits for it. */
class AuditStoryTest {
  private static final int ACTIONS = 300;
  private static final double LEAST = 0.1;
  private static final double POSTS = 0.5;
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

      AuditState books = flume.<String, AuditBooks>store(StoreNames.AUDIT).get("books").state();
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
