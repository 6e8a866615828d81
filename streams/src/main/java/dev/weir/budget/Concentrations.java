/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Distribution;
import dev.weir.event.LorenzPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * How concentrated a histogram's mass is, from its Lorenz curve (Lorenz 1905; Gini 1912, as the
 * mean absolute difference over twice the mean).
 *
 * <p>Invariant: shares and Gini lie in [0, 1]; within a bucket all are taken as equal, so with
 * buckets of 0.01 of a decade Gini is low by at most 0.006 and a share off by at most 2.4 % of the
 * mass in the cut's bucket. Empty or without mass: all 0, and no curve.
 */
public final class Concentrations {
  /** Top shares of all at which the curve is told, from the top. */
  private static final double[] TOPS = {
    0.0001, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9
  };

  private static final int TOP_0_1_PERCENT = 1;
  private static final int TOP_1_PERCENT = 4;

  private Concentrations() {}

  /** Count, mass, Gini, top shares, Lorenz curve and tail of {@code histogram}. */
  public static Distribution of(RiskHistogram histogram) {
    double[] tops = topShares(histogram, TOPS);
    return new Distribution(
        histogram.count(),
        histogram.mass(),
        gini(histogram),
        tops[TOP_1_PERCENT],
        tops[TOP_0_1_PERCENT],
        histogram.mass() > 0 ? lorenz(tops) : List.of(),
        TailIndices.of(histogram));
  }

  /** Gini coefficient of mass: 1 − Σ pᵢ·(Lᵢ + Lᵢ₋₁) over buckets from the lowest. */
  static double gini(RiskHistogram histogram) {
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

  /**
   * Shares of the mass in the top fractions of all, the cut's bucket in proportion.
   *
   * @param fractions rising
   */
  static double[] topShares(RiskHistogram histogram, double... fractions) {
    double total = histogram.mass();
    double[] shares = new double[fractions.length];
    if (!(total > 0)) {
      return shares;
    }
    int index = histogram.maxIndex();
    long above = 0;
    double massAbove = 0;
    for (int i = 0; i < fractions.length; i++) {
      double reach = fractions[i] * histogram.count();
      while (index > histogram.minIndex() && above + histogram.countAt(index) < reach) {
        above += histogram.countAt(index);
        massAbove += histogram.massAt(index);
        index--;
      }
      double part = (reach - above) / Math.max(1, histogram.countAt(index));
      shares[i] = Math.min(1, (massAbove + part * histogram.massAt(index)) / total);
    }
    return shares;
  }

  /** The curve from the bottom, of shares from the top. */
  private static List<LorenzPoint> lorenz(double[] tops) {
    List<LorenzPoint> curve = new ArrayList<>();
    for (int i = TOPS.length - 1; i >= 0; i--) {
      curve.add(new LorenzPoint(Math.rint((1 - TOPS[i]) * 1e4) / 1e4, 1 - tops[i]));
    }
    return curve;
  }
}
