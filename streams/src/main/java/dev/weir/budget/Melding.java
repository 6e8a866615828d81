/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The interval of a function of several measured values, each known from data of its own: melded
 * confidence intervals (Fay, Proschan and Brittain, Biometrics 2015), which Bayer, Fay and Graubard
 * (Statistics in Medicine 2023) use for a rate behind imperfect tests. A bound is the quantile of
 * the function over draws from each value's confidence distribution on the side that moves the
 * function away.
 *
 * <p>Invariant: deterministic. Draws are the points of Halton's sequence (Numerische Mathematik
 * 1960), so they fill the cube evenly; quantiles are taken from a table with steps of one eighth of
 * a standard deviation. Bounds are exact to about 1 % of the distance from the estimate.
 */
final class Melding {
  /** Which way the function moves as a value grows. */
  enum Slope {
    RISES,
    FALLS
  }

  /** One argument of the function. */
  record Argument(Measured value, Slope slope) {}

  private static final int DRAWS = 10_000;
  private static final int[] BASES = {2, 3, 5, 7, 11};
  private static final double REACH = 4;
  private static final int STEPS = 64;
  private static final double[] LEVELS = levels();
  private static final double[][] PLACES = places();

  private Melding() {}

  /**
   * Bounds that miss with probability {@code error}.
   *
   * @param arguments one to five
   * @param function monotone in each argument, as its slope says
   */
  static Interval interval(
      List<Argument> arguments, ToDoubleFunction<double[]> function, double error) {
    int tail = (int) (DRAWS * error / 2);
    double[] low = draws(arguments, function, Slope.RISES);
    double[] high = draws(arguments, function, Slope.FALLS);
    double least = low[Math.max(0, tail - 1)];
    double most = high[DRAWS - Math.max(1, tail)];
    return new Interval(Math.min(least, most), Math.max(least, most));
  }

  /** Values of the function, in order, with lower draws of arguments of that slope. */
  private static double[] draws(
      List<Argument> arguments, ToDoubleFunction<double[]> function, Slope lower) {
    double[][] tables = new double[arguments.size()][];
    for (int i = 0; i < tables.length; i++) {
      tables[i] = table(arguments.get(i).value(), arguments.get(i).slope() == lower);
    }
    double[] values = new double[DRAWS];
    double[] drawn = new double[tables.length];
    for (int draw = 0; draw < DRAWS; draw++) {
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = at(tables[i], PLACES[i][draw]);
      }
      values[draw] = function.applyAsDouble(drawn);
    }
    Arrays.sort(values);
    return values;
  }

  private static double[] table(Measured value, boolean lower) {
    double[] table = new double[LEVELS.length];
    for (int i = 0; i < table.length; i++) {
      table[i] = lower ? value.lower(LEVELS[i]) : value.upper(LEVELS[i]);
    }
    return table;
  }

  private static double at(double[] table, double place) {
    int below = (int) Math.min(STEPS - 1, Math.floor(place));
    return table[below] + (table[below + 1] - table[below]) * (place - below);
  }

  /** Where in a table each argument's draws fall. */
  private static double[][] places() {
    double[][] places = new double[BASES.length][DRAWS];
    for (int i = 0; i < BASES.length; i++) {
      for (int draw = 0; draw < DRAWS; draw++) {
        places[i][draw] = place(inverse(draw + 1, BASES[i]));
      }
    }
    return places;
  }

  /** The digits of {@code index} in that base, mirrored at the point (van der Corput 1935). */
  private static double inverse(int index, int base) {
    double value = 0;
    double digit = 1;
    for (int rest = index; rest > 0; rest /= base) {
      digit /= base;
      value += digit * (rest % base);
    }
    return value;
  }

  private static double place(double p) {
    double z = NormalDistribution.of(0, 1).inverseCumulativeProbability(p);
    return Math.max(0, Math.min(STEPS, (z + REACH) / (2 * REACH) * STEPS));
  }

  private static double[] levels() {
    double[] levels = new double[STEPS + 1];
    NormalDistribution normal = NormalDistribution.of(0, 1);
    for (int i = 0; i < levels.length; i++) {
      levels[i] = normal.cumulativeProbability(REACH * (2.0 * i / STEPS - 1));
    }
    return levels;
  }
}
