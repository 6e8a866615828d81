/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.RiskBucket;
import dev.weir.event.RiskCount;
import java.util.ArrayList;
import java.util.List;

/**
 * A log-bucketed histogram of counts and expected loss: the one structure behind thresholds, Lorenz
 * curve, Gini and shares.
 *
 * <p>Invariant: counts are exact, and every figure is exact to its bucket; merging histograms gives
 * that of the joint data, subtracting undoes it (of masses, up to rounding; an emptied bucket has
 * mass 0). Bucket i holds log10 values in [i/100, (i+1)/100) between 10^-8 and 10^12 LU; values
 * outside are put into the bucket at that end. NaN is put into the last one, without mass. Mass is
 * in LU. Not safe for use by several threads.
 */
public final class RiskHistogram {
  private final long[] counts = new long[Scale.BUCKETS];
  private final double[] masses = new double[Scale.BUCKETS];
  private long count;

  private RiskHistogram() {}

  /** With buckets of 0.01 of a decade. */
  public static RiskHistogram fine() {
    return new RiskHistogram();
  }

  /** The histogram, in buckets of 0.01 of a decade, that {@code buckets} were written from. */
  public static RiskHistogram fine(List<RiskBucket> buckets) {
    RiskHistogram histogram = fine();
    histogram.merge(buckets);
    return histogram;
  }

  /** Adds one of {@code mass} LU at {@code log10}; a mass that is not finite adds none. */
  public void add(double log10, double mass) {
    int slot = Scale.of(log10) - Scale.MIN;
    counts[slot]++;
    masses[slot] += finite(mass);
    count++;
  }

  /** Takes back one that was added with the same arguments; without effect if there is none. */
  public void remove(double log10, double mass) {
    int slot = Scale.of(log10) - Scale.MIN;
    if (counts[slot] > 0) {
      change(slot, -1, -finite(mass));
    }
  }

  /** Adds buckets of the same width. */
  public void merge(List<RiskBucket> buckets) {
    merge(buckets, 1);
  }

  /** Adds buckets of the same width, or, by a sign of -1, takes them away. */
  void merge(List<RiskBucket> buckets, int sign) {
    for (RiskBucket bucket : buckets) {
      int slot = Math.max(0, Math.min(counts.length - 1, bucket.getIndex() - Scale.MIN));
      change(slot, sign * bucket.getCount(), sign * finite(bucket.getMass()));
    }
  }

  /** Adds counts alone, or, by a sign of -1, takes them away; masses stay. */
  void addCounts(List<RiskCount> part, int sign) {
    for (RiskCount bucket : part) {
      int slot = Math.max(0, Math.min(counts.length - 1, bucket.getIndex() - Scale.MIN));
      counts[slot] += sign * bucket.getCount();
      count += sign * bucket.getCount();
    }
  }

  /** Its counts, as they stand when read. */
  Risks risks() {
    return new Risks() {
      @Override
      public long countAt(int index) {
        return index > maxIndex() ? 0 : counts[index - Scale.MIN];
      }

      @Override
      public long forgotten() {
        return 0;
      }
    };
  }

  /** How many. */
  public long count() {
    return count;
  }

  /** Their mass in LU: the sum over buckets, in order. */
  public double mass() {
    double sum = 0;
    for (double mass : masses) {
      sum += mass;
    }
    return sum;
  }

  /** How many lie in the bucket of that index. */
  public long countAt(int index) {
    return counts[index - Scale.MIN];
  }

  /** Mass in the bucket of that index. */
  public double massAt(int index) {
    return masses[index - Scale.MIN];
  }

  /** The first bucket's index. */
  public int minIndex() {
    return Scale.MIN;
  }

  /** The last bucket's index. */
  public int maxIndex() {
    return Scale.MAX;
  }

  /** Buckets that are not empty, by index. */
  public List<RiskBucket> buckets() {
    List<RiskBucket> buckets = new ArrayList<>();
    for (int slot = 0; slot < counts.length; slot++) {
      if (counts[slot] != 0) {
        buckets.add(new RiskBucket(slot + Scale.MIN, counts[slot], masses[slot]));
      }
    }
    return buckets;
  }

  private void change(int slot, long by, double mass) {
    counts[slot] += by;
    masses[slot] = counts[slot] == 0 ? 0 : Math.max(0, masses[slot] + mass);
    count += by;
  }

  private static double finite(double mass) {
    return mass > 0 && mass < Double.POSITIVE_INFINITY ? mass : 0;
  }
}
