/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/** What a count says at least of the share behind it. */
final class Confidence {
  /** Probability of saying too much. */
  static final double ERROR = 0.01;

  /** The standard normal's quantile at 1 − {@link #ERROR}. */
  static final double Z = 2.326;

  private static final int STEPS = 50;

  private Confidence() {}

  /**
   * Exact one-sided lower bound of a binomial share, at confidence 1 − {@link #ERROR}: the share at
   * which {@code count} or more of {@code of} would have that probability (Clopper and Pearson,
   * Biometrika 1934). 0 for none. Time is linear in {@code count}.
   */
  static double lower(long count, long of) {
    if (count <= 0) {
      return 0;
    }
    double low = 0;
    double high = (double) count / of;
    for (int step = 0; step < STEPS; step++) {
      double middle = (low + high) / 2;
      if (atLeast(count, of, middle) < ERROR) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Probability of {@code count} or more successes in {@code of}. */
  private static double atLeast(long count, long of, double share) {
    if (share <= 0) {
      return 0;
    }
    double logOdds = Math.log(share) - Math.log1p(-share);
    double logTerm = of * Math.log1p(-share);
    double below = 0;
    for (long i = 0; i < count; i++) {
      below += Math.exp(logTerm);
      logTerm += logOdds + Math.log((double) (of - i) / (i + 1));
    }
    return Math.max(0, 1 - below);
  }
}
