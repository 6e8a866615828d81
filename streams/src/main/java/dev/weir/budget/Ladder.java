/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.policy.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The tiers that are worth asking at some price, cheapest first: the upper concave envelope of
 * assurance over cost, from no review at all. At a price λ the tier with the highest mass ·
 * assurance − λ · cost is the last rung whose added assurance per added cost, times mass, exceeds
 * λ. A tier below the envelope is dominated: at every price another one, or a mix of two, assures
 * more for the same cost (Sinha and Zoltners, "The multiple-choice knapsack problem", Operations
 * Research 1979).
 *
 * <p>Invariant: costs rise from rung to rung, and what is added per cost falls. Rung 0 is no
 * review.
 */
public final class Ladder {
  private final List<Tier> tiers;
  private final List<Tier> rungs;
  private final List<Tier> dominated;
  private final double[] addedCosts;
  private final int[] offsets;
  private final boolean limited;

  private Ladder(List<Tier> tiers, List<Tier> rungs, List<Tier> dominated) {
    this.tiers = List.copyOf(tiers);
    this.rungs = List.copyOf(rungs);
    this.dominated = List.copyOf(dominated);
    this.limited = tiers.stream().anyMatch(Tier::limited);
    this.addedCosts = new double[rungs.size()];
    this.offsets = new int[rungs.size()];
    for (int rung = 0; rung < rungs.size(); rung++) {
      addedCosts[rung] = rungs.get(rung).cost() - (rung == 0 ? 0 : rungs.get(rung - 1).cost());
      double decades = Math.log10(slope(rungs, 0) / slope(rungs, rung));
      offsets[rung] = (int) Math.min(Scale.BUCKETS, Math.round(decades / Scale.WIDTH));
    }
  }

  /**
   * The ladder of these tiers.
   *
   * @param tiers in any order
   */
  public static Ladder of(List<Tier> tiers) {
    List<Tier> byCost = new ArrayList<>(tiers);
    byCost.sort(
        Comparator.comparingDouble(Tier::cost)
            .thenComparing(Comparator.comparingDouble(Tier::assurance).reversed()));
    List<Tier> rungs = new ArrayList<>();
    List<Tier> dominated = new ArrayList<>();
    for (Tier tier : byCost) {
      if (!rungs.isEmpty() && tier.assurance() <= rungs.get(rungs.size() - 1).assurance()) {
        dominated.add(tier);
        continue;
      }
      rungs.add(tier);
      while (rungs.size() > 1 && slope(rungs, rungs.size() - 1) >= slope(rungs, rungs.size() - 2)) {
        dominated.add(rungs.remove(rungs.size() - 2));
      }
    }
    return new Ladder(tiers, rungs, dominated);
  }

  /** All tiers, in the order in which they were given. */
  public List<Tier> tiers() {
    return tiers;
  }

  /** Whether any tier can be full. */
  boolean limited() {
    return limited;
  }

  /** The ladder of the other tiers: who is left where these have no room. */
  Ladder without(Collection<String> full) {
    return full.isEmpty()
        ? this
        : of(tiers.stream().filter(tier -> !full.contains(tier.id())).toList());
  }

  /** The tiers worth asking, cheapest first; none only if there are no tiers. */
  public List<Tier> rungs() {
    return rungs;
  }

  /** The tiers that no price ever asks, save by their name. */
  public List<Tier> dominated() {
    return dominated;
  }

  /**
   * Assurance that a rung from 1 adds for a cost unit more. The rung begins where mass times that
   * exceeds λ: an action of 1 LU is sent there or higher while λ is lower, in LU per cost unit.
   */
  public double worth(int rung) {
    return slope(rungs, rung - 1);
  }

  /** How many rungs there are above no review. */
  public int height() {
    return rungs.size();
  }

  /** The tier of a rung from 1. */
  public Tier tier(int rung) {
    return rungs.get(rung - 1);
  }

  /** The tier of that id, which must be one of them. */
  Tier tier(String id) {
    for (Tier tier : tiers) {
      if (tier.id().equals(id)) {
        return tier;
      }
    }
    throw new IllegalArgumentException("no tier: " + id);
  }

  /** Cost of a rung in cost units; 0 for rung 0. */
  double cost(int rung) {
    return rung == 0 ? 0 : rungs.get(rung - 1).cost();
  }

  /** What a rung from 1 costs more than the one below it, in cost units. */
  public double addedCost(int rung) {
    return addedCosts[rung - 1];
  }

  /** The share of the loss that a rung from 1 prevents more than the one below it. */
  public double addedAssurance(int rung) {
    double below = rung == 1 ? 0 : rungs.get(rung - 2).assurance();
    return rungs.get(rung - 1).assurance() - below;
  }

  /** How many buckets above the first rung's cut that of a rung from 1 lies. */
  int offset(int rung) {
    return offsets[rung - 1];
  }

  /** λ, in LU per cost unit, if the first rung is cut in that bucket. */
  double price(int index) {
    return Math.pow(10, Scale.middle(index)) * slope(rungs, 0);
  }

  /** The bucket in which a price cuts the first rung; any if there is none. */
  int index(double price) {
    return rungs.isEmpty() ? Scale.MAX : Scale.of(Math.log10(price / slope(rungs, 0)));
  }

  /** Added assurance per added cost. */
  private static double slope(List<Tier> rungs, int at) {
    Tier tier = rungs.get(at);
    return at == 0
        ? tier.assurance() / tier.cost()
        : (tier.assurance() - rungs.get(at - 1).assurance())
            / (tier.cost() - rungs.get(at - 1).cost());
  }
}
