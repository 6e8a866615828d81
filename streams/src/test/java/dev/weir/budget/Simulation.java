/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.Exposure;
import dev.weir.event.Price;
import dev.weir.policy.Budget;
import dev.weir.policy.Tier;
import dev.weir.state.FleetEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Replays a simulated log through controllers and pricer, seeded, and keeps what came of it. */
final class Simulation {
  /** In which order partitions are read. */
  enum Order {
    /** As the log was written. */
    LOG,
    /** One partition after the other. */
    ONE_BY_ONE,
    /** In batches of a random partition. */
    BATCHES
  }

  /** What becomes of the fleet's prices. */
  enum Fleet {
    /** Known to all at once. */
    FRESH,
    /** Known 2000 actions later. */
    LATE,
    /** Only the first one ever arrives. */
    FROZEN,
    /** None arrives. */
    ABSENT
  }

  /**
   * One run.
   *
   * @param skew share of the tasks in partition 0; 0 for an even spread
   */
  record Run(
      Scenario scenario,
      int actions,
      double tax,
      int partitions,
      double skew,
      Order order,
      Fleet fleet,
      double startingPrice,
      long seed) {}

  /**
   * What came of it, in reviews.
   *
   * @param error reviews above budget, all partitions together
   * @param worst largest deviation of one partition
   * @param over most reviews above budget in any of a partition's windows
   * @param capture mass reviewed over the most that as many reviews as the budget allows could
   */
  record Outcome(double error, double worst, double over, double capture) {}

  static final Tier TIER = new Tier("judge", 100, 0.9, 60_000);
  static final byte[] POLICY = new byte[32];

  private Simulation() {}

  static Budget budget(double tax, double startingPrice) {
    return new Budget(tax, 100_000, startingPrice, 600_000);
  }

  static Outcome run(Run run) {
    SplittableRandom random = new SplittableRandom(run.seed());
    double[] risks = new double[run.actions()];
    int[] partitionOf = new int[run.actions()];
    assign(run, risks, partitionOf, random);
    Budget budget = budget(run.tax(), run.startingPrice());
    Controller[] controllers = new Controller[run.partitions()];
    for (int p = 0; p < controllers.length; p++) {
      controllers[p] = Controller.fresh(p, TIER, budget, POLICY);
    }
    double[] seen = new double[run.partitions()];
    double[] spent = new double[run.partitions()];
    double[] lowest = new double[run.partitions()];
    double over = 0;
    double captured = 0;
    double rate = run.tax() / TIER.cost();
    FleetPricer pricer = new FleetPricer(TIER, budget);
    TreeMap<String, FleetEntry> entries = new TreeMap<>();
    List<Price> prices = new ArrayList<>();
    List<Integer> pricedAt = new ArrayList<>();
    int[] order = order(run, partitionOf, random);
    int known = -1;
    for (int i = 0; i < order.length; i++) {
      int action = order[i];
      int p = partitionOf[action];
      int delay = run.fleet() == Fleet.LATE ? 2000 : 0;
      while (known + 1 < prices.size() && pricedAt.get(known + 1) + delay <= i) {
        known++;
      }
      @Nullable Price price =
          known < 0 || run.fleet() == Fleet.ABSENT
              ? null
              : prices.get(run.fleet() == Fleet.FROZEN ? 0 : known);
      double mass = Math.pow(10, risks[action]);
      Decision decision =
          controllers[p].decide(
              new Ask(
                  risks[action],
                  mass,
                  1,
                  EscalationReason.NONE,
                  random.nextDouble(),
                  "k",
                  price,
                  i / 100));
      seen[p]++;
      if (decision.getReviewCost() > 0) {
        spent[p]++;
        captured += mass;
      }
      double balance = spent[p] - seen[p] * rate;
      over = Math.max(over, balance - lowest[p]);
      lowest[p] = Math.min(lowest[p], balance);
      if (controllers[p].exposureDue()) {
        Exposure exposure = controllers[p].exposure(i / 100);
        pricer
            .quote(exposure, entries.values())
            .ifPresent(
                quote -> {
                  entries.put(FleetPricer.key(exposure), quote.entry());
                  prices.add(quote.price());
                });
        while (pricedAt.size() < prices.size()) {
          pricedAt.add(i);
        }
      }
    }
    double error = 0;
    double worst = 0;
    for (int p = 0; p < seen.length; p++) {
      double off = spent[p] - seen[p] * rate;
      error += off;
      worst = Math.max(worst, Math.abs(off));
    }
    return new Outcome(error, worst, over, captured / best(risks, run.actions() * rate));
  }

  private static void assign(Run run, double[] risks, int[] partitionOf, SplittableRandom random) {
    int[] open = new int[16];
    for (int i = 0; i < open.length; i++) {
      open[i] = partition(run, random);
    }
    for (int i = 0; i < risks.length; i++) {
      risks[i] = run.scenario().risk(i, risks.length, random);
      int task = random.nextInt(open.length);
      partitionOf[i] = open[task];
      if (random.nextInt(4) == 0) {
        open[task] = partition(run, random);
      }
    }
  }

  private static int partition(Run run, SplittableRandom random) {
    return random.nextDouble() < run.skew() ? 0 : random.nextInt(run.partitions());
  }

  private static int[] order(Run run, int[] partitionOf, SplittableRandom random) {
    List<List<Integer>> logs = new ArrayList<>();
    for (int p = 0; p < run.partitions(); p++) {
      logs.add(new ArrayList<>());
    }
    for (int i = 0; i < partitionOf.length; i++) {
      logs.get(partitionOf[i]).add(i);
    }
    int[] order = new int[partitionOf.length];
    int at = 0;
    switch (run.order()) {
      case LOG -> Arrays.setAll(order, i -> i);
      case ONE_BY_ONE -> {
        for (List<Integer> log : logs) {
          for (int action : log) {
            order[at++] = action;
          }
        }
      }
      case BATCHES -> {
        int[] next = new int[run.partitions()];
        while (at < order.length) {
          int p = random.nextInt(run.partitions());
          int end = Math.min(logs.get(p).size(), next[p] + random.nextInt(1000));
          while (next[p] < end) {
            order[at++] = logs.get(p).get(next[p]++);
          }
        }
      }
    }
    return order;
  }

  /** The most mass that so many reviews can capture; the last one in part. */
  private static double best(double[] risks, double reviews) {
    double[] sorted = risks.clone();
    Arrays.sort(sorted);
    double best = 0;
    for (int i = 0; i < reviews; i++) {
      best += Math.pow(10, sorted[sorted.length - 1 - i]) * Math.min(1, reviews - i);
    }
    return best;
  }
}
