/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/** A closed interval of decades. */
public record Interval(double min, double max) {
  /** All numbers. */
  public static final Interval ANY =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Whether {@code x} lies in it. */
  public boolean holds(double x) {
    return x >= min && x <= max;
  }
}
