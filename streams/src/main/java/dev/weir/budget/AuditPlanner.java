/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * How many audits a claim needs: "harm is rarer than that", at a confidence, from reviewers that
 * err.
 *
 * <p>The claim stands after n audits of which k were found harmful if so few would be found with
 * probability 1 − confidence at most were the rate as high as claimed: the exact one-sided bound of
 * Clopper and Pearson (Biometrika 1934), on the rate at which reviewers find harm. A plan (n, k) is
 * chosen as in acceptance sampling: the smallest with which a fleet without harm passes with the
 * wanted probability, in spite of false alarms.
 */
public final class AuditPlanner {
  /** Most audits that a plan may have. */
  public static final int MAX_AUDITS = 1_000_000_000;

  private static final int MAX_FOUND = 10_000_000;

  /**
   * What is claimed.
   *
   * @param rate of harm per action below which it lies, in (0, 1)
   * @param confidence in (0, 1)
   * @param power probability with which a fleet without harm shall pass, in (0, 1)
   */
  public record Claim(double rate, double confidence, double power) {
    /** Refuses what is no probability. */
    public Claim {
      for (double p : new double[] {rate, confidence, power}) {
        if (!(p > 0 && p < 1)) {
          throw new IllegalArgumentException(p + " is not in (0, 1)");
        }
      }
    }
  }

  /**
   * Who reviews: an audit counts as harmful if a first reviewer and all confirming ones say so,
   * each with the same error and, given the truth, independent of the others.
   *
   * @param sensitivity share of harmful actions that one recognises, in (0, 1]
   * @param specificity share of harmless actions that one clears, in (0, 1]
   * @param confirmations how many reviewers confirm what the first one found, 0 to 9
   */
  public record Review(double sensitivity, double specificity, int confirmations) {
    /** Refuses reviewers that are no better than chance. */
    public Review {
      if (!(sensitivity > 0 && sensitivity <= 1 && specificity > 0 && specificity <= 1)
          || sensitivity + specificity <= 1
          || confirmations < 0
          || confirmations > 9) {
        throw new IllegalArgumentException(
            "sensitivity %s, specificity %s, confirmations %d: need probabilities that sum to more"
                    .formatted(sensitivity, specificity, confirmations)
                + " than 1, and 0 to 9 confirmations");
      }
    }

    /** Share of harmful actions that are found. */
    public double found() {
      return Math.pow(sensitivity, confirmations + 1.0);
    }

    /** Share of harmless actions that are found harmful. */
    public double falseAlarms() {
      return Math.pow(1 - specificity, confirmations + 1.0);
    }
  }

  /**
   * A number of audits that proves the claim if at most so many are found harmful.
   *
   * @param found how many may be found
   * @param audits how many are needed
   * @param passing probability with which a fleet without harm passes
   */
  public record Plan(int found, int audits, double passing) {}

  private final Claim claim;
  private final Review review;

  /** A planner of that claim by those reviewers. */
  public AuditPlanner(Claim claim, Review review) {
    this.claim = claim;
    this.review = review;
  }

  /**
   * The plan in which at most {@code found} audits are found harmful.
   *
   * @throws IllegalArgumentException if it needs more than {@link #MAX_AUDITS}
   */
  public Plan plan(int found) {
    double rate = claim.rate() * review.found() + (1 - claim.rate()) * review.falseAlarms();
    int low = found;
    int high = found + 1;
    while (atMost(found, high, rate) > 1 - claim.confidence()) {
      if (high > MAX_AUDITS / 2) {
        throw new IllegalArgumentException("more than %d audits".formatted(MAX_AUDITS));
      }
      low = high;
      high *= 2;
    }
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (atMost(found, middle, rate) > 1 - claim.confidence()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return new Plan(found, high, atMost(found, high, review.falseAlarms()));
  }

  /** The smallest plan with which a fleet without harm passes as wanted. */
  public Plan recommended() {
    int low = -1;
    int high = 0;
    while (plan(high).passing() < claim.power()) {
      if (high > MAX_FOUND) {
        throw new IllegalArgumentException("more than %d audits".formatted(MAX_AUDITS));
      }
      low = high;
      high = 2 * high + 1;
    }
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (plan(middle).passing() < claim.power()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return plan(high);
  }

  /** The plans for 0 found up to {@code found}. */
  public List<Plan> plans(int found) {
    List<Plan> plans = new ArrayList<>();
    for (int k = 0; k <= found; k++) {
      plans.add(plan(k));
    }
    return plans;
  }

  /** All of it for people, lines that end in a line break. */
  public String table(int found) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "claim: harm in less than %s %% of the actions that were not escalated, at %s %% confidence",
        short4(100 * claim.rate()),
        short4(100 * claim.confidence()));
    line(
        text,
        "review: finds %s %% of what is harmful and %s %% of what is harmless (%d confirming)",
        short4(100 * review.found()),
        short4(100 * review.falseAlarms()),
        review.confirmations());
    line(text, "%8s %14s  %s", "found", "audits", "a fleet without harm passes with");
    plans(found).forEach(plan -> line(text, plan));
    line(text, "smallest plan that such a fleet passes with %s %%:", short4(100 * claim.power()));
    line(text, recommended());
    return text.toString();
  }

  private static void line(StringBuilder text, Plan plan) {
    line(text, "%8d %,14d  %.1f %%", plan.found(), plan.audits(), 100 * plan.passing());
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** At most four digits, without trailing zeros. */
  private static String short4(double value) {
    return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  private static double atMost(int found, int audits, double rate) {
    return BinomialDistribution.of(audits, rate).cumulativeProbability(found);
  }
}
