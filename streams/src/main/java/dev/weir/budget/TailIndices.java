/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.TailIndex;
import dev.weir.event.TailMeaning;
import org.jspecify.annotations.Nullable;

/**
 * How fast a histogram's tail falls, by Hill's estimator: the exceedances over the mean of their
 * log excess over a threshold (Hill, "A simple general approach to inference about the tail of a
 * distribution", Annals of Statistics 3, 1975); its standard error is index / sqrt(exceedances)
 * (Hall, "On some simple estimates of an exponent of regular variation", JRSS B 44, 1982).
 *
 * <p>Invariant: the threshold is a bucket's lower edge, and all above it count, so that no tie is
 * parted: about the top hundredth, at least {@value #LEAST}, at most a fifth. Within a bucket of
 * 0.01 of a decade all are taken at its mean, so an index of 10 is off by less than a tenth.
 */
public final class TailIndices {
  private static final long LEAST = 100;
  private static final int PART = 100;
  private static final int LEAST_TIMES = 10;
  private static final int MOST_PART = 5;

  private TailIndices() {}

  /** The tail of those with mass; null where too few, or too many equal ones, tell. */
  static @Nullable TailIndex of(RiskHistogram histogram) {
    long all = withMass(histogram);
    double target = Math.max((double) LEAST, (double) all / PART);
    if (all < LEAST_TIMES * LEAST) {
      return null;
    }
    long taken = 0;
    double sum = 0;
    for (int index = histogram.maxIndex(); index >= histogram.minIndex(); index--) {
      if (histogram.massAt(index) > 0) {
        taken += histogram.countAt(index);
        if (taken > all / MOST_PART) {
          return null;
        }
        sum += histogram.countAt(index) * log10Mean(histogram, index);
        if (taken >= target) {
          return of(taken, sum / taken - edge(index), edge(index));
        }
      }
    }
    return null;
  }

  /** What an index means for Gini and shares. */
  static TailMeaning meaning(double index) {
    return index > 2
        ? TailMeaning.SOUND
        : index > 1 ? TailMeaning.UNSTABLE : TailMeaning.MEANINGLESS;
  }

  /** The same in a sentence; empty where there is nothing to warn of. */
  public static String warning(TailMeaning meaning) {
    return switch (meaning) {
      case UNSTABLE ->
          "Gini and shares are unstable: the tail has no finite variance, one more action may move them";
      case MEANINGLESS ->
          "Gini and shares mean little: the tail has no finite mean, they near 1 the longer one counts";
      case SOUND, OTHER -> "";
    };
  }

  private static @Nullable TailIndex of(long taken, double excess, double above) {
    if (!(excess > 0)) {
      return null;
    }
    double index = 1 / (excess * Math.log(10));
    return new TailIndex(index, index / Math.sqrt((double) taken), taken, above, meaning(index));
  }

  private static long withMass(RiskHistogram histogram) {
    long all = 0;
    for (int index = histogram.minIndex(); index <= histogram.maxIndex(); index++) {
      all += histogram.massAt(index) > 0 ? histogram.countAt(index) : 0;
    }
    return all;
  }

  private static double log10Mean(RiskHistogram histogram, int index) {
    return Math.log10(histogram.massAt(index) / histogram.countAt(index));
  }

  private static double edge(int index) {
    return index * Scale.WIDTH;
  }
}
