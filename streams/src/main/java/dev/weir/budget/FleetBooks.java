/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Concentration;
import dev.weir.event.Confirmed;
import dev.weir.event.Exposure;
import dev.weir.event.Price;
import dev.weir.event.RiskCount;
import dev.weir.event.TierLease;
import dev.weir.policy.Budget;
import dev.weir.state.FleetEntry;
import dev.weir.state.TierDemand;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all partitions under one policy have seen and spent: the sum of their latest exposures.
 *
 * <p>Invariant: counts are exact; costs and masses are sums up to rounding. Credit is budget less
 * spend, bounded by what a window may stray, above, and by a window's budget, below. Costs in cost
 * units, mass in LU. Not safe for use by several threads.
 */
final class FleetBooks {
  private final FleetProfile profile = new FleetProfile();
  private int partitions;
  private long actionCount;
  private double baseCost;
  private double reviewCost;
  private double mandatoryCost;
  private double apartCost;
  private double scorerCost;
  private long reviews;
  private long audits;
  private long auditsAnswered;
  private double mass;
  private double capturedMass;
  private double credit;
  private long creditSequence;
  private final Leasing leasing = new Leasing();
  private Instant asOf = Instant.EPOCH;

  /**
   * What a price is made for.
   *
   * @param sequence of it
   * @param terms of the policy
   */
  record Step(long sequence, Terms terms) {}

  boolean isEmpty() {
    return partitions == 0;
  }

  double credit() {
    return credit;
  }

  /** The credit of the entry that led to the latest price is the fleet's. */
  void remember(FleetEntry entry) {
    if (entry.getPriceSequence() >= creditSequence) {
      creditSequence = entry.getPriceSequence();
      credit = entry.getFleetCredit();
      leasing.remember(entry.getLeases());
    }
    leasing.remember(entry);
  }

  void add(Exposure exposure) {
    fold(exposure, 1);
    profile.fold(exposure.getPartition(), exposure.getProfile(), 1);
  }

  /**
   * Puts one exposure in another's place, and settles what was accrued and spent between them. The
   * other's profile stands if this one brings none.
   *
   * @param moved credit that the partition brings, in cost units
   * @return the price that follows
   */
  Price replace(@Nullable Exposure last, Exposure exposure, double moved, Step step) {
    Budget budget = step.terms.budget();
    double accrued = budget.forReviews(exposure.getBaseCost(), (double) exposure.getActions());
    double spent = charged(exposure);
    if (last != null) {
      accrued -= budget.forReviews(last.getBaseCost(), (double) last.getActions());
      spent -= charged(last);
      fold(last, -1);
      if (exposure.getProfile() != null) {
        profile.fold(last.getPartition(), last.getProfile(), -1);
      }
    }
    add(exposure);
    double reach = budget.tax() * profile.windowBaseCost();
    Cursor cursor = new Cursor(profile.window().risks(), step.terms.ladder());
    Cut cut = cursor.cut(reach, Prior.NONE);
    settle(credit + moved + accrued - spent, cursor.meanCost(), step.terms);
    List<RiskCount> top = top(cursor.cut(reach * Feedback.MAX_FACTOR, Prior.NONE));
    return price(exposure.getPolicyDigest(), step, cut, top);
  }

  /** What its reviews cost the budget: some are paid apart. */
  private static double charged(Exposure exposure) {
    return exposure.getReviewCost() - exposure.getApartCost();
  }

  /** Keeps credit within its bounds. */
  private void settle(double due, double meanCost, Terms terms) {
    double each =
        actionCount > 0
            ? Math.max(0, terms.budget().forReviews(baseCost / actionCount, 1))
            : terms.budget().tax();
    double window = (double) terms.budget().windowActions();
    double longest = Math.min(window, (double) actionCount);
    double reviews = each / meanCost;
    double ceiling = Feedback.of(longest * reviews, window * reviews, 1).ceiling() * meanCost;
    double floor = -longest * each - terms.ladder().cost(terms.ladder().height());
    credit = Math.max(floor, Math.min(ceiling, due));
  }

  /** Shares limited tiers out anew where it is time; tells what the partition asks of them. */
  List<TierDemand> lease(
      @Nullable Exposure last, Exposure exposure, Terms terms, int allPartitions) {
    List<TierDemand> demand = leasing.note(last, exposure, terms);
    leasing.settle(terms, allPartitions, latest(exposure));
    return demand;
  }

  private Instant latest(Exposure exposure) {
    return exposure.getAsOf().isAfter(asOf) ? exposure.getAsOf() : asOf;
  }

  List<TierLease> leases() {
    return leasing.leases();
  }

  /** Takes a partition out and returns its part of the credit. */
  double leave(Exposure last) {
    leasing.leave(last.getPartition());
    double part = credit / Math.max(1, partitions);
    fold(last, -1);
    profile.fold(last.getPartition(), last.getProfile(), -1);
    credit -= part;
    return part;
  }

  private Price price(ByteBuffer digest, Step step, Cut cut, List<RiskCount> top) {
    double allowed = step.terms.budget().forReviews(baseCost, (double) actionCount);
    double charged = reviewCost - apartCost;
    return new Price(
        digest,
        step.sequence,
        step.terms.ladder().price(cut.index()),
        cut.share(),
        profile.window().count(),
        profile.windowBaseCost(),
        top,
        credit,
        partitions,
        allowed > 0 ? charged / allowed : charged > 0 ? Double.MAX_VALUE : 1,
        asOf,
        leases());
  }

  Concentration concentration(ByteBuffer digest, Step step, @Nullable Confirmed confirmed) {
    Budget budget = step.terms.budget();
    Concentration concentration = new Concentration();
    concentration.setPolicyDigest(digest);
    concentration.setSequence(step.sequence);
    profile.write(concentration);
    concentration.setCapturedShare(mass > 0 ? capturedMass / mass : 0);
    concentration.setReviews(reviews);
    concentration.setAudits(audits);
    concentration.setAuditsAnswered(auditsAnswered);
    concentration.setBaseCost(baseCost);
    concentration.setReviewCost(reviewCost);
    concentration.setMandatoryCost(mandatoryCost);
    concentration.setApartCost(apartCost);
    concentration.setScorerCost(scorerCost);
    concentration.setBudgetTax(budget.tax());
    concentration.setConfirmed(confirmed);
    concentration.setViability(
        Viabilities.of(confirmed, auditsAnswered, budget.accounting().viableCapture()));
    concentration.setPartitions(partitions);
    concentration.setAsOf(asOf);
    return concentration;
  }

  /** Buckets from the highest down to that of a cut. */
  private List<RiskCount> top(Cut last) {
    List<RiskCount> top = new ArrayList<>();
    for (int index = last.index(); index <= Scale.MAX; index++) {
      if (profile.window().countAt(index) > 0) {
        top.add(new RiskCount(index, profile.window().countAt(index)));
      }
    }
    return top;
  }

  private void fold(Exposure exposure, int sign) {
    partitions += sign;
    actionCount += sign * exposure.getActions();
    baseCost += sign * exposure.getBaseCost();
    reviewCost += sign * exposure.getReviewCost();
    mandatoryCost += sign * exposure.getMandatoryCost();
    apartCost += sign * exposure.getApartCost();
    scorerCost += sign * exposure.getScorerCost();
    reviews += sign * exposure.getReviews();
    audits += sign * exposure.getAudits();
    auditsAnswered += sign * exposure.getAuditsAnswered();
    mass += sign * exposure.getMass();
    capturedMass += sign * exposure.getCapturedMass();
    asOf = latest(exposure);
  }
}
