/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Price;
import dev.weir.policy.Budget;
import dev.weir.policy.Tier;
import dev.weir.state.ControllerState;
import org.jspecify.annotations.Nullable;

/**
 * The moving part of a partition's controller: accrues budget, spends it, and cuts recent risk
 * where credit says.
 *
 * <p>Each action accrues tax · its own cost. The cut lies where the share of recent actions above
 * it is f* · exp(gain · credit), f* being the share that the budget pays for in the long run. The
 * action counts itself among them, so a record among n is included with probability n · f*: spend
 * is on budget in expectation from the first action, whatever the scores' scale. Until the
 * partition has seen a budget's worth of its own, the starting price or the fleet's stands in as a
 * {@link Prior}, fading.
 *
 * <p>Invariant: transfer, the budget that a fleet price moved here, stays within its leash, so the
 * fleet's budget holds in every interleaving. Costs in cost units. Not safe for use by several
 * threads.
 */
final class Pricing {
  private static final double MEAN_HORIZON = 1024;
  private static final double START_REVIEWS = 0.5;
  private static final double FLEET_REVIEWS = 2;
  private static final double FLEET_SEEN_REVIEWS = 4;
  private static final double START_FADE_REVIEWS = 0.5;
  private static final double FLEET_FADE_REVIEWS = 1;
  private static final double MIN_RATE = 0.25;
  private static final double MAX_RATE = 4;
  private static final double TRUST_REVIEWS = 10;
  private static final double LEASH_REVIEWS = 0.2;
  private static final double LEASH_SHARE = 0.02;
  private static final double WINDOW_REVIEWS = 32;

  private static final Cut NO_REVIEW = new Cut(Scale.MAX, 0);

  private final Tier tier;
  private final Budget budget;
  private final RecentRisk recent;
  private final Cursor cut;
  private final Cursor own;
  private final Cursor atFleet;
  private final Feedback feedback;
  private long actions;
  private double baseCost;
  private long shadowActions;
  private double shadowBaseCost;
  private double meanBaseCost;
  private double credit;
  private double transfer;
  private @Nullable Double ownPrice;

  private Pricing(Tier tier, Budget budget, RecentRisk recent) {
    this.tier = tier;
    this.budget = budget;
    this.recent = recent;
    this.cut = new Cursor(recent);
    this.own = new Cursor(recent);
    this.atFleet = new Cursor(recent);
    this.feedback = new Feedback(budget.windowActions() * budget.tax() / tier.cost());
  }

  static Pricing fresh(Tier tier, Budget budget) {
    return new Pricing(tier, budget, new RecentRisk(windowActions(tier, budget)));
  }

  static Pricing restored(ControllerState state, Tier tier, Budget budget) {
    Pricing pricing =
        new Pricing(
            tier,
            budget,
            RecentRisk.restored(
                windowActions(tier, budget), state.getPanes(), state.getShortPanes()));
    pricing.shadowActions = state.getShadowActions();
    pricing.shadowBaseCost = state.getShadowBaseCost();
    pricing.actions = state.getActions();
    pricing.baseCost = state.getBaseCost();
    pricing.meanBaseCost = state.getMeanBaseCost();
    pricing.credit = state.getCredit();
    pricing.transfer = state.getTransfer();
    return pricing;
  }

  /** Long enough for {@link #WINDOW_REVIEWS}, at most the policy's window. */
  private static long windowActions(Tier tier, Budget budget) {
    double enough = WINDOW_REVIEWS * tier.cost() / budget.tax();
    return (long) Math.min((double) budget.windowActions(), enough);
  }

  /**
   * Makes what was learnt in shadow count from here on: λ stands where the partition's recent
   * actions, scored by this policy, put it. What was spent then was never paid, so credit is taken
   * over from the policy before: a new policy neither forgives a debt nor brings money.
   */
  void adopt(Pricing before) {
    shadowActions = actions;
    shadowBaseCost = baseCost;
    actions = 0;
    baseCost = 0;
    credit = Math.min(before.credit, feedback.ceiling() * tier.cost());
    transfer = 0;
  }

  /** Takes one action in, with its budget, and returns where it is to be cut. */
  Cut cut(Ask ask, @Nullable Price fleet) {
    int index = Scale.of(ask.risk());
    recent.add(index);
    cut.added(index);
    own.added(index);
    atFleet.added(index);
    actions++;
    baseCost += ask.baseCost();
    meanBaseCost += (ask.baseCost() - meanBaseCost) / Math.min((double) seen(), MEAN_HORIZON);
    double share = Math.min(1, budget.tax() * meanBaseCost / tier.cost());
    accrue(ask.baseCost(), share, fleet);
    double reviews = recent.total() * share;
    ownPrice = null;
    int usual = Scale.MAX;
    if (reviews >= 1) {
      usual = own.cut(reviews, Prior.NONE).index();
      ownPrice = Decisions.price(usual, tier);
    }
    double held = credit / tier.cost();
    double accrued = budget.tax() * seenCost() / tier.cost();
    Cut cut = share > 0 ? corrected(held, accrued, share, reviews, fleet) : NO_REVIEW;
    int exceptional = usual + feedback.exceptional(held, accrued);
    return share > 0 && exceptional < cut.index() ? new Cut(exceptional, 1) : cut;
  }

  /** The cut that the credit allows. */
  private Cut corrected(
      double held, double accrued, double share, double reviews, @Nullable Price fleet) {
    if (!feedback.pays(held, accrued)) {
      return NO_REVIEW;
    }
    Prior prior = prior(share, reviews, fleet);
    return cut.cut(feedback.factor(held, accrued) * (reviews + prior.reviews()), prior);
  }

  void spend(double cost) {
    credit = Math.max(credit - cost, -recent.total() * budget.tax() * meanBaseCost - tier.cost());
  }

  double credit() {
    return credit;
  }

  double transfer() {
    return transfer;
  }

  @Nullable Double ownPrice() {
    return ownPrice;
  }

  void write(ControllerState state) {
    state.setCredit(credit);
    state.setTransfer(transfer);
    state.setMeanBaseCost(meanBaseCost);
    state.setShadowActions(shadowActions);
    state.setShadowBaseCost(shadowBaseCost);
    state.setPanes(recent.panes());
    state.setShortPanes(recent.shortPanes());
  }

  private void accrue(double cost, double share, @Nullable Price fleet) {
    double accrued = budget.tax() * cost;
    double moved = fleet == null ? 0 : moved(accrued, share, fleet);
    transfer += moved;
    credit = Math.min(credit + accrued + moved, feedback.ceiling() * tier.cost());
  }

  /**
   * Budget to take from other partitions with one action: in proportion to how many of this
   * partition's recent actions lie above the fleet's cut, as far as both have seen enough to tell,
   * and never so that it takes an off-budget fleet further off.
   */
  private double moved(double accrued, double share, Price fleet) {
    double expected = recent.total() * share;
    if (!(expected > 0) || fleet.getPartitions() < 2) {
      return 0;
    }
    double reached = atFleet.reached(Decisions.index(fleet.getPrice(), tier), fleet.getCutShare());
    double rate = Math.max(MIN_RATE, Math.min(MAX_RATE, reached / expected));
    if ((rate > 1) == (fleet.getTaxRatio() > 1)) {
      return 0;
    }
    double trust = trust(expected) * trust(fleet.getWindowActions() * share);
    double leash = LEASH_REVIEWS * tier.cost() + LEASH_SHARE * budget.tax() * seenCost();
    double wanted = transfer + accrued * (rate - 1) * trust;
    return Math.max(-leash, Math.min(leash, wanted)) - transfer;
  }

  private long seen() {
    return shadowActions + actions;
  }

  private double seenCost() {
    return shadowBaseCost + baseCost;
  }

  private static double trust(double reviews) {
    return reviews / (reviews + TRUST_REVIEWS);
  }

  private Prior prior(double share, double reviews, @Nullable Price fleet) {
    double left = 1 - reviews / (fleet == null ? START_FADE_REVIEWS : FLEET_FADE_REVIEWS);
    if (left <= 0 || seen() > recent.total()) {
      return Prior.NONE;
    }
    double weight = START_REVIEWS;
    double price = budget.startingPrice();
    if (fleet != null) {
      double seen = (fleet.getWindowActions() * share - 1) / FLEET_SEEN_REVIEWS;
      weight = FLEET_REVIEWS * Math.max(0, Math.min(1, seen));
      price = fleet.getPrice();
    }
    return weight > 0
        ? new Prior(left * weight, left * weight / share, Decisions.index(price, tier))
        : Prior.NONE;
  }
}
