/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Distribution;

/**
 * How concentrated a histogram's mass is, from its Lorenz curve (Lorenz 1905; Gini 1912, as the
 * mean absolute difference over twice the mean).
 *
 * <p>Invariant: shares and Gini lie in [0, 1]; within a bucket all are taken as equal, so with
 * buckets of 0.01 of a decade Gini is low by at most 0.006 and a share off by at most 2.4 % of the
 * mass in the cut's bucket. Empty or without mass: all 0.
 */
public final class Concentrations {
  private Concentrations() {}

  /** Count, mass, Gini and top shares of {@code histogram}. */
  public static Distribution of(RiskHistogram histogram) {
    return new Distribution(
        histogram.count(),
        histogram.mass(),
        gini(histogram),
        topShare(histogram, 0.01),
        topShare(histogram, 0.001));
  }

  /** Gini coefficient of mass: 1 − Σ pᵢ·(Lᵢ + Lᵢ₋₁) over buckets from the lowest. */
  public static double gini(RiskHistogram histogram) {
    double total = histogram.mass();
    if (!(total > 0)) {
      return 0;
    }
    double twiceArea = 0;
    double below = 0;
    for (int index = histogram.minIndex(); index <= histogram.maxIndex(); index++) {
      double mass = histogram.massAt(index);
      twiceArea += histogram.countAt(index) * (2 * below + mass);
      below += mass;
    }
    return Math.max(0, Math.min(1, 1 - twiceArea / (histogram.count() * total)));
  }

  /** Share of the mass in the top {@code fraction} of all, the cut's bucket in proportion. */
  public static double topShare(RiskHistogram histogram, double fraction) {
    double total = histogram.mass();
    if (!(total > 0)) {
      return 0;
    }
    return Math.min(1, histogram.capturedMass(histogram.cut(fraction * histogram.count())) / total);
  }
}
