/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/**
 * What a price says before a partition has seen enough of its own: as if it had seen {@code
 * reviews} actions above the price, with a Pareto tail of index 1 through it.
 *
 * @param reviews weight, in actions above the price; 0 is no prior
 * @param actions how many actions those were drawn from
 * @param index bucket of the price
 */
record Prior(double reviews, double actions, int index) {
  /** No prior. */
  static final Prior NONE = new Prior(0, 0, Scale.MAX);

  private static final double[] TAIL = new double[3 * Scale.BUCKETS + 2];

  static {
    for (int i = 0; i < TAIL.length; i++) {
      TAIL[i] = Math.pow(10, (Scale.BUCKETS - i) * Scale.WIDTH);
    }
  }

  /** How many of them lie in {@code bucket} or above. */
  double from(int bucket) {
    return reviews == 0 ? 0 : Math.min(actions, reviews * TAIL[bucket - index + Scale.BUCKETS]);
  }

  /** What reviews at its own price cost, in cost units. */
  double cost(Ladder ladder) {
    double cost = 0;
    for (int rung = 1; rung <= ladder.height(); rung++) {
      cost += ladder.addedCost(rung) * from(index + ladder.offset(rung));
    }
    return cost;
  }
}
