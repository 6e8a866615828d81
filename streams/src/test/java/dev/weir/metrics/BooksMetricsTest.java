/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Concentration;
import dev.weir.event.EscalationReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BooksMetricsTest {
  private final Metrics metrics = new Metrics();

  @Test
  void shouldShowCurveAndTailWhenConcentrationIsKnown() {
    metrics.concentration(FleetNews.concentration(200, 18, 2));

    assertThat(metrics.value(MetricNames.LORENZ, "of", "actions", "bottom", "0.9")).isEqualTo(0.2);
    assertThat(metrics.value(MetricNames.TAIL_INDEX, "of", "actions")).isEqualTo(1.5);
    assertThat(metrics.value(MetricNames.TAIL_INDEX_ERROR, "of", "actions")).isEqualTo(0.15);
    assertThat(metrics.value(MetricNames.TAIL_INDEX, "of", "tasks")).isNaN();
    assertThat(metrics.value(MetricNames.TOP_RULE_SHARE)).isEqualTo(0.6);
    assertThat(metrics.value(MetricNames.TOP_TEN_SHARE)).isEqualTo(0.3);
  }

  @Test
  void shouldSayUnknownWhenNothingIsConfirmed() {
    metrics.concentration(FleetNews.concentration(200, 18, 2));

    assertThat(metrics.value(MetricNames.VIABILITY, "answer", "unknown")).isEqualTo(1);
    assertThat(metrics.value(MetricNames.VIABILITY, "answer", "yes")).isZero();
    assertThat(metrics.value(MetricNames.VIABILITY, "answer", "no")).isZero();
    assertThat(metrics.value(MetricNames.AUDITS, "stage", "answered")).isEqualTo(12);
  }

  @Test
  void shouldCountScoringInTheTaxWhenItCosts() {
    Concentration concentration = FleetNews.concentration(200, 18, 2);
    concentration.setScorerCost(2);

    metrics.concentration(concentration);

    assertThat(metrics.value(MetricNames.REALISED_TAX)).isEqualTo(0.1);
  }

  @Test
  void shouldShowTheLatestHourWhenEarlierOnesAreAddedTo() {
    metrics.ledger(FleetNews.hour(FleetNews.NOON, EscalationReason.ROUTE));
    metrics.ledger(
        FleetNews.hour(FleetNews.NOON.plus(Duration.ofHours(1)), EscalationReason.PRICED));
    metrics.ledger(FleetNews.hour(FleetNews.NOON, EscalationReason.AUDIT));

    assertThat(metrics.value(MetricNames.LEDGER_HOUR))
        .isEqualTo((double) FleetNews.NOON.getEpochSecond() + 3600);
    assertThat(metrics.value(MetricNames.LEDGER_TAX)).isEqualTo(0.12);
    assertThat(metrics.value(MetricNames.LEDGER_COST, "of", "scoring")).isEqualTo(20);
    assertThat(metrics.value(MetricNames.LEDGER_REASON_COST, "reason", "PRICED")).isEqualTo(100);
    assertThat(metrics.value(MetricNames.LEDGER_REASON_COST, "reason", "ROUTE")).isZero();
    assertThat(metrics.value(MetricNames.LEDGER_REASON_COST, "reason", "AUDIT")).isZero();
    assertThat(metrics.value(MetricNames.LEDGER_TIER_COST, "tier", "expert")).isEqualTo(100);
    assertThat(metrics.value(MetricNames.LEDGER_LOSS, "of", "net", "by", "asserted"))
        .isEqualTo(-75);
    assertThat(metrics.value(MetricNames.LEDGER_LOSS, "of", "net", "by", "confirmed")).isNaN();
  }

  @Test
  void shouldShowNothingWhenAnotherProcessPrices() {
    metrics.ledger(FleetNews.hour(FleetNews.NOON, EscalationReason.ROUTE));

    metrics.ledgerLost();

    assertThat(metrics.value(MetricNames.LEDGER_HOUR)).isNaN();
    assertThat(metrics.value(MetricNames.LEDGER_COST, "of", "reviews")).isZero();
    metrics.ledger(FleetNews.hour(FleetNews.NOON, EscalationReason.ROUTE));
    assertThat(metrics.value(MetricNames.LEDGER_COST, "of", "reviews")).isEqualTo(100);
  }
}
