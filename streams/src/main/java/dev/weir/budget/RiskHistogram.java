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
 * mass 0). Bucket i of width w holds log10 values in [i·w, (i+1)·w) between 10^-8 and 10^12 LU;
 * values outside are put into the bucket at that end. NaN is put into the last one, without mass.
 * Mass is in LU. Not safe for use by several threads.
 */
public final class RiskHistogram {
  private static final int MIN_DECADE = -8;
  private static final int MAX_DECADE = 12;

  private final double width;
  private final int min;
  private final long[] counts;
  private final double[] masses;
  private long count;

  /**
   * @param width of a bucket in decades, in (0, 1], such that 1/width is whole
   */
  public RiskHistogram(double width) {
    int perDecade = (int) Math.round(1 / width);
    if (!(width > 0 && width <= 1) || Math.abs(perDecade * width - 1) > 1e-9) {
      throw new IllegalArgumentException("no whole number of buckets in a decade: " + width);
    }
    this.width = width;
    this.min = MIN_DECADE * perDecade;
    this.counts = new long[(MAX_DECADE - MIN_DECADE) * perDecade];
    this.masses = new double[counts.length];
  }

  /** With buckets of 0.01 of a decade. */
  public static RiskHistogram fine() {
    return new RiskHistogram(Scale.WIDTH);
  }

  /** The histogram, in buckets of 0.01 of a decade, that {@code buckets} were written from. */
  public static RiskHistogram fine(List<RiskBucket> buckets) {
    RiskHistogram histogram = fine();
    histogram.merge(buckets);
    return histogram;
  }

  /** The bucket of a log10 value. */
  public int index(double log10) {
    return Scale.of(log10, width, min, min + counts.length - 1);
  }

  /** Adds one of {@code mass} LU at {@code log10}; a mass that is not finite adds none. */
  public void add(double log10, double mass) {
    int slot = index(log10) - min;
    counts[slot]++;
    masses[slot] += finite(mass);
    count++;
  }

  /** Takes back one that was added with the same arguments; without effect if there is none. */
  public void remove(double log10, double mass) {
    int slot = index(log10) - min;
    if (counts[slot] > 0) {
      change(slot, -1, -finite(mass));
    }
  }

  /** Adds all of {@code other}, which has the same width. */
  public void merge(RiskHistogram other) {
    combine(other, 1);
  }

  /** Takes away {@code other}, which is a part of this one. */
  public void subtract(RiskHistogram other) {
    combine(other, -1);
  }

  /** Adds buckets of the same width. */
  public void merge(List<RiskBucket> buckets) {
    merge(buckets, 1);
  }

  /** Adds buckets of the same width, or, by a sign of -1, takes them away. */
  void merge(List<RiskBucket> buckets, int sign) {
    for (RiskBucket bucket : buckets) {
      int slot = Math.max(0, Math.min(counts.length - 1, bucket.getIndex() - min));
      change(slot, sign * bucket.getCount(), sign * finite(bucket.getMass()));
    }
  }

  /** Adds counts alone, or, by a sign of -1, takes them away; masses stay. */
  void addCounts(List<RiskCount> part, int sign) {
    for (RiskCount bucket : part) {
      int slot = Math.max(0, Math.min(counts.length - 1, bucket.getIndex() - min));
      counts[slot] += sign * bucket.getCount();
      count += sign * bucket.getCount();
    }
  }

  /** Its counts, as they stand when read. */
  Risks risks() {
    return new Risks() {
      @Override
      public long countAt(int index) {
        return index > maxIndex() ? 0 : counts[index - min];
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
    return counts[index - min];
  }

  /** Mass in the bucket of that index. */
  public double massAt(int index) {
    return masses[index - min];
  }

  /** The first bucket's index. */
  public int minIndex() {
    return min;
  }

  /** The last bucket's index. */
  public int maxIndex() {
    return min + counts.length - 1;
  }

  /** Share of all that lies in buckets above that of {@code log10}; 0 if there is none. */
  public double shareAbove(double log10) {
    long above = 0;
    for (int slot = index(log10) - min + 1; slot < counts.length; slot++) {
      above += counts[slot];
    }
    return count == 0 ? 0 : (double) above / count;
  }

  /**
   * The cut at which the top {@code reach} are reviewed: the highest bucket down to which there are
   * at least so many, and the share of it that is needed. Reviews all if there are fewer.
   */
  public Cut cut(double reach) {
    long above = 0;
    for (int slot = counts.length - 1; slot >= 0; slot--) {
      if (counts[slot] > 0 && above + counts[slot] >= reach) {
        return new Cut(slot + min, Math.max(0, (reach - above) / counts[slot]));
      }
      above += counts[slot];
    }
    return new Cut(min, 1);
  }

  /** Mass that a cut reviews, in LU; the cut bucket's in proportion to its share. */
  public double capturedMass(Cut cut) {
    double captured = massAt(cut.index()) * cut.share();
    for (int slot = cut.index() - min + 1; slot < counts.length; slot++) {
      captured += masses[slot];
    }
    return captured;
  }

  /** Buckets that are not empty, by index. */
  public List<RiskBucket> buckets() {
    List<RiskBucket> buckets = new ArrayList<>();
    for (int slot = 0; slot < counts.length; slot++) {
      if (counts[slot] != 0) {
        buckets.add(new RiskBucket(slot + min, counts[slot], masses[slot]));
      }
    }
    return buckets;
  }

  private void combine(RiskHistogram other, int sign) {
    if (other.counts.length != counts.length) {
      throw new IllegalArgumentException("widths differ: %s, %s".formatted(width, other.width));
    }
    for (int slot = 0; slot < counts.length; slot++) {
      if (other.counts[slot] != 0) {
        change(slot, sign * other.counts[slot], sign * other.masses[slot]);
      }
    }
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
