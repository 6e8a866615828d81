/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.ReasonSpend;
import dev.weir.event.TierSpend;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reviews by tier and by reason, cumulative.
 *
 * <p>Invariant: both add up to the same reviews and cost. Costs in cost units, mass in LU. Not safe
 * for use by several threads.
 */
public final class Spending {
  private final Map<String, TierSpend> tiers = new TreeMap<>();
  private final Map<EscalationReason, ReasonSpend> reasons = new EnumMap<>(EscalationReason.class);

  /** What these add up to. */
  public Spending(List<TierSpend> byTier, List<ReasonSpend> byReason) {
    byTier.forEach(this::add);
    byReason.forEach(this::add);
  }

  /**
   * Charges what was decided, on an action of that mass; what a request adds to the cost is that
   * reason's, and asks for no room that others could lose.
   */
  public void add(Decision decision, double mass) {
    double requested = decision.getRequestedCost();
    long asked = Decisions.requested(decision) ? 0 : 1;
    add(new TierSpend(decision.getTier(), 1L, decision.getReviewCost(), asked, mass));
    boolean raised = decision.getReason() != EscalationReason.REQUESTED && requested > 0;
    double own = decision.getReviewCost() - (raised ? requested : 0);
    add(new ReasonSpend(decision.getReason(), 1L, own));
    if (raised) {
      add(new ReasonSpend(EscalationReason.REQUESTED, 0L, requested));
    }
  }

  /** Charges another tier that is asked about an action whose mass was counted before. */
  void askedNext(EscalationReason reason, String tier, double cost) {
    add(new TierSpend(tier, 1L, cost, 1L, 0.0));
    add(new ReasonSpend(reason, 1L, cost));
  }

  /** A tier that had no room was the best choice. */
  final void asked(String tier) {
    add(new TierSpend(tier, 0L, 0.0, 1L, 0.0));
  }

  /** Adds what was spent. */
  final void add(TierSpend spent) {
    TierSpend sum =
        tiers.computeIfAbsent(spent.getTier(), tier -> new TierSpend(tier, 0L, 0.0, 0L, 0.0));
    sum.setAsked(sum.getAsked() + spent.getAsked());
    sum.setReviews(sum.getReviews() + spent.getReviews());
    sum.setCost(sum.getCost() + spent.getCost());
    sum.setMass(sum.getMass() + spent.getMass());
  }

  /** Adds what was spent. */
  final void add(ReasonSpend spent) {
    ReasonSpend sum =
        reasons.computeIfAbsent(spent.getReason(), reason -> new ReasonSpend(reason, 0L, 0.0));
    sum.setReviews(sum.getReviews() + spent.getReviews());
    sum.setCost(sum.getCost() + spent.getCost());
  }

  /** By tier, in the order of their ids. */
  public List<TierSpend> tiers() {
    return tiers.values().stream()
        .map(
            spend ->
                new TierSpend(
                    spend.getTier(),
                    spend.getReviews(),
                    spend.getCost(),
                    spend.getAsked(),
                    spend.getMass()))
        .toList();
  }

  /** By reason. */
  public List<ReasonSpend> reasons() {
    return reasons.values().stream()
        .map(spend -> new ReasonSpend(spend.getReason(), spend.getReviews(), spend.getCost()))
        .toList();
  }
}
