/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/**
 * Buckets of 0.01 of a decade: bucket i holds log10 values in [i/100, (i+1)/100), from {@link #MIN}
 * to {@link #MAX}; what lies outside is put into the bucket at that end.
 *
 * <p>Invariant: {@code of(middle(i)) == i}, with a margin that no rounding of a logarithm reaches.
 */
final class Scale {
  /** First bucket: 10^-8 LU. */
  static final int MIN = -800;

  /** Last bucket: up to 10^12 LU. */
  static final int MAX = 1199;

  static final int BUCKETS = MAX - MIN + 1;
  static final double WIDTH = 0.01;

  private Scale() {}

  /** The bucket of a log10 value. Minus infinity is the first; NaN the last: it fails closed. */
  static int of(double log10) {
    if (!(log10 < (MAX + 1) * WIDTH)) {
      return MAX;
    }
    return (int) Math.max(MIN, Math.floor(log10 / WIDTH));
  }

  /** The log10 value in the middle of a bucket. */
  static double middle(int index) {
    return (index + 0.5) * WIDTH;
  }
}
