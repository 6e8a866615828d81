/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.AuditCell;

/**
 * How many of one kind a sample holds, each with a weight of one over its inclusion probability
 * (Horvitz and Thompson 1952). Of constant size.
 *
 * @param count how many
 * @param sum of weights: the estimate of how many there are
 * @param squares sum of squared weights: where the kind is rare, the estimate's variance
 */
public record WeightedCount(long count, double sum, double squares) {
  /** None. */
  public static final WeightedCount NONE = new WeightedCount(0, 0, 0);

  /** One more of that weight; a weight that is not finite and above 0 is refused. */
  public WeightedCount plus(double weight) {
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("weight: " + weight);
    }
    return new WeightedCount(count + 1, sum + weight, squares + weight * weight);
  }

  /** Both together. */
  public WeightedCount plus(WeightedCount other) {
    return new WeightedCount(count + other.count, sum + other.sum, squares + other.squares);
  }

  static WeightedCount of(AuditCell cell) {
    return new WeightedCount(cell.getCount(), cell.getSum(), cell.getSquares());
  }

  AuditCell cell() {
    return new AuditCell(count, sum, squares);
  }
}
