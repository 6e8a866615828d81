/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.budget.WeightedRate.Inclusions;

/**
 * How many were found over how many were expected, where each had a probability of its own that was
 * stated before it came.
 *
 * <p>The bounds that hold at all looks are those of a {@link WeightedRate} in which one expected
 * counts as the mean of its prior: so the mixture is widest about a ratio of 1.
 *
 * @param found how many
 * @param expected the sum of the stated probabilities, above 0
 */
public record Ratio(long found, double expected) {
  /** Refuses what cannot have been counted. */
  public Ratio {
    if (found < 0 || !(expected > 0 && expected < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("%d found, %s expected".formatted(found, expected));
    }
  }

  /** found over expected. */
  public double estimate() {
    return found / expected;
  }

  /** Bounds that hold at all looks together but for that probability. */
  public Interval always(double error) {
    WeightedCount count = new WeightedCount(found, (double) found, (double) found);
    double one = WeightedRate.PRIOR_MEAN;
    Interval bounds = new WeightedRate(count, 1, Inclusions.ALL, one / expected).always(error);
    return new Interval(bounds.low() / one, bounds.high() / one);
  }
}
