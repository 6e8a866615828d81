/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.budget.AuditSimulation.Errors;
import dev.weir.budget.AuditSimulation.Run;
import dev.weir.budget.AuditSimulation.Stratum;
import dev.weir.budget.MissedRisk.Reviewers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Prints how often intervals of what was missed hold, and how wide they are beside the exact
 * interval of one who knows every error rate (Blaker's; in strata, that of Fay and Feuer); how they
 * hold where the tiers' false alarms are alike; and how often they miss at any of many looks.
 * {@code java … dev.weir.budget.AuditTable [runs [rate…]]}.
 */
public final class AuditTable {
  private static final Errors ERRORS = new Errors(0.9, 0.99);
  private static final double ERROR = 0.05;

  private AuditTable() {}

  /** Runs it. */
  public static void main(String[] args) {
    int runs = args.length == 0 ? 1000 : Integer.parseInt(args[0]);
    double[] rates =
        args.length < 2
            ? new double[] {1e-2, 1e-3, 1e-4}
            : Arrays.stream(args).skip(1).mapToDouble(Double::parseDouble).toArray();
    System.out.println(
        "rate    audits  figure   cover once  always   width once  always  best once/best");
    for (double rate : rates) {
      for (int audits : new int[] {3_000, 30_000, 300_000}) {
        print("even", even(rate, audits), rate, audits, runs);
      }
      print("strata", strata(rate), rate, 30_000, runs);
      print("alike", even(rate, 30_000).alike(3), rate, 30_000, runs);
      print("pooled", even(rate, 300_000).independent(), rate, 300_000, runs);
      AuditSimulation wrongly = even(rate, 30_000).alike(3).independent();
      print("wrong", wrongly, rate, 30_000, runs);
    }
    for (double rate : rates) {
      looks(rate, Math.max(1, runs / 10));
    }
  }

  /** How often an interval misses at any of 50 looks at up to 30,000 audits and 1,000 probes. */
  private static void looks(double rate, int runs) {
    SplittableRandom random = new SplittableRandom(9);
    int once = 0;
    int always = 0;
    for (int i = 0; i < runs; i++) {
      boolean onceMissed = false;
      boolean alwaysMissed = false;
      for (Run run : even(rate, 30_000).looks(random, 50)) {
        MissedRisk risk = of(run, run.reviewers());
        onceMissed |= !risk.rate().once().contains(run.rate());
        alwaysMissed |= !risk.rate().always().contains(run.rate());
      }
      once += onceMissed ? 1 : 0;
      always += alwaysMissed ? 1 : 0;
    }
    System.out.printf(
        "looks  %.0e: of %d runs missed at any of 50 looks: once %d, always %d%n",
        rate, runs, once, always);
  }

  private static MissedRisk of(Run run, Reviewers reviewers) {
    return MissedRisk.of(run.counts(), AuditSimulation.NEGATIVE_SHARE, reviewers);
  }

  /** Width of the same interval for one who knows every error rate. */
  private static double known(Run run) {
    ReviewerError errors = ReviewerError.declared(ERRORS.sensitivity(), ERRORS.specificity());
    return of(run, new Reviewers(errors, errors, ERROR)).rate().once().width();
  }

  static AuditSimulation even(double rate, int audits) {
    double inclusion = 0.1;
    return new AuditSimulation(
        List.of(new Stratum((int) (audits / inclusion), inclusion, rate, 100)),
        ERRORS,
        ERRORS,
        1000);
  }

  /** Three bands of risk, harm and audits growing with it: 30,000 audits of a million. */
  static AuditSimulation strata(double rate) {
    return new AuditSimulation(
        List.of(
            new Stratum(900_000, 0.01, rate / 3, 10),
            new Stratum(90_000, 0.12, rate * 4, 100),
            new Stratum(10_000, 1, rate * 34, 900)),
        ERRORS,
        ERRORS,
        1000);
  }

  private static void print(
      String design, AuditSimulation simulation, double rate, int audits, int runs) {
    SplittableRandom random = new SplittableRandom(7);
    Tally of = new Tally();
    Tally mass = new Tally();
    Tally unaided = new Tally();
    double best = 0;
    for (int i = 0; i < runs; i++) {
      Run run = simulation.run(random);
      MissedRisk risk = of(run, run.reviewers());
      of.add(risk.rate(), run.rate());
      mass.add(risk.mass(), run.mass());
      unaided.add(risk.unaided(), run.rate());
      best += (design.equals("strata") ? known(run) : best(run)) / runs;
    }
    row(design, rate, audits, "rate", of, best);
    row(design, rate, audits, "mass", mass, 0);
    row(design, rate, audits, "unaided", unaided, 0);
  }

  /** Width of Blaker's interval of the share found, carried over by the true error rates. */
  static double best(Run run) {
    Interval share =
        Blaker.interval(
            (int) run.counts().found().count(), (int) run.counts().drawn().count(), ERROR);
    double positive = ERRORS.sensitivity() * ERRORS.sensitivity();
    double negative = Math.pow(1 - ERRORS.specificity(), 2);
    Function<Double, Double> rate = q -> Math.max(0, (q - negative) / (positive - negative));
    return rate.apply(share.high()) - rate.apply(share.low());
  }

  private static void row(
      String design, double rate, int audits, String figure, Tally tally, double best) {
    System.out.printf(
        "%-6s %.0e %7d  %-8s %5.1f %% (low %.1f, high %.1f) %5.1f %%  %9.2e %9.2e %9.2e  %5.2f  mean %.3e of %.3e%n",
        design,
        rate,
        audits,
        figure,
        tally.percent(tally.once),
        tally.percent(tally.belowLow),
        tally.percent(tally.aboveHigh),
        tally.percent(tally.always),
        tally.onceWidth / tally.runs,
        tally.alwaysWidth / tally.runs,
        best,
        best > 0 ? tally.onceWidth / tally.runs / best : 0,
        tally.value / tally.runs,
        tally.truth / tally.runs);
  }

  private static final class Tally {
    private int runs;
    private int once;
    private int belowLow;
    private int aboveHigh;
    private int always;
    private double onceWidth;
    private double alwaysWidth;
    private double value;
    private double truth;

    void add(Estimate estimate, double target) {
      runs++;
      once += estimate.once().contains(target) ? 1 : 0;
      belowLow += target < estimate.once().low() ? 1 : 0;
      aboveHigh += target > estimate.once().high() ? 1 : 0;
      always += estimate.always().contains(target) ? 1 : 0;
      onceWidth += estimate.once().width();
      alwaysWidth += estimate.always().width();
      value += estimate.value();
      truth += target;
    }

    double percent(int hits) {
      return 100.0 * hits / runs;
    }
  }
}
