/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import dev.weir.evaluate.Cases.Truth;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is found from the top of a ranking down. Equal scores are flagged together where harmless
 * ones are limited, so no figure hangs on the order of ties; where the number flagged is limited,
 * the ties at the cut are split in proportion, as the stream's chance does.
 */
final class Curve {
  private final Cases cases;
  private final int[] order;

  Curve(Cases cases) {
    this.cases = cases;
    this.order = cases.ordered(Comparator.<Integer>comparingDouble(cases::score).reversed());
  }

  /** Weights of cases, summed. */
  private record Sums(double harmful, double harmless, double all) {
    static final Sums NONE = new Sums(0, 0, 0);

    Sums plus(Truth truth, double weight) {
      return new Sums(
          harmful + (truth == Truth.HARMFUL ? weight : 0),
          harmless + (truth == Truth.HARMLESS ? weight : 0),
          all + weight);
    }
  }

  /** Every figure of the curve, by weight of scenario; none without harmful and harmless ones. */
  Map<Figure, Double> figures(double[] weights) {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    Sums total = sum(Sums.NONE, 0, order.length, weights);
    if (total.harmful == 0 || total.harmless == 0) {
      return figures;
    }
    Figure.ofCurve().forEach(figure -> figures.put(figure, 0.0));
    Sums before = Sums.NONE;
    for (int at = 0; at < order.length; ) {
      int end = tieEnd(at);
      Sums after = sum(before, at, end, weights);
      for (Figure figure : Figure.ofCurve()) {
        figures.merge(figure, step(figure, total, before, after), Double::sum);
      }
      before = after;
      at = end;
    }
    figures.replaceAll((figure, sum) -> sum / total.harmful);
    return figures;
  }

  /** What a group of equal scores adds to a figure, times the harmful ones. */
  private static double step(Figure figure, Sums total, Sums before, Sums after) {
    double found = after.harmful - before.harmful;
    if (found == 0) {
      return 0;
    }
    return switch (figure.kind()) {
      case AREA -> 0;
      case PRECISION -> found * after.harmful / (after.harmful + after.harmless);
      case AT_FPR -> after.harmless <= figure.level() * total.harmless ? found : 0;
      case AT_BUDGET -> {
        double left = figure.level() * total.all - before.all;
        yield found * Math.max(0, Math.min(1, left / (after.all - before.all)));
      }
    };
  }

  /**
   * The lowest score from which on at most that share of the harmless is flagged; infinite if even
   * the highest flags more.
   */
  double threshold(double falseAlarms) {
    double[] once = new double[cases.scenarioCount()];
    Arrays.fill(once, 1);
    double allowed = falseAlarms * sum(Sums.NONE, 0, order.length, once).harmless;
    double threshold = Double.POSITIVE_INFINITY;
    Sums flagged = Sums.NONE;
    for (int at = 0; at < order.length; ) {
      int end = tieEnd(at);
      flagged = sum(flagged, at, end, once);
      if (flagged.harmless > allowed) {
        break;
      }
      threshold = cases.score(order[at]);
      at = end;
    }
    return threshold;
  }

  private Sums sum(Sums start, int from, int to, double[] weights) {
    Sums sums = start;
    for (int i = from; i < to; i++) {
      sums = sums.plus(cases.truth(order[i]), weights[cases.scenario(order[i])]);
    }
    return sums;
  }

  private int tieEnd(int at) {
    int end = at + 1;
    while (end < order.length && cases.score(order[end]) == cases.score(order[at])) {
      end++;
    }
    return end;
  }
}
