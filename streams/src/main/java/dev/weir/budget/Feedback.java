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
 * with a standard deviation of about sqrt(1 / (2 · gain)). A high gain meets the budget closely and
 * waits less for worse actions: so it is high over a partition's first reviews, where one is a
 * large part of the budget, and falls once a deviation of 0.5 % of a window is more than that.
 *
 * @param windowReviews reviews that the budget of the policy's window pays for
 */
record Feedback(double windowReviews) {
  /** Gain once {@link #EARLY_REVIEWS} are accrued. Chosen by simulation, as all below. */
  private static final double GAIN = 1.5;

  private static final double EARLY_REVIEWS = 4;
  private static final double EARLY_GAIN = 0.5;
  private static final double HOARDED_GAIN = 1.5;
  private static final double TARGET = 0.3;
  private static final double FLOOR = 1;
  private static final double LATER_FLOOR = 0.5;
  private static final double REVIEWS_A_DECADE = 2;
  private static final double EARLY_DECADES = 0.5;
  private static final double WINDOW_SHARE = 0.005;
  private static final double CEILING_SHARE = 0.05;

  /**
   * Factor on the share of actions reviewed.
   *
   * @param credit in reviews
   * @param accrued budget so far, in reviews
   */
  double factor(double credit, double accrued) {
    double early = 1 + EARLY_GAIN * Math.max(0, 1 - accrued / EARLY_REVIEWS);
    double gain = early * Math.min(GAIN, 0.5 / square(deviation(accrued)));
    double off = credit - TARGET;
    double hoarded = Math.max(0, off);
    return Math.exp(gain * (off + HOARDED_GAIN / GAIN * hoarded * hoarded));
  }

  /** True if credit pays for one more review without falling below its floor. */
  boolean pays(double credit, double accrued) {
    double floor = FLOOR + LATER_FLOOR * Math.min(1, accrued / EARLY_REVIEWS);
    return credit - 1 >= -Math.max(floor, 2 * deviation(accrued));
  }

  /**
   * How far above the partition's usual cut an action is worth a debt, in buckets of 0.01 of a
   * decade: one decade, another for every two reviews of debt, and half of one at the start, where
   * the usual cut is hardly known. What is far worse than all that was seen must not wait for
   * better times; what is paid ahead is saved afterwards.
   *
   * @param credit in reviews
   * @param accrued budget so far, in reviews
   */
  int exceptional(double credit, double accrued) {
    double early = Math.max(0, 1 - accrued / EARLY_REVIEWS);
    double decades = EARLY_DECADES * early + Math.max(1, (1 - credit) / REVIEWS_A_DECADE);
    return (int) Math.ceil(100 * decades);
  }

  /** Credit beyond which budget is not hoarded, in reviews. */
  double ceiling() {
    return Math.max(2, CEILING_SHARE * windowReviews);
  }

  private double deviation(double accrued) {
    return WINDOW_SHARE * Math.min(accrued, windowReviews);
  }

  private static double square(double x) {
    return x * x;
  }
}
