/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.policy.CostShares;
import dev.weir.state.CostState;
import dev.weir.state.CostsState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of the costs that actions tell is believed, since cost brings budget: up to what an action
 * usually costs all of it; of what is beyond only as much as makes the teller's share of the
 * partition's base cost, each task's and each agent's, counted from when it first told more. So
 * nobody buys budget by telling dear actions, and a fleet whose actions are all dear is believed.
 *
 * <p>Usual is what a third of the actions that cost anything cost at most, followed by steps of 1 %
 * up and 2 % down; what carries out a proposal costs nothing once more and says nothing of it. The
 * agent that moved it last moves it again only after {@link #RUN} actions that nobody else moved it
 * in, so that one that sends nearly all of them does not say alone what is usual. It starts at 1,
 * what an action without a cost counts for.
 *
 * <p>Invariant: what is believed is at most what was told; of one task or agent it exceeds the
 * usual by at most its share of the base cost. A function of the sequence of calls; bounded by
 * {@link #MAX_TELLERS}. Costs in cost units. Not safe for use by several threads.
 */
final class BelievedCosts {
  /** Tasks and agents that are kept; of more the half that told longest ago goes. */
  static final int MAX_TELLERS = 1024;

  /** Actions of one agent in a row that move what is usual once. */
  static final int RUN = 64;

  private static final double UP = 1.01;
  private static final double DOWN = 1.02;
  private static final double LEAST_USUAL = 1e-6;
  private static final double MOST_USUAL = 1000;

  private final CostShares shares;
  private final Map<Long, CostState> tellers = new HashMap<>();
  private double usual = 1;
  private long mover;
  private int run;
  private double baseCost;

  BelievedCosts(CostShares shares) {
    this.shares = shares;
  }

  static BelievedCosts restored(CostShares shares, @Nullable CostsState state) {
    BelievedCosts costs = new BelievedCosts(shares);
    if (state != null) {
      costs.usual = state.getUsual();
      costs.mover = state.getMover();
      costs.run = state.getRun();
      costs.baseCost = state.getBaseCost();
      state
          .getTellers()
          .forEach(
              teller -> costs.tellers.put(teller.getKey(), CostState.newBuilder(teller).build()));
    }
    return costs;
  }

  CostsState state() {
    List<CostState> list = new ArrayList<>();
    tellers.values().stream()
        .sorted(Comparator.comparing(CostState::getKey))
        .forEach(teller -> list.add(CostState.newBuilder(teller).build()));
    return new CostsState(usual, mover, run, baseCost, list);
  }

  /**
   * What counts of a cost.
   *
   * @param told finite, at least 0
   */
  double believed(double told, Belonging of) {
    double more = told - usual;
    double counted = told;
    if (more > 0) {
      CostState agent = teller(of.agent(), shares.agent());
      CostState task = teller(of.task(), shares.task());
      double granted = Math.min(more, Math.min(left(agent), left(task)));
      counted = Math.min(told, usual + granted);
      spend(agent, granted);
      spend(task, granted);
      evict();
    }
    follow(told, of.agent());
    baseCost += counted;
    return counted;
  }

  /** The agent's or task's account, with what came since; null where there is no cap. */
  private @Nullable CostState teller(long key, double share) {
    if (key == 0 || share >= 1) {
      return null;
    }
    CostState teller = tellers.computeIfAbsent(key, any -> new CostState(key, 0.0, baseCost));
    teller.setLeft(teller.getLeft() + share * (baseCost - teller.getBaseCost()));
    teller.setBaseCost(baseCost);
    return teller;
  }

  private static double left(@Nullable CostState teller) {
    return teller == null ? Double.POSITIVE_INFINITY : teller.getLeft();
  }

  private static void spend(@Nullable CostState teller, double cost) {
    if (teller != null) {
      teller.setLeft(teller.getLeft() - cost);
    }
  }

  private void follow(double told, long agent) {
    if (told == 0 || told == usual) {
      return;
    }
    run = agent == mover ? run + 1 : RUN;
    if (run >= RUN) {
      double next = told > usual ? Math.min(told, usual * UP) : Math.max(told, usual / DOWN);
      usual = Math.max(LEAST_USUAL, Math.min(MOST_USUAL, next));
      mover = agent;
      run = 0;
    }
  }

  private void evict() {
    if (tellers.size() <= MAX_TELLERS) {
      return;
    }
    List<CostState> oldest = new ArrayList<>(tellers.values());
    oldest.sort(
        Comparator.comparingDouble(CostState::getBaseCost).thenComparing(CostState::getKey));
    oldest.subList(0, oldest.size() / 2).forEach(teller -> tellers.remove(teller.getKey()));
  }
}
