/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.simulate;

import dev.weir.budget.Ladder;
import java.util.Arrays;

/**
 * The most that a spend could have captured of a window, had all its actions been known: tiers are
 * given out in the order of mass · added assurance per added cost, the last one in part. That is
 * the optimum of the linear relaxation of the multiple-choice knapsack (Sinha and Zoltners 1979),
 * so no choice of whole reviews does better.
 */
final class Hindsight {
  private Hindsight() {}

  /**
   * Mass times assurance, in LU.
   *
   * @param risks log10 of the actions' masses in LU; NaN counts as none
   * @param spend in cost units
   */
  static double best(double[] risks, double spend, Ladder ladder) {
    double[] sorted = risks.clone();
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = Double.isNaN(sorted[i]) ? Double.NEGATIVE_INFINITY : sorted[i];
    }
    Arrays.sort(sorted);
    int rungs = ladder.rungs().size();
    int[] next = new int[rungs];
    Arrays.fill(next, sorted.length - 1);
    double left = spend;
    double captured = 0;
    while (left > 0) {
      int rung = steepest(sorted, next, ladder);
      if (rung == 0) {
        return captured;
      }
      double part = Math.min(1, left / ladder.addedCost(rung));
      captured += part * Math.pow(10, sorted[next[rung - 1]]) * ladder.addedAssurance(rung);
      left -= part * ladder.addedCost(rung);
      next[rung - 1]--;
    }
    return captured;
  }

  /** The rung that adds most mass per cost to the next action that it may have; 0 for none. */
  private static int steepest(double[] sorted, int[] next, Ladder ladder) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int rung = 1; rung <= next.length; rung++) {
      int at = next[rung - 1];
      if (at >= 0) {
        double slope = Math.log10(ladder.addedAssurance(rung) / ladder.addedCost(rung));
        if (sorted[at] + slope > most) {
          most = sorted[at] + slope;
          best = rung;
        }
      }
    }
    return best;
  }
}
