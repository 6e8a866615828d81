/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Every figure of one ranking, each with a bootstrap interval: the percentiles 2.5 and 97.5 over
 * draws of whole scenarios with replacement (Efron; the cluster bootstrap), since cases of one
 * scenario are not independent. Figures that cannot be taken are absent.
 */
public final class Quality {
  static final int DRAWS = 1000;
  private static final double TAIL = 0.025;

  /**
   * A figure and its interval of 95 %.
   *
   * @param value on the log
   * @param low lower bound; NaN where no draw gave a figure
   * @param high upper bound
   */
  public record Estimate(double value, double low, double high) {}

  private Quality() {}

  /** The figures of {@code cases} without intervals. */
  static Map<Figure, Double> point(Cases cases) {
    return new Ranking(cases).figures(ones(cases.scenarioCount()));
  }

  /** The figures of {@code cases} with intervals from draws that {@code seed} decides. */
  static Map<Figure, Estimate> of(Cases cases, long seed) {
    Ranking ranking = new Ranking(cases);
    int scenarios = cases.scenarioCount();
    Map<Figure, Double> point = ranking.figures(ones(scenarios));
    Map<Figure, double[]> drawn = new EnumMap<>(Figure.class);
    point.keySet().forEach(figure -> drawn.put(figure, new double[DRAWS]));
    Dice dice = new Dice(seed);
    for (int draw = 0; draw < DRAWS && !point.isEmpty(); draw++) {
      Map<Figure, Double> figures = ranking.figures(drawn(dice, scenarios));
      for (Map.Entry<Figure, double[]> e : drawn.entrySet()) {
        e.getValue()[draw] = figures.getOrDefault(e.getKey(), Double.NaN);
      }
    }
    Map<Figure, Estimate> estimates = new EnumMap<>(Figure.class);
    drawn.forEach(
        (figure, values) ->
            estimates.put(figure, estimate(point.getOrDefault(figure, Double.NaN), values)));
    return estimates;
  }

  private record Ranking(Concordance overall, Concordance within, Curve curve) {
    Ranking(Cases cases) {
      this(Concordance.overall(cases), Concordance.withinStrata(cases), new Curve(cases));
    }

    Map<Figure, Double> figures(double[] weights) {
      Map<Figure, Double> figures = curve.figures(weights);
      put(figures, Figure.AUROC, overall.area(weights));
      put(figures, Figure.AUROC_WITHIN, within.area(weights));
      return figures;
    }

    private static void put(Map<Figure, Double> figures, Figure figure, double value) {
      if (!Double.isNaN(value)) {
        figures.put(figure, value);
      }
    }
  }

  static Estimate estimate(double value, double[] drawn) {
    double[] sorted = Arrays.stream(drawn).filter(d -> !Double.isNaN(d)).sorted().toArray();
    if (sorted.length == 0) {
      return new Estimate(value, Double.NaN, Double.NaN);
    }
    int low = (int) Math.floor(TAIL * (sorted.length - 1));
    int high = (int) Math.ceil((1 - TAIL) * (sorted.length - 1));
    return new Estimate(value, sorted[low], sorted[high]);
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] drawn(Dice dice, int n) {
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      weights[dice.below(n)]++;
    }
    return weights;
  }
}
