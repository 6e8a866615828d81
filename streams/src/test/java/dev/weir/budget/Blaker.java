/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Blaker's exact interval of a binomial share (Canadian Journal of Statistics 2000): within that of
 * Clopper and Pearson, and valid.
 */
final class Blaker {
  private static final int STEPS = 4000;

  private Blaker() {}

  static Interval interval(int successes, int trials, double error) {
    double low =
        successes == 0
            ? 0
            : BetaDistribution.of(successes, trials - successes + 1.0)
                .inverseCumulativeProbability(error / 2);
    double high =
        BetaDistribution.of(successes + 1.0, trials - successes)
            .inverseSurvivalProbability(error / 2);
    double step = (high - low) / STEPS;
    double first = low;
    while (successes > 0 && acceptance(successes, trials, first) < error) {
      first += step;
    }
    double last = high;
    while (acceptance(successes, trials, last) < error) {
      last -= step;
    }
    return new Interval(first, last);
  }

  /** The lesser tail's probability, and as much of the other tail as is no likelier. */
  private static double acceptance(int successes, int trials, double share) {
    BinomialDistribution law = BinomialDistribution.of(trials, share);
    double below = law.cumulativeProbability(successes);
    double above = law.survivalProbability(successes - 1);
    if (above <= below) {
      int cut = law.inverseCumulativeProbability(above);
      cut = law.cumulativeProbability(cut) > above ? cut - 1 : cut;
      return above + (cut < 0 ? 0 : law.cumulativeProbability(cut));
    }
    int cut = law.inverseSurvivalProbability(below);
    return below + law.survivalProbability(law.survivalProbability(cut) > below ? cut + 1 : cut);
  }
}
