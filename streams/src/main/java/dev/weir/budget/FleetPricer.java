/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Concentration;
import dev.weir.event.Exposure;
import dev.weir.event.Price;
import dev.weir.policy.Budget;
import dev.weir.policy.Tier;
import dev.weir.state.ExposureMark;
import dev.weir.state.FleetEntry;
import dev.weir.state.RiskCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Merges the partitions' exposures into the fleet's price and concentration.
 *
 * <p>Invariant: pure functions of the stored entries and one exposure. The exposure with a
 * partition's highest sequence counts, so a repeat, a gap or a reordering is harmless; one exposure
 * changes one entry; there is one entry a partition, for its latest policy by broker time. Prices
 * of one fleet rise in sequence. Costs in cost units, mass in LU.
 */
public final class FleetPricer {
  private final Tier tier;
  private final Budget budget;

  /** A pricer under one policy's tier and budget. */
  public FleetPricer(Tier tier, Budget budget) {
    this.tier = tier;
    this.budget = budget;
  }

  /** The key under which an exposure's entry is stored. */
  public static String key(Exposure exposure) {
    return Integer.toString(exposure.getPartition());
  }

  /**
   * Folds one exposure.
   *
   * @param exposure the partition's report, under this pricer's policy
   * @param entries every stored entry, of whatever policy, the exposure's own partition included
   * @return the entry to store, the price and the concentration; empty if the exposure is old
   */
  public Optional<Quote> quote(Exposure exposure, Collection<FleetEntry> entries) {
    FleetEntry held = null;
    long sequence = 1;
    List<FleetEntry> fleet = new ArrayList<>();
    long others = 0;
    for (FleetEntry entry : entries) {
      sequence = Math.max(sequence, entry.getPriceSequence() + 1);
      if (entry.getLast().getPartition() == exposure.getPartition()) {
        held = entry;
      } else if (entry.getLast().getPolicyDigest().equals(exposure.getPolicyDigest())) {
        fleet.add(entry);
        others += entry.getLast().getActions();
      }
    }
    if (held != null && !newer(exposure, held.getLast())) {
      return Optional.empty();
    }
    FleetEntry entry = fold(exposure, held, others, sequence);
    fleet.add(entry);
    return Optional.of(new Quote(entry, price(fleet, entry), concentration(fleet, entry)));
  }

  private static boolean newer(Exposure exposure, Exposure last) {
    return exposure.getPolicyDigest().equals(last.getPolicyDigest())
        ? exposure.getSequence() > last.getSequence()
        : !exposure.getAsOf().isBefore(last.getAsOf());
  }

  private FleetEntry fold(
      Exposure exposure, @Nullable FleetEntry held, long others, long sequence) {
    if (held == null || !held.getLast().getPolicyDigest().equals(exposure.getPolicyDigest())) {
      ExposureMark start = new ExposureMark(0L, 0.0, List.of());
      return new FleetEntry(exposure, start, start, sequence);
    }
    double ownShare = exposure.getActions() / (double) Math.max(1, exposure.getActions() + others);
    double halfWindow = budget.windowActions() * ownShare / 2;
    ExposureMark base = held.getBase();
    ExposureMark next = held.getNext();
    if (exposure.getActions() - next.getActions() >= halfWindow) {
      base = next;
      next = mark(exposure);
    }
    return new FleetEntry(exposure, base, next, sequence);
  }

  private static ExposureMark mark(Exposure exposure) {
    List<RiskCount> counts =
        exposure.getHistogram().stream()
            .map(b -> new RiskCount(b.getIndex(), b.getCount()))
            .toList();
    return new ExposureMark(exposure.getActions(), exposure.getBaseCost(), counts);
  }

  private Price price(List<FleetEntry> fleet, FleetEntry latest) {
    RiskHistogram window = RiskHistogram.fine();
    double windowBase = 0;
    double base = 0;
    double spent = 0;
    for (FleetEntry entry : fleet) {
      Exposure last = entry.getLast();
      window.merge(last.getHistogram());
      window.subtractCounts(entry.getBase().getCounts());
      windowBase += last.getBaseCost() - entry.getBase().getBaseCost();
      base += last.getBaseCost();
      spent += last.getReviewCost();
    }
    Cut cut = window.cut(budget.tax() * windowBase / tier.cost());
    double allowed = budget.tax() * base;
    return new Price(
        latest.getLast().getPolicyDigest(),
        latest.getPriceSequence(),
        Decisions.price(cut.index(), tier),
        cut.share(),
        window.count(),
        fleet.size(),
        allowed > 0 ? spent / allowed : spent > 0 ? Double.MAX_VALUE : 1,
        asOf(fleet));
  }

  private Concentration concentration(List<FleetEntry> fleet, FleetEntry latest) {
    RiskHistogram actions = RiskHistogram.fine();
    RiskHistogram tasks = RiskHistogram.fine();
    double mass = 0;
    double captured = 0;
    long reviews = 0;
    double base = 0;
    double spent = 0;
    double mandatory = 0;
    for (FleetEntry entry : fleet) {
      Exposure last = entry.getLast();
      actions.merge(last.getHistogram());
      tasks.merge(last.getTaskHistogram());
      mass += last.getMass();
      captured += last.getCapturedMass();
      reviews += last.getReviews();
      base += last.getBaseCost();
      spent += last.getReviewCost();
      mandatory += last.getMandatoryCost();
    }
    return new Concentration(
        latest.getLast().getPolicyDigest(),
        latest.getPriceSequence(),
        Concentrations.of(actions),
        Concentrations.of(tasks),
        mass > 0 ? captured / mass : 0,
        reviews,
        base,
        spent,
        mandatory,
        budget.tax(),
        fleet.size(),
        asOf(fleet));
  }

  private static Instant asOf(List<FleetEntry> fleet) {
    Instant latest = Instant.EPOCH;
    for (FleetEntry entry : fleet) {
      Instant asOf = entry.getLast().getAsOf();
      latest = asOf.isAfter(latest) ? asOf : latest;
    }
    return latest;
  }
}
