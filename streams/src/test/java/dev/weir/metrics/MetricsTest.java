/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Assessment;
import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.Phase;
import dev.weir.event.Price;
import dev.weir.event.RefusalReason;
import dev.weir.event.Score;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Metrics metrics = new Metrics();

  @Test
  void shouldAccountForEachRecordWhenAllIsProcessed() {
    for (int i = 0; i < 5; i++) {
      metrics.read();
    }
    metrics.assessed(assessment(1.5, EscalationReason.NONE));
    metrics.assessed(assessment(6.5, EscalationReason.CATASTROPHIC));
    metrics.duplicate();
    metrics.refused(RefusalReason.MALFORMED_JSON);
    metrics.rekeyed();

    double outcomes = actions("assessed") + actions("duplicate") + actions("dead_lettered");
    assertThat(metrics.value(MetricNames.RECORDS_READ))
        .isEqualTo(outcomes + metrics.value(MetricNames.RECORDS_REKEYED))
        .isEqualTo(5);
    assertThat(actions("assessed")).isEqualTo(2);
  }

  @Test
  void shouldCountEscalationsByReasonWhenThereIsOne() {
    metrics.assessed(assessment(1.5, EscalationReason.NONE));
    metrics.assessed(assessment(6.5, EscalationReason.CATASTROPHIC));

    assertThat(metrics.value(MetricNames.ESCALATIONS, "reason", "CATASTROPHIC")).isEqualTo(1);
    assertThat(metrics.value(MetricNames.ESCALATIONS, "reason", "NONE")).isZero();
  }

  @Test
  void shouldCountFlagsWhenAssessmentCarriesThem() {
    Assessment flagged = assessment(2, EscalationReason.ID_CONFLICT);
    flagged.setLate(true);
    flagged.setOutOfOrder(true);
    flagged.setIdConflict(true);
    flagged.setUnknownKeys(3);
    flagged.getScore().setUnscorable(true);
    metrics.assessed(flagged);
    metrics.assessed(assessment(2, EscalationReason.NONE));

    assertThat(
            List.of(
                metrics.value(MetricNames.LATE),
                metrics.value(MetricNames.OUT_OF_ORDER),
                metrics.value(MetricNames.ID_CONFLICTS),
                metrics.value(MetricNames.UNSCORABLE),
                metrics.value(MetricNames.UNKNOWN_KEYS)))
        .containsExactly(1.0, 1.0, 1.0, 1.0, 3.0);
  }

  @Test
  void shouldSpreadRiskOverDecadesWhenObserved() {
    metrics.assessed(assessment(-7, EscalationReason.NONE));
    metrics.assessed(assessment(3.2, EscalationReason.NONE));
    metrics.assessed(assessment(12, EscalationReason.NONE));

    assertThat(metrics.value("weir_action_risk_bucket", "le", "-6.0")).isEqualTo(1);
    assertThat(metrics.value("weir_action_risk_bucket", "le", "3.0")).isEqualTo(1);
    assertThat(metrics.value("weir_action_risk_bucket", "le", "4.0")).isEqualTo(2);
    assertThat(metrics.value("weir_action_risk_bucket", "le", "9.0")).isEqualTo(2);
    assertThat(metrics.value("weir_action_risk_count")).isEqualTo(3);
  }

  @Test
  void shouldKeepTimesInSecondsWhenObserved() {
    metrics.scoreTook(2_000_000);
    metrics.actionTook(250);
    metrics.actionTook(-40);

    assertThat(metrics.value("weir_score_seconds_sum")).isEqualTo(0.002);
    assertThat(metrics.value("weir_action_latency_seconds_sum")).isEqualTo(0.25);
    assertThat(metrics.value("weir_action_latency_seconds_count")).isEqualTo(2);
  }

  @Test
  void shouldSumLiveTasksWhenPartitionsComeAndGo() {
    metrics.liveTasks(0, 10);
    metrics.liveTasks(1, 5);
    metrics.liveTasks(0, 12);
    assertThat(metrics.value(MetricNames.TASKS_LIVE)).isEqualTo(17);

    metrics.lost(0);
    assertThat(metrics.value(MetricNames.TASKS_LIVE)).isEqualTo(5);
  }

  @Test
  void shouldShowPriceAndConcentrationWhenKnown() {
    metrics.price(
        new Price(
            ByteBuffer.allocate(32),
            1L,
            7.5,
            0.5,
            1000L,
            1000.0,
            List.of(),
            0.0,
            4,
            1.0,
            Instant.EPOCH,
            List.of()));
    metrics.concentration(FleetNews.concentration(200, 18, 2));

    assertThat(metrics.value(MetricNames.PRICE, "kind", "fleet")).isEqualTo(7.5);
    assertThat(metrics.value(MetricNames.BUDGET_TAX)).isEqualTo(0.1);
    assertThat(metrics.value(MetricNames.REALISED_TAX)).isEqualTo(0.09);
    assertThat(metrics.value(MetricNames.MANDATORY_TAX)).isEqualTo(0.01);
    assertThat(metrics.value(MetricNames.APART_TAX)).isEqualTo(0.025);
    assertThat(metrics.value(MetricNames.CAPTURED_SHARE)).isEqualTo(0.9);
    assertThat(metrics.value(MetricNames.GINI, "of", "tasks")).isEqualTo(0.8);
    assertThat(metrics.value(MetricNames.TOP_SHARE, "of", "actions", "top", "0.001"))
        .isEqualTo(0.5);
  }

  @Test
  void shouldShowNoTaxWhenNothingCost() {
    metrics.concentration(FleetNews.concentration(0, 0, 0));
    assertThat(metrics.value(MetricNames.REALISED_TAX)).isZero();
  }

  @Test
  void shouldCountPartitionsByPolicyWhenTheyAdoptAtDifferentTimes() {
    metrics.policyCalled(1);
    metrics.policyStands(0, 0, "default", "aa");
    metrics.policyStands(1, 0, "default", "aa");
    metrics.policyStands(1, 1, "default", "bb");
    assertThat(info("aa")).isEqualTo(1);
    assertThat(info("bb")).isEqualTo(1);
    assertThat(metrics.value(MetricNames.POLICY_GENERATION, "kind", "called")).isEqualTo(1);
    assertThat(metrics.value(MetricNames.POLICY_GENERATION, "kind", "adopted")).isZero();

    metrics.lost(0);

    assertThat(info("aa")).isZero();
    assertThat(metrics.value(MetricNames.POLICY_GENERATION, "kind", "adopted")).isEqualTo(1);
  }

  private double info(String digest) {
    return metrics.value(MetricNames.POLICY_INFO, "policy", "default", "digest", digest);
  }

  @Test
  void shouldCountPartitionsByTrialWhenTheyAreTried() {
    metrics.trialStatus(0, TrialStatus.TRIAL);
    metrics.trialStatus(1, TrialStatus.TRIAL);
    metrics.trialStatus(1, TrialStatus.REFUSED);
    assertThat(metrics.value(MetricNames.POLICY_TRIALS, "status", "TRIAL")).isEqualTo(1);
    assertThat(metrics.value(MetricNames.POLICY_TRIALS, "status", "REFUSED")).isEqualTo(1);

    metrics.lost(1);

    assertThat(metrics.value(MetricNames.POLICY_TRIALS, "status", "REFUSED")).isZero();
  }

  @Test
  void shouldCountApartWhenTwoInstancesLive() {
    new Metrics().read();
    assertThat(metrics.value(MetricNames.RECORDS_READ)).isZero();
  }

  @Test
  void shouldCountNothingWhenTallyIsNone() {
    Tally.NONE.read();
    Tally.NONE.assessed(assessment(1, EscalationReason.NONE));
    metrics.internalRefused("weir.prices");
    assertThat(metrics.value(MetricNames.INTERNAL_REFUSED, "topic", "weir.prices")).isEqualTo(1);
  }

  private double actions(String outcome) {
    return metrics.value(MetricNames.ACTIONS, "outcome", outcome);
  }

  /** One that two tiers had no room for, above the ceiling of a rule. */
  static Assessment bounded() {
    Assessment assessment = assessment(2, EscalationReason.ROUTE);
    assessment.getDecision().setTier("expert");
    assessment.getDecision().setFullTiers(List.of("panel", "expert"));
    assessment.getDecision().setOverCeiling(List.of("rule"));
    return assessment;
  }

  @Test
  void shouldCountByTierAndByWhatAsksWhenCapacityOrACeilingEnds() {
    metrics.assessed(bounded());
    metrics.assessed(assessment(2, EscalationReason.PRICED));

    assertThat(metrics.value(MetricNames.TIER_FULL, "tier", "panel", "work", "priced")).isOne();
    assertThat(metrics.value(MetricNames.TIER_FULL, "tier", "expert", "work", "mandatory")).isOne();
    assertThat(metrics.value(MetricNames.OVER_CEILING, "asks", "rule")).isOne();
  }

  private static Assessment assessment(double risk, EscalationReason reason) {
    return Assessment.newBuilder()
        .setEventId("e")
        .setTaskId("t")
        .setAgentId("a")
        .setTool("bash")
        .setPhase(Phase.OBSERVED)
        .setDigest(ByteBuffer.allocate(32))
        .setTopic("weir.actions")
        .setPartition(0)
        .setOffset(0)
        .setOccurredAt(Instant.EPOCH)
        .setReceivedAt(Instant.EPOCH)
        .setTaskTime(Instant.EPOCH)
        .setTaskActions(1)
        .setPolicyDigest(ByteBuffer.allocate(32))
        .setScore(
            Score.newBuilder()
                .setMagnitude(risk)
                .setLikelihood(0)
                .setRisk(risk)
                .setMass(Math.pow(10, risk))
                .setActionClass("")
                .setUnscorable(false)
                .setContributions(List.of())
                .build())
        .setDecision(
            Decision.newBuilder()
                .setGrants(List.of())
                .setMissingGrants(List.of())
                .setReason(reason)
                .setTier("")
                .setReviewCost(0)
                .setBaseCost(1)
                .setPrice(4)
                .setCredit(0)
                .setCutShare(1)
                .setInclusionProbability(0)
                .setU(0.5)
                .setChanceKeyId("")
                .build())
        .build();
  }
}
