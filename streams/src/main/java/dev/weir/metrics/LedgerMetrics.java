/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import dev.weir.event.LedgerHour;
import dev.weir.event.LossBalance;
import dev.weir.event.ReasonSpend;
import dev.weir.event.TierSpend;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's latest hour, in the process that prices; in others there is none.
 *
 * <p>Invariant: an hour before the one shown changes nothing; what is not known is NaN. Labels are
 * constants, enums and the tiers of policies.
 */
final class LedgerMetrics {
  private final Gauge hour =
      Gauge.build(
              MetricNames.LEDGER_HOUR,
              "Start of the ledger's latest hour, of which its other figures are, in seconds since 1970; NaN in processes that do not price.")
          .create();
  private final Gauge actions = Gauge.build(MetricNames.LEDGER_ACTIONS, "Actions.").create();
  private final Gauge tax =
      Gauge.build(MetricNames.LEDGER_TAX, "Cost of reviews and scoring as a share of action cost.")
          .create();
  private final Gauge cost =
      labelled(
          MetricNames.LEDGER_COST, "Cost units: of the actions, of scoring, of reviews.", "of");
  private final Gauge byReason =
      labelled(MetricNames.LEDGER_REASON_COST, "Cost units of reviews, by reason.", "reason");
  private final Gauge byTier =
      labelled(MetricNames.LEDGER_TIER_COST, "Cost units of reviews, by tier.", "tier");
  private final Gauge mass =
      labelled(
          MetricNames.LEDGER_MASS, "Asserted mass in loss units: of all, of the reviewed.", "of");
  private final Gauge loss =
      labelled(
          MetricNames.LEDGER_LOSS,
          "Loss units prevented, missed, and prevented net of costs: asserted, and confirmed, NaN before audits say what was missed; and what reviewers found and prevented so far.",
          "of",
          "by");
  private long latestMs;

  LedgerMetrics(CollectorRegistry registry) {
    hour.register(registry);
    actions.register(registry);
    tax.register(registry);
    cost.register(registry);
    byReason.register(registry);
    byTier.register(registry);
    mass.register(registry);
    loss.register(registry);
    clear();
  }

  private static Gauge labelled(String name, String help, String... labels) {
    return Gauge.build(name, help).labelNames(labels).create();
  }

  /** An hour was added to. */
  synchronized void set(LedgerHour seen) {
    long startMs = seen.getHour().toEpochMilli();
    if (startMs < latestMs) {
      return;
    }
    clear();
    latestMs = startMs;
    hour.set(startMs / 1e3);
    actions.set((double) seen.getActions());
    tax.set(seen.getTax());
    cost.labels("actions").set(seen.getBaseCost());
    cost.labels("scoring").set(seen.getScorerCost());
    cost.labels("reviews").set(seen.getReviewCost());
    for (ReasonSpend spend : seen.getReasons()) {
      byReason.labels(spend.getReason().name()).set(spend.getCost());
    }
    for (TierSpend spend : seen.getTiers()) {
      byTier.labels(spend.getTier()).set(spend.getCost());
    }
    mass.labels("all").set(seen.getMass());
    mass.labels("reviewed").set(seen.getMassReviewed());
    set("asserted", seen.getAsserted());
    set("confirmed", seen.getConfirmed());
    loss.labels("found", "verdicts").set(seen.getHarmFound());
    loss.labels("prevented", "verdicts").set(seen.getHarmPrevented());
  }

  private void set(String by, @Nullable LossBalance balance) {
    loss.labels("prevented", by).set(balance == null ? Double.NaN : balance.getPrevented());
    loss.labels("missed", by).set(balance == null ? Double.NaN : balance.getMissed());
    loss.labels("net", by).set(balance == null ? Double.NaN : balance.getNet());
  }

  /** Nothing is known here any more. */
  synchronized void clear() {
    latestMs = Long.MIN_VALUE;
    hour.set(Double.NaN);
    actions.set(Double.NaN);
    tax.set(Double.NaN);
    cost.clear();
    byReason.clear();
    byTier.clear();
    mass.clear();
    loss.clear();
  }
}
