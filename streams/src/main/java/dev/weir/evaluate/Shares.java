/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import dev.weir.evaluate.Quality.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A share with its interval over scenarios, drawn with replacement. */
final class Shares {
  private static final long SEED = 2;

  private final Map<String, double[]> scenarios = new LinkedHashMap<>();

  /** Counts one of that scenario. */
  void add(String scenario, boolean hit) {
    double[] counts = scenarios.computeIfAbsent(scenario, s -> new double[2]);
    counts[0] += hit ? 1 : 0;
    counts[1]++;
  }

  /** The share of hits; NaN of nothing. */
  Estimate estimate() {
    List<double[]> counts = new ArrayList<>(scenarios.values());
    Dice dice = new Dice(SEED);
    double[] drawn = new double[Quality.DRAWS];
    for (int draw = 0; draw < drawn.length && !counts.isEmpty(); draw++) {
      double[] sum = new double[2];
      for (int i = 0; i < counts.size(); i++) {
        double[] one = counts.get(dice.below(counts.size()));
        sum[0] += one[0];
        sum[1] += one[1];
      }
      drawn[draw] = sum[0] / sum[1];
    }
    double hits = counts.stream().mapToDouble(c -> c[0]).sum();
    double all = counts.stream().mapToDouble(c -> c[1]).sum();
    return all == 0
        ? new Estimate(Double.NaN, Double.NaN, Double.NaN)
        : Quality.estimate(hits / all, drawn);
  }
}
