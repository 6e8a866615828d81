/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import dev.weir.event.Concentration;
import dev.weir.event.Distribution;
import dev.weir.event.LorenzPoint;
import dev.weir.event.RulePart;
import dev.weir.event.TailIndex;
import dev.weir.event.ViabilityAnswer;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.util.Locale;

/**
 * What the fleet's concentration looks like to Prometheus.
 *
 * <p>Invariant: a figure that is not known is NaN, never 0. Labels are constants, enums, and the
 * shares at which the curve is told.
 */
final class FleetMetrics {
  private final Gauge budgetTax;
  private final Gauge realisedTax;
  private final Gauge mandatoryTax;
  private final Gauge apartTax;
  private final Gauge capturedShare;
  private final Gauge gini;
  private final Gauge topShare;
  private final Gauge lorenz;
  private final Gauge tail;
  private final Gauge tailError;
  private final Gauge topRule;
  private final Gauge topTen;
  private final Gauge viability;
  private final Gauge audits;
  private final ConfirmedMetrics confirmed;

  FleetMetrics(CollectorRegistry registry) {
    confirmed = new ConfirmedMetrics(registry);
    budgetTax =
        Gauge.build(
                MetricNames.BUDGET_TAX, "Budget of reviews and scoring as a share of action cost.")
            .register(registry);
    realisedTax =
        Gauge.build(
                MetricNames.REALISED_TAX,
                "Cost of all reviews and of scoring as a share of action cost.")
            .register(registry);
    mandatoryTax =
        Gauge.build(
                MetricNames.MANDATORY_TAX,
                "Of the realised tax, what must be reviewed whatever the price.")
            .register(registry);
    apartTax =
        Gauge.build(
                MetricNames.APART_TAX,
                "Of the realised tax, reviews of lines, and what requests pay for: the budget pays for neither.")
            .register(registry);
    capturedShare =
        Gauge.build(
                MetricNames.CAPTURED_SHARE,
                "Share of the asserted mass that was escalated, audits excepted.")
            .register(registry);
    gini =
        Gauge.build(MetricNames.GINI, "Gini coefficient of asserted mass.")
            .labelNames("of")
            .register(registry);
    topShare =
        Gauge.build(MetricNames.TOP_SHARE, "Share of the asserted mass in the top.")
            .labelNames("of", "top")
            .register(registry);
    lorenz =
        Gauge.build(
                MetricNames.LORENZ,
                "Lorenz curve of asserted mass: share of it in that share of all, from the bottom.")
            .labelNames("of", "bottom")
            .register(registry);
    tail =
        Gauge.build(
                MetricNames.TAIL_INDEX,
                "Tail index of asserted mass: Gini and shares are unstable at most 2, meaningless at most 1; NaN if it cannot be told.")
            .labelNames("of")
            .register(registry);
    tailError =
        Gauge.build(MetricNames.TAIL_INDEX_ERROR, "Its standard error.")
            .labelNames("of")
            .register(registry);
    topRule =
        Gauge.build(
                MetricNames.TOP_RULE_SHARE,
                "Share of the asserted mass that one rule is behind, at most.")
            .register(registry);
    topTen =
        Gauge.build(MetricNames.TOP_TEN_SHARE, "Share of the asserted mass in ten actions.")
            .register(registry);
    viability =
        Gauge.build(
                MetricNames.VIABILITY,
                "Whether selective review is enough, as confirmed: 1 at the answer, 0 at the others.")
            .labelNames("answer")
            .register(registry);
    audits =
        Gauge.build(
                MetricNames.AUDITS,
                "Audits of the fleet under the policy in force: drawn, and answered. What was missed is"
                    + " unknown until enough are answered.")
            .labelNames("stage")
            .register(registry);
  }

  void set(Concentration seen) {
    double base = seen.getBaseCost();
    budgetTax.set(seen.getBudgetTax());
    realisedTax.set(base > 0 ? (seen.getReviewCost() + seen.getScorerCost()) / base : 0);
    mandatoryTax.set(base > 0 ? seen.getMandatoryCost() / base : 0);
    apartTax.set(base > 0 ? seen.getApartCost() / base : 0);
    capturedShare.set(seen.getCapturedShare());
    set("actions", seen.getActions());
    set("tasks", seen.getTasks());
    if (seen.getAgents() != null) {
      set("agents", seen.getAgents());
    }
    RulePart rule = seen.getTopRule();
    topRule.set(rule == null ? Double.NaN : rule.getShare());
    topTen.set(seen.getTopTenShare());
    ViabilityAnswer answer = seen.getViability().getAnswer();
    for (ViabilityAnswer each : ViabilityAnswer.values()) {
      viability.labels(each.name().toLowerCase(Locale.ROOT)).set(each == answer ? 1 : 0);
    }
    confirmed.set(seen.getConfirmed());
    audits.labels("drawn").set((double) seen.getAudits());
    audits.labels("answered").set((double) seen.getAuditsAnswered());
  }

  private void set(String of, Distribution spread) {
    gini.labels(of).set(spread.getGini());
    topShare.labels(of, "0.01").set(spread.getTop1Percent());
    topShare.labels(of, "0.001").set(spread.getTop01Percent());
    for (LorenzPoint point : spread.getLorenz()) {
      lorenz.labels(of, Double.toString(point.getCountShare())).set(point.getMassShare());
    }
    TailIndex index = spread.getTail();
    tail.labels(of).set(index == null ? Double.NaN : index.getIndex());
    tailError.labels(of).set(index == null ? Double.NaN : index.getStandardError());
  }
}
