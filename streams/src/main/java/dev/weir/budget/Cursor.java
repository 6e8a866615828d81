/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import java.util.Arrays;

/**
 * Follows the cut through counts of risk as actions come and the budget's reach moves, a few
 * buckets a step. Every rung of the ladder is cut its own number of buckets above the first.
 *
 * <p>Invariant: the cut found is a function of the counts, the prior and the reach alone; where the
 * cursor stood before only saves time. Not safe for use by several threads.
 */
final class Cursor {
  private final Risks risks;
  private final Ladder ladder;
  private final long[] above;
  private int index = Scale.MAX;
  private long forgotten;

  Cursor(Risks risks, Ladder ladder) {
    this.risks = risks;
    this.ladder = ladder;
    this.above = new long[ladder.height()];
    this.forgotten = risks.forgotten();
  }

  /** Tells that {@code added} was just added to the counts. */
  void added(int added) {
    for (int rung = 1; rung <= above.length; rung++) {
      if (added > index + ladder.offset(rung)) {
        above[rung - 1]++;
      }
    }
  }

  /**
   * Moves to the highest bucket down to which counts and prior cost {@code reach}.
   *
   * @param reach in cost units
   */
  Cut cut(double reach, Prior prior) {
    follow();
    while (index > Scale.MIN && costAbove(prior) + costAt(prior) < reach) {
      down();
    }
    while (index < Scale.MAX && costAbove(prior) >= reach) {
      up();
    }
    double at = costAt(prior);
    double share = at > 0 ? Math.max(0, Math.min(1, (reach - costAbove(prior)) / at)) : 1;
    return new Cut(index, share);
  }

  /**
   * Cost of the reviews that the cut asks for, squared and summed, over their sum: what a review
   * costs, weighted by cost. The first rung's if it asks for none.
   */
  double meanCost() {
    double sum = 0;
    double squares = 0;
    for (int rung = 1; rung <= above.length; rung++) {
      long higher = rung == above.length ? 0 : above[rung];
      double cost = ladder.cost(rung);
      sum += cost * (above[rung - 1] - higher);
      squares += cost * cost * (above[rung - 1] - higher);
    }
    return sum > 0 ? squares / sum : ladder.cost(1);
  }

  private void down() {
    for (int rung = 1; rung <= above.length; rung++) {
      above[rung - 1] += risks.countAt(index + ladder.offset(rung));
    }
    index--;
  }

  private void up() {
    index++;
    for (int rung = 1; rung <= above.length; rung++) {
      above[rung - 1] -= risks.countAt(index + ladder.offset(rung));
    }
  }

  private double costAbove(Prior prior) {
    double cost = 0;
    for (int rung = 1; rung <= above.length; rung++) {
      double counted = above[rung - 1] + prior.from(index + ladder.offset(rung) + 1);
      cost += ladder.addedCost(rung) * counted;
    }
    return cost;
  }

  private double costAt(Prior prior) {
    double cost = 0;
    for (int rung = 1; rung <= above.length; rung++) {
      int at = index + ladder.offset(rung);
      double counted = risks.countAt(at) + prior.from(at) - prior.from(at + 1);
      cost += ladder.addedCost(rung) * counted;
    }
    return cost;
  }

  private void follow() {
    if (forgotten != risks.forgotten()) {
      forgotten = risks.forgotten();
      index = Scale.MAX;
      Arrays.fill(above, 0);
    }
  }
}
