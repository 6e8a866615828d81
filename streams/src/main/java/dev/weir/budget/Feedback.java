/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/**
 * How over- or underspend moves the share of actions that is reviewed: by a factor that is
 * exponential in credit, the multiplicative update of online dual descent (Balseiro, Lu and
 * Mirrokni, "Dual mirror descent for online allocation problems", ICML 2020), taken on the quantile
 * rather than on the price, so that it needs no step size for the prices' scale.
 *
 * <p>Reviews come in jumps, budget in drops. A gain of g per review leaves credit with a standard
 * deviation of about sqrt(1 / (2 · g)) reviews, and the share with g times that: a higher gain
 * meets the budget more closely and waits less for worse actions. So the gain is as low as the
 * tolerance of a window permits, and rises with the third power beyond it, where a shift of the
 * traffic, not chance, is at work.
 *
 * @param tolerance how far spend may stray over a window, in reviews; above 0
 */
record Feedback(double tolerance) {
  /** Share of a window's budget by which spend may stray. */
  static final double TOLERANCE = 0.05;

  /** What it may stray in any case, in reviews. */
  static final double LEAST_REVIEWS = 2;

  /** Share that is never exceeded: a price tells no more of the fleet's window. */
  static final double MAX_FACTOR = 16;

  /** What is a hundred times worse than the usual cut is reviewed in any debt. */
  private static final double MIN_FACTOR = 1e-2;

  /** Part of the tolerance that is left to each when nobody knows what the others spend. */
  private static final double ALONE = 0.85;

  private static final double SEEN_WEIGHT = 0.5;
  private static final double SEEN_WEIGHT_ALONE = 0.7;
  private static final double LINEAR = 6;
  private static final double LEAST_LINEAR = 1;
  private static final double CUBIC = 3;

  /**
   * For what was seen of a window, spent by one of {@code spenders} that do not talk. A run's
   * beginning may stray by more of its own budget than a whole window, by less in reviews: by a
   * weighted geometric mean of both, else a burst among the first thousand actions finds no credit.
   * Spenders that do not talk may all stray the same way, so they weigh what was seen more.
   *
   * @param seenReviews what the budget pays for of what was seen, at most of a window, in reviews
   * @param windowReviews what it pays for of a whole window, in reviews
   */
  static Feedback of(double seenReviews, double windowReviews, int spenders) {
    double stray = TOLERANCE * mean(seenReviews, windowReviews, spenders);
    double tolerance = Math.max(LEAST_REVIEWS, stray);
    return new Feedback(spenders == 1 ? tolerance : ALONE * tolerance / Math.sqrt(spenders));
  }

  /** A full window, the usual case, needs no powers: this is asked for every action. */
  private static double mean(double seenReviews, double windowReviews, int spenders) {
    if (seenReviews >= windowReviews) {
      return windowReviews;
    }
    double weight = spenders == 1 ? SEEN_WEIGHT : SEEN_WEIGHT_ALONE;
    return Math.pow(seenReviews, weight) * Math.pow(windowReviews, 1 - weight);
  }

  /**
   * Factor on the share of actions reviewed, in [0.01, {@link #MAX_FACTOR}].
   *
   * @param credit budget less spend, in reviews
   */
  double factor(double credit) {
    double strayed = credit / tolerance;
    double linear = Math.max(LEAST_LINEAR, LINEAR / tolerance) * strayed;
    double factor = Math.exp(linear + CUBIC * strayed * strayed * strayed);
    return Math.max(MIN_FACTOR, Math.min(MAX_FACTOR, factor));
  }

  /** Credit beyond which budget is not hoarded, in reviews. */
  double ceiling() {
    return 2 * Math.max(1, tolerance);
  }
}
