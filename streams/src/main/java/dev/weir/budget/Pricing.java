/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Price;
import dev.weir.policy.Budget;
import dev.weir.state.ControllerState;
import org.jspecify.annotations.Nullable;

/**
 * The moving part of a partition's controller: accrues budget, spends it, and cuts recent risk
 * where credit says.
 *
 * <p>Each action accrues tax · its own cost. The cut lies where reviews of the recent actions above
 * it cost what the budget pays for, times a {@link Feedback} on credit. With a fresh price those
 * are the fleet's recent actions, and where it comes quickly credit is the fleet's too, with what
 * this partition has accrued and spent since: then all partitions cut at one λ. Without one they
 * are the partition's own; the action counts itself among them, so a record among n is included
 * with probability n · budget: spend is on budget in expectation from the first action, whatever
 * the scores' scale. Until it has seen a budget's worth, the starting price stands in as a {@link
 * Prior}, fading.
 *
 * <p>Invariant: own credit is bounded on both sides, so that no price, however wrong, moves more
 * than its bounds once prices stop. Costs in cost units. Not safe for use by several threads.
 */
final class Pricing {
  private static final double MEAN_HORIZON = 1024;
  private static final double START_REVIEWS = 0.5;
  private static final double START_FADE_REVIEWS = 0.5;

  /**
   * Reviews of its own that a partition looks back on, if that is longer than its part of a window.
   */
  private static final double OWN_REVIEWS = 8;

  /** Share of the policy's window that the fleet looks back on. */
  private static final double FLEET_SHARE = 0.5;

  /** Reviews that the fleet's window must pay for before its price counts. */
  private static final double FLEET_REVIEWS = 2;

  /** Part of the tolerance by which a price may lag and still steer spend. */
  private static final double LAG_SHARE = 0.25;

  /** Actions of this partition after which a price that nothing follows steers no more. */
  private static final long PRICE_ACTIONS = 2048;

  /** What this partition has spent since stands for so many, as long as the others' is unknown. */
  private static final int ALIKE = 3;

  private static final Cut NO_REVIEW = new Cut(Scale.MAX, 0);

  private final Ladder ladder;
  private final Budget budget;
  private final int partitions;
  private final RecentRisk recent;
  private final Caps caps;
  private final FleetWindow fleetWindow = new FleetWindow();
  private final Cursor own;
  private final Cursor ownCut;
  private final Cursor fleet;
  private final Cursor fleetCut;
  private long actions;
  private double baseCost;
  private long shadowActions;
  private double shadowBaseCost;
  private double meanBaseCost;
  private double credit;
  private Untold untold = new Untold();
  private boolean changed;
  private long priceSequence;
  private long priceSeenActions;
  private double priceLag;
  private double meanGapMs = Double.NaN;
  private long lastMs;
  private double surcharge;
  private double usedCredit;
  private boolean usedFleetCredit;
  private double meanCost;
  private @Nullable Double ownPrice;

  private Pricing(Terms terms, int partitions, RecentRisk recent, Caps caps) {
    this.ladder = terms.ladder();
    this.budget = terms.budget();
    this.partitions = partitions;
    this.recent = recent;
    this.caps = caps;
    this.own = new Cursor(recent, ladder);
    this.ownCut = new Cursor(recent, ladder);
    this.fleet = new Cursor(fleetWindow, ladder);
    this.fleetCut = new Cursor(fleetWindow, ladder);
    this.meanCost = ladder.cost(1);
  }

  static Pricing fresh(Terms terms, int partitions) {
    return new Pricing(
        terms,
        partitions,
        new RecentRisk(windowActions(terms, partitions)),
        new Caps(terms.budget().shares(), partitions));
  }

  static Pricing restored(ControllerState state, Terms terms) {
    Pricing pricing =
        new Pricing(
            terms,
            state.getPartitions(),
            RecentRisk.restored(
                windowActions(terms, state.getPartitions()),
                state.getPanes(),
                state.getShortPanes()),
            Caps.restored(state.getCaps(), terms.budget().shares(), state.getPartitions()));
    pricing.shadowActions = state.getShadowActions();
    pricing.shadowBaseCost = state.getShadowBaseCost();
    pricing.actions = state.getActions();
    pricing.baseCost = state.getBaseCost();
    pricing.meanBaseCost = state.getMeanBaseCost();
    pricing.credit = state.getCredit();
    pricing.untold = Untold.restored(state.getUnderWay(), state.getUnexposed());
    pricing.changed = state.getChanged();
    pricing.priceSequence = state.getPriceSequence();
    pricing.priceSeenActions = state.getPriceSeenActions();
    pricing.priceLag = state.getPriceLag();
    pricing.meanGapMs = state.getMeanGapMs();
    pricing.lastMs = state.getLastMs();
    return pricing;
  }

  private static long windowActions(Terms terms, int partitions) {
    Budget budget = terms.budget();
    double part = FLEET_SHARE * budget.windowActions() / partitions;
    double enough = OWN_REVIEWS * terms.ladder().cost(1) / budget.tax();
    return (long) Math.min((double) budget.windowActions(), Math.max(part, enough));
  }

  /**
   * Makes what was learnt in shadow count from here on: λ stands where the partition's recent
   * actions, scored by this policy, put it. What was spent then was never paid, so credit is taken
   * over from the policy before: a new policy neither forgives a debt nor brings money.
   */
  void adopt(Pricing before) {
    shadowActions = seen();
    shadowBaseCost = seenCost();
    actions = 0;
    baseCost = 0;
    untold.clear();
    credit = Math.min(before.credit, ownFeedback().ceiling() * meanCost);
    priceSequence = 0;
  }

  /** Takes one action in, with its budget, and returns where it is to be cut. */
  Cut cut(Ask ask, @Nullable Price price) {
    actions++;
    baseCost += ask.baseCost();
    meanBaseCost += (ask.baseCost() - meanBaseCost) / Math.min((double) seen(), MEAN_HORIZON);
    surcharge = caps.surcharge(ask.belonging(), budget.tax() * ask.baseCost(), standing());
    double before = budget.tax() * meanBaseCost * recent.total();
    Cut others = own.cut(Math.max(before, ladder.cost(1)), Prior.NONE);
    meanCost = own.meanCost();
    boolean priced = before >= ladder.cost(1) && others.index() > Scale.MIN;
    ownPrice = priced ? (Double) ladder.price(others.index()) : null;
    take(Scale.of(ask.risk() - surcharge));
    tick(ask.nowMs());
    double accrued = budget.tax() * ask.baseCost();
    credit = Math.min(credit + accrued, ownFeedback().ceiling() * meanCost);
    untold.add(accrued);
    Price counting = counting(price);
    Cut cut = counting == null ? ownCut(others) : fleetCut(counting);
    return budget.tax() > 0 ? cut : NO_REVIEW;
  }

  private void take(int index) {
    recent.add(index);
    own.added(index);
    ownCut.added(index);
    changed |= recent.cutShort();
  }

  /** Where the others pay for less than a review, their worst stands for what is usual. */
  private Cut ownCut(Cut others) {
    usedFleetCredit = false;
    usedCredit = credit;
    double reach = budget.tax() * meanBaseCost * recent.total();
    double reviews = reach / ladder.cost(1);
    Prior prior = prior(reviews);
    double factor = ownFeedback().factor(credit / meanCost);
    Cut cut = ownCut.cut(factor * (reach + prior.cost(ladder)), prior);
    boolean strange = prior.reviews() > 0;
    int usual = strange ? Math.max(others.index(), prior.index()) : others.index();
    return exceptional(usual, factor * Math.min(1, reviews), cut);
  }

  private Cut fleetCut(Price price) {
    fleetWindow.take(price);
    double reach = budget.tax() * price.getWindowBaseCost();
    Cut usual = fleet.cut(reach, Prior.NONE);
    double mean = fleet.meanCost();
    Feedback feedback = feedback(mean, 1);
    see(price, feedback, mean);
    usedFleetCredit = steers(feedback, mean);
    usedCredit =
        usedFleetCredit ? price.getCredit() + Math.min(partitions, ALIKE) * untold.net() : credit;
    Feedback by = usedFleetCredit ? feedback : feedback(mean, partitions);
    double factor = by.factor(usedCredit / mean);
    return exceptional(usual.index(), factor, fleetCut.cut(factor * reach, Prior.NONE));
  }

  /**
   * The lower of a cut and that of a Pareto tail of index 1 through the usual one: what is far
   * worse than all that was seen lies where counts say nothing, and must not wait for better times.
   */
  private static Cut exceptional(int usual, double factor, Cut cut) {
    int index = usual + (int) Math.ceil(-Math.log10(factor) / Scale.WIDTH);
    return factor < 1 && index < cut.index() ? new Cut(index, 1) : cut;
  }

  /** Notes when a price is first seen; one that comes quickly tells credit. */
  private void see(Price price, Feedback feedback, double mean) {
    if (price.getSequence() == priceSequence) {
      return;
    }
    priceSequence = price.getSequence();
    priceSeenActions = seen();
    double lateMs = Math.max(0, lastMs - price.getAsOf().toEpochMilli());
    priceLag = lateMs == 0 ? 0 : meanGapMs > 0 ? lateMs / meanGapMs : Double.MAX_VALUE;
    untold.priced(price.getAsOf().toEpochMilli());
    if (steers(feedback, mean)) {
      credit = price.getCredit() / partitions + untold.net();
    }
  }

  /** Whether the latest price came so quickly, and so lately, that its credit is still true. */
  private boolean steers(Feedback feedback, double mean) {
    double lag = priceLag * partitions * budget.tax() * meanBaseCost / mean;
    return lag <= LAG_SHARE * feedback.tolerance() && seen() - priceSeenActions <= PRICE_ACTIONS;
  }

  private @Nullable Price counting(@Nullable Price price) {
    return price != null
            && budget.tax() * price.getWindowBaseCost() >= FLEET_REVIEWS * ladder.cost(1)
        ? price
        : null;
  }

  private Feedback ownFeedback() {
    return feedback(meanCost, partitions);
  }

  /** For what the fleet, as it seems from here, has seen of its window. */
  private Feedback feedback(double mean, int spenders) {
    double window = (double) budget.windowActions();
    double seen = Math.min(window, (double) seen() * partitions);
    double reviews = budget.tax() * meanBaseCost / mean;
    return Feedback.of(seen * reviews, window * reviews, spenders);
  }

  private void tick(long nowMs) {
    if (seen() > 1) {
      double gap = Math.max(0, nowMs - lastMs);
      meanGapMs =
          Double.isNaN(meanGapMs)
              ? gap
              : meanGapMs + (gap - meanGapMs) / Math.min((double) seen(), MEAN_HORIZON);
    }
    lastMs = Math.max(lastMs, nowMs);
  }

  /**
   * Charges a review.
   *
   * @param unshared whether it lies outside the price, so that no share is charged for it
   */
  void spend(Ask ask, double cost, boolean unshared) {
    if (cost > 0) {
      if (!unshared) {
        caps.spend(ask.belonging(), cost, standing());
      }
      charge(cost);
    }
  }

  /** Takes the cost of a review, in cost units, off the credit. */
  void charge(double cost) {
    double window = Math.min((double) budget.windowActions() / partitions, (double) seen());
    double floor = -window * budget.tax() * meanBaseCost - ladder.cost(ladder.height());
    credit = Math.max(credit - cost, Math.min(credit, floor));
    untold.add(-cost);
  }

  private Caps.Window standing() {
    return new Caps.Window(
        budget.tax() * seenCost(),
        budget.tax() * meanBaseCost * budget.windowActions() / partitions,
        meanCost);
  }

  double surcharge() {
    return surcharge;
  }

  /** Whether so much was spent since the last exposure that the fleet should know. */
  boolean telling() {
    double least = feedback(meanCost, 1).tolerance() * meanCost / (4 * partitions);
    return Math.abs(untold.unexposed()) >= least;
  }

  /** Whether the window was cut short since the last profile. */
  boolean changed() {
    return changed;
  }

  void exposed(long asOfMs, boolean profiled) {
    untold.exposed(asOfMs);
    changed &= !profiled;
  }

  RecentRisk recent() {
    return recent;
  }

  double windowBaseCost() {
    return meanBaseCost * recent.total();
  }

  double credit() {
    return credit;
  }

  long lastMs() {
    return lastMs;
  }

  double usedCredit() {
    return usedCredit;
  }

  boolean usedFleetCredit() {
    return usedFleetCredit;
  }

  @Nullable Double ownPrice() {
    return ownPrice;
  }

  void write(ControllerState state) {
    state.setCredit(credit);
    state.setCaps(caps.state());
    state.setUnexposed(untold.unexposed());
    state.setUnderWay(untold.underWay());
    state.setChanged(changed);
    state.setPriceSequence(priceSequence);
    state.setPriceSeenActions(priceSeenActions);
    state.setPriceLag(priceLag);
    state.setMeanGapMs(meanGapMs);
    state.setLastMs(lastMs);
    state.setMeanBaseCost(meanBaseCost);
    state.setShadowActions(shadowActions);
    state.setShadowBaseCost(shadowBaseCost);
    state.setPanes(recent.panes());
    state.setShortPanes(recent.shortPanes());
  }

  private long seen() {
    return shadowActions + actions;
  }

  private double seenCost() {
    return shadowBaseCost + baseCost;
  }

  private Prior prior(double reviews) {
    double left = 1 - reviews / START_FADE_REVIEWS;
    if (left <= 0 || seen() > recent.total()) {
      return Prior.NONE;
    }
    double weight = left * START_REVIEWS;
    double each = budget.tax() * meanBaseCost / ladder.cost(1);
    return each > 0
        ? new Prior(weight, weight / each, ladder.index(budget.startingPrice()))
        : Prior.NONE;
  }
}
