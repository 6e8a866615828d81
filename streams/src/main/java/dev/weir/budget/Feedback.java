/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/**
 * How a partition's own over- or underspend moves the share of actions that it reviews: by the
 * factor exp(gain · credit), the multiplicative update of online dual descent (Balseiro, Lu and
 * Mirrokni, "Dual mirror descent for online allocation problems", ICML 2020), taken on the quantile
 * rather than on the price, so that it needs no step size for the prices' scale.
 *
 * <p>Credit is in reviews. Jumps of 1 against a drift of 1 per review's worth of budget leave it
 * with a standard deviation of about sqrt(1 / (2 · gain)) around 0.
 *
 * @param gain per review of credit
 * @param floor no priced review leaves credit below it
 * @param ceiling budget beyond it is not hoarded
 */
record Feedback(double gain, double floor, double ceiling) {
  static final double TIGHT_GAIN = 1.5;
  static final double OFFSET = 0.25;

  /** For a partition whose window holds a budget of that many reviews. */
  static Feedback of(double windowReviews) {
    double deviation = Math.max(Math.sqrt(0.5 / TIGHT_GAIN), 0.01 * windowReviews);
    return new Feedback(
        0.5 / (deviation * deviation),
        -Math.max(1, 2 * deviation),
        Math.max(2, 0.05 * windowReviews));
  }

  /** Factor on the share of actions reviewed. */
  double factor(double credit) {
    return Math.exp(gain * (credit + OFFSET));
  }

  /** True if credit pays for one more review. */
  boolean pays(double credit) {
    return credit - 1 >= floor;
  }
}
