/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/**
 * Bounds of a figure.
 *
 * @param low lower bound
 * @param high upper bound, at least low
 */
public record Interval(double low, double high) {
  /** Refuses bounds that are not numbers or stand the wrong way round. */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("interval: [%s, %s]".formatted(low, high));
    }
  }

  /** high − low. */
  public double width() {
    return high - low;
  }

  /** Whether {@code value} lies within, bounds included. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
