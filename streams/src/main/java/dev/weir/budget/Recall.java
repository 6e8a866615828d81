/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.budget.MissedRisk.Reviewers;
import dev.weir.budget.WeightedRate.Inclusions;
import java.util.function.Function;

/**
 * Recall at the budget: of the harm that reviewed and audited actions show there is, the part that
 * review caught. Confirmed harm among the reviewed, over that plus what was missed.
 *
 * <p>A verdict on an escalated action may be a false alarm, too: their number is taken out of what
 * was confirmed, and its bound into the interval. Until audits say enough the answer is that it is
 * unknown.
 */
public sealed interface Recall {
  /** Widest interval, at one look, that still counts as an answer. */
  double WIDEST = 0.5;

  /**
   * Enough evidence.
   *
   * @param actions recall counted in harmful actions, in [0, 1]
   * @param mass recall counted in LU, each action's harm cut at the cap, in [0, 1]
   */
  record Known(Estimate actions, Estimate mass) implements Recall {}

  /**
   * Not enough evidence yet.
   *
   * @param audits how many more are needed, about, at the traffic and rate of harm seen so far
   */
  record Unknown(long audits) implements Recall {}

  /** Of what counts say, where that share of the screen's negatives is confirmed. */
  static Recall of(AuditCounts counts, double negativeShare, Reviewers reviewers) {
    if (counts.passed() == 0 && counts.caught() > 0) {
      Estimate all = new Estimate(1, new Interval(1, 1), new Interval(1, 1));
      return new Known(all, all);
    }
    if (counts.screened().count() == 0 || counts.caught() == 0) {
      return new Unknown(more(counts, reviewers, 1));
    }
    // one quarter of the error for false alarms among the reviewed, the rest for what was missed
    MissedRisk missed =
        MissedRisk.of(
            counts,
            negativeShare,
            new Reviewers(
                reviewers.screen(),
                reviewers.dear(),
                reviewers.independent(),
                0.75 * reviewers.error()));
    Estimate caught = caught(counts, reviewers);
    double passed = (double) counts.passed();
    Estimate actions = recall(caught, missed.rate().times(passed));
    if (actions.once().width() > WIDEST) {
      return new Unknown(more(counts, reviewers, actions.once().width() / WIDEST));
    }
    double harm = counts.caughtMass() / counts.caught();
    return new Known(actions, recall(caught.times(harm), missed.mass().times(passed)));
  }

  private static Estimate recall(Estimate caught, Estimate missed) {
    return new Estimate(
        share(caught.value(), missed.value()),
        bounds(caught.once(), missed.once()),
        bounds(caught.always(), missed.always()));
  }

  private static Interval bounds(Interval caught, Interval missed) {
    return new Interval(share(caught.low(), missed.high()), share(caught.high(), missed.low()));
  }

  private static double share(double caught, double missed) {
    return caught + missed > 0 ? caught / (caught + missed) : 0;
  }

  /** True positives among the reviewed: those found less false alarms. */
  private static Estimate caught(AuditCounts counts, Reviewers reviewers) {
    Measured alarms = reviewers.dear().falseAlarms();
    double error = reviewers.error() / 8;
    double most = (double) counts.caught();
    double expected = alarms.estimate() * Math.max(0, counts.reviewed() - most);
    double once = most(counts, alarms.upper(1 - error), rate -> rate.lower(error));
    double always = most(counts, alarms.always(error).high(), rate -> rate.always(error).low());
    return new Estimate(
        Math.max(0, most - expected),
        new Interval(Math.max(0, most - once), most),
        new Interval(Math.max(0, most - always), most));
  }

  /** Most false alarms among the reviewed that a rate of them does not rule out. */
  private static double most(
      AuditCounts counts, double rate, Function<WeightedRate, Double> least) {
    if (rate == 0 || counts.reviewed() == 0) {
      return 0;
    }
    long low = 0;
    long high = counts.caught() + 1;
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      WeightedCount alarms = new WeightedCount(middle, (double) middle, (double) middle);
      if (least.apply(new WeightedRate(alarms, 1, Inclusions.ALL, 1.0 / counts.reviewed()))
          <= rate) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Audits that are still needed: as many as show, if nothing were found, that no more was missed
   * than was caught; or, once there are so many, as many as narrow the interval by that factor.
   */
  private static long more(AuditCounts counts, Reviewers reviewers, double narrower) {
    double caught = Math.max(1.0, (double) counts.caught());
    double found =
        reviewers.screen().sensitivity().estimate() * reviewers.dear().sensitivity().estimate();
    double rate = caught / Math.max(2 * caught, (double) counts.passed()) * Math.max(found, 1e-3);
    double clean = Math.ceil(Math.log(reviewers.error() / 2) / Math.log1p(-rate));
    long done = counts.screened().count();
    return (long) Math.max(1, Math.max(clean - done, done * (narrower * narrower - 1)));
  }
}
