/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * A share known from a count of independent trials with the same probability.
 *
 * <p>At one look its confidence distributions are beta, that is, the interval of Clopper and
 * Pearson (Biometrika 1934). At all looks it is the beta-binomial mixture (Robbins 1970): the
 * likelihood at p against its mean over a uniform prior is a martingale under p, so it reaches
 * 1/error with probability error at most (Ville).
 *
 * @param successes how many of the trials, in [0, trials]
 * @param trials how many; 0 says nothing
 */
public record Proportion(long successes, long trials) implements Measured {
  /** Refuses more successes than trials. */
  public Proportion {
    if (successes < 0 || successes > trials) {
      throw new IllegalArgumentException("share: %d of %d".formatted(successes, trials));
    }
  }

  /** Both counts together. */
  public Proportion plus(Proportion other) {
    return new Proportion(successes + other.successes, trials + other.trials);
  }

  /** successes over trials; one half where there are none. */
  @Override
  public double estimate() {
    return trials == 0 ? 0.5 : (double) successes / trials;
  }

  @Override
  public double lower(double p) {
    return successes == 0
        ? 0
        : BetaDistribution.of((double) successes, trials - successes + 1.0)
            .inverseCumulativeProbability(p);
  }

  @Override
  public double upper(double p) {
    return successes == trials
        ? 1
        : BetaDistribution.of(successes + 1.0, (double) (trials - successes))
            .inverseCumulativeProbability(p);
  }

  @Override
  public Interval always(double error) {
    double line = Math.log(error);
    return new Interval(
        successes == 0 ? 0 : Bisection.crossing(p -> evidence(p) - line, 0, estimate()),
        successes == trials ? 1 : Bisection.crossing(p -> evidence(p) - line, 1, estimate()));
  }

  /** log of the likelihood at p over its mean under a uniform prior. */
  private double evidence(double p) {
    long failures = trials - successes;
    double likelihood =
        (successes == 0 ? 0 : successes * Math.log(p))
            + (failures == 0 ? 0 : failures * Math.log1p(-p));
    return likelihood - LogBeta.value(successes + 1.0, failures + 1.0);
  }
}
