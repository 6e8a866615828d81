/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Concentration;
import dev.weir.event.Exposure;
import dev.weir.event.Price;
import dev.weir.event.RiskCount;
import dev.weir.event.RiskProfile;
import dev.weir.event.TierLease;
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
  private final RiskHistogram window = RiskHistogram.fine();
  private final RiskHistogram actions = RiskHistogram.fine();
  private final RiskHistogram tasks = RiskHistogram.fine();
  private int partitions;
  private long actionCount;
  private double windowBaseCost;
  private double baseCost;
  private double reviewCost;
  private double mandatoryCost;
  private long reviews;
  private long audits;
  private long auditsAnswered;
  private double mass;
  private double capturedMass;
  private double credit;
  private long creditSequence;
  private final Leasing leasing = new Leasing();
  private Instant asOf = Instant.EPOCH;

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
    asOf = exposure.getAsOf().isAfter(asOf) ? exposure.getAsOf() : asOf;
  }

  /** Puts one exposure in another's place, and settles what was accrued and spent between them. */
  void replace(@Nullable Exposure last, Exposure exposure, double moved, Terms terms) {
    double accrued = exposure.getBaseCost();
    double spent = exposure.getReviewCost();
    if (last != null) {
      fold(last, -1);
      accrued -= last.getBaseCost();
      spent -= last.getReviewCost();
    }
    add(exposure);
    double tax = terms.budget().tax();
    double due = credit + moved + tax * accrued - spent;
    double meanBase = actionCount > 0 ? baseCost / actionCount : 1;
    double window = (double) terms.budget().windowActions();
    double longest = Math.min(window, (double) actionCount);
    double mean = meanCost(terms);
    double reviews = tax * meanBase / mean;
    double ceiling = Feedback.of(longest * reviews, window * reviews, 1).ceiling() * mean;
    double floor = -longest * tax * meanBase - terms.ladder().cost(terms.ladder().height());
    credit = Math.max(floor, Math.min(ceiling, due));
  }

  /** Shares limited tiers out anew where it is time; tells what the partition asks of them. */
  List<TierDemand> lease(
      @Nullable Exposure last, Exposure exposure, Terms terms, int allPartitions) {
    List<TierDemand> demand = leasing.note(last, exposure, terms);
    leasing.settle(terms, allPartitions, asOf);
    return demand;
  }

  List<TierLease> leases() {
    return leasing.leases();
  }

  /** Takes a partition out and returns its part of the credit. */
  double leave(Exposure last) {
    leasing.leave(last.getPartition());
    double part = credit / Math.max(1, partitions);
    fold(last, -1);
    credit -= part;
    return part;
  }

  Price price(ByteBuffer digest, long sequence, Terms terms) {
    double reach = terms.budget().tax() * windowBaseCost;
    Cut cut = cursor(terms).cut(reach, Prior.NONE);
    double allowed = terms.budget().tax() * baseCost;
    return new Price(
        digest,
        sequence,
        terms.ladder().price(cut.index()),
        cut.share(),
        window.count(),
        windowBaseCost,
        top(reach * Feedback.MAX_FACTOR, terms.ladder()),
        credit,
        partitions,
        allowed > 0 ? reviewCost / allowed : reviewCost > 0 ? Double.MAX_VALUE : 1,
        asOf,
        leases());
  }

  Concentration concentration(ByteBuffer digest, long sequence, Terms terms) {
    return new Concentration(
        digest,
        sequence,
        Concentrations.of(actions),
        Concentrations.of(tasks),
        mass > 0 ? capturedMass / mass : 0,
        reviews,
        audits,
        auditsAnswered,
        baseCost,
        reviewCost,
        mandatoryCost,
        terms.budget().tax(),
        partitions,
        asOf);
  }

  private double meanCost(Terms terms) {
    Cursor cursor = cursor(terms);
    cursor.cut(terms.budget().tax() * windowBaseCost, Prior.NONE);
    return cursor.meanCost();
  }

  private Cursor cursor(Terms terms) {
    return new Cursor(window.risks(), terms.ladder());
  }

  /** Buckets from the highest down to where reviews would cost {@code reach}. */
  private List<RiskCount> top(double reach, Ladder ladder) {
    Cut last = new Cursor(window.risks(), ladder).cut(reach, Prior.NONE);
    List<RiskCount> top = new ArrayList<>();
    for (int index = last.index(); index <= Scale.MAX; index++) {
      if (window.countAt(index) > 0) {
        top.add(new RiskCount(index, window.countAt(index)));
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
    reviews += sign * exposure.getReviews();
    audits += sign * exposure.getAudits();
    auditsAnswered += sign * exposure.getAuditsAnswered();
    mass += sign * exposure.getMass();
    capturedMass += sign * exposure.getCapturedMass();
    RiskProfile profile = exposure.getProfile();
    if (profile != null) {
      windowBaseCost += sign * profile.getWindowBaseCost();
      window.addCounts(profile.getWindow(), sign);
      actions.merge(profile.getHistogram(), sign);
      tasks.merge(profile.getTaskHistogram(), sign);
    }
  }
}
