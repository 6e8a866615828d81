/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.budget.Melding.Argument;
import dev.weir.budget.Melding.Slope;
import dev.weir.budget.WeightedRate.Inclusions;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was missed among actions that were not escalated, estimated from two-phase audits and
 * corrected for what reviewers get wrong.
 *
 * <p>Let A and B be the rates, per action, of screen positives that the dear tier found harmful and
 * cleared, weighted by one over their inclusion probabilities; s and f its sensitivity and rate of
 * false alarms among what the screen passes on, t the screen's sensitivity. Then the rate of harm
 * is (A − f·(A + B)) / ((s − f)·t): Rogan and Gladen's estimate (American Journal of Epidemiology
 * 1978) among the screen's positives, over the share of the harm that the screen passes on. The
 * screen's own rate of false alarms falls out: the traffic shows it. The tiers need not err
 * independently if the dear tier's probes are such as the screen found harmful. Taken to be
 * independent, confirmed negatives of the screen, harmless but for a share that the formula
 * corrects for, sharpen f.
 *
 * <p>Invariant: {@code once} is melded from the values' confidence distributions, {@code always} is
 * the worst over sequences of each value's own that miss with probability error in sum. Answers
 * that are still out are taken to be as those that came in.
 *
 * @param rate of harm per action that was not escalated, in [0, 1]
 * @param mass missed in LU per action that was not escalated, each action's harm cut at the cap
 * @param unaided the rate from the dear tier alone, by confirmed negatives instead of the screen's
 *     sensitivity: wider, but blind to nothing that the screen is blind to
 * @param aboveCap how many audits found harm above the cap: beyond it nothing is estimable
 */
public record MissedRisk(Estimate rate, Estimate mass, Estimate unaided, long aboveCap) {
  /** Weight of the found, beside 1 of each other value, when error is shared out. */
  private static final int SHARE_OF_FOUND = 4;

  /** True if the screen lets more pass than its probes say: its probes are too easy. */
  public boolean screenDoubtful() {
    return unaided.once().low() > rate.once().high();
  }

  /**
   * The estimate from counts.
   *
   * @param counts with at least one action and one screened audit
   * @param negativeShare share of the screen's negatives that is confirmed
   */
  static MissedRisk of(AuditCounts counts, double negativeShare, Reviewers reviewers) {
    Model model = Model.of(counts, reviewers);
    return new MissedRisk(
        model.estimate(counts.found(), counts.cleared(), 1),
        model.estimate(counts.foundMass(), counts.clearedMass(), counts.cap()),
        unaided(counts, negativeShare, reviewers),
        counts.aboveCap());
  }

  private static Estimate unaided(AuditCounts counts, double negativeShare, Reviewers reviewers) {
    WeightedCount negatives = counts.foundNegative();
    double confirmed = negatives.sum() + counts.clearedNegative().sum();
    double screenNegatives = counts.screened().sum() - counts.positives().sum();
    double ratio = confirmed > 0 ? screenNegatives / confirmed : 1;
    WeightedCount scaled =
        new WeightedCount(
            negatives.count(), negatives.sum() * ratio, negatives.squares() * ratio * ratio);
    double scale = counts.drawn().sum() / counts.screened().sum() / counts.passed();
    Measured all =
        new WeightedRate(
            counts.found().plus(scaled), 1, counts.inclusions().times(negativeShare), scale);
    ReviewerError dear = reviewers.dear();
    return estimate(
        List.of(
            new Argument(all, Slope.RISES),
            new Argument(dear.falseAlarms(), Slope.FALLS),
            new Argument(dear.sensitivity(), Slope.FALLS)),
        v -> within((v[0] - v[1]) / (v[2] - v[1]), v[0] - v[1], v[2] - v[1], 1),
        reviewers.error());
  }

  private static double within(double ratio, double above, double below, double most) {
    if (above <= 0) {
      return 0;
    }
    return below <= 0 ? most : Math.min(most, ratio);
  }

  private static Estimate estimate(
      List<Argument> arguments, ToDoubleFunction<double[]> function, double error) {
    double[] values = arguments.stream().mapToDouble(a -> a.value().estimate()).toArray();
    return new Estimate(
        function.applyAsDouble(values),
        Melding.interval(arguments, function, error),
        always(arguments, function, error));
  }

  private static Interval always(
      List<Argument> arguments, ToDoubleFunction<double[]> function, double error) {
    double share = error / (arguments.size() - 1 + SHARE_OF_FOUND);
    double[] low = new double[arguments.size()];
    double[] high = new double[arguments.size()];
    for (int i = 0; i < low.length; i++) {
      Argument argument = arguments.get(i);
      Interval bounds = argument.value().always(i == 0 ? SHARE_OF_FOUND * share : share);
      boolean rises = argument.slope() == Slope.RISES;
      low[i] = rises ? bounds.low() : bounds.high();
      high[i] = rises ? bounds.high() : bounds.low();
    }
    return new Interval(function.applyAsDouble(low), function.applyAsDouble(high));
  }

  /**
   * How well audits are reviewed.
   *
   * @param screen the cheap tier
   * @param dear the dear tier, its quorum as a whole, probed with what the screen found harmful
   * @param independent whether the dear tier is taken to raise as many false alarms among the
   *     screen's negatives as among its positives: confirmed negatives then count as probes. Where
   *     that does not hold, harm is overstated
   * @param error probability with which each interval may miss, in (0, 1)
   */
  public record Reviewers(
      ReviewerError screen, ReviewerError dear, boolean independent, double error) {
    /** Without the assumption of independence. */
    public Reviewers(ReviewerError screen, ReviewerError dear, double error) {
      this(screen, dear, false, error);
    }
  }

  /**
   * What all figures of one group share.
   *
   * @param scale what one unit of weight adds to a rate
   * @param dear the dear tier; if independent, confirmed negatives counted as probes
   * @param leak harm among those negatives over harm that the screen passes on, were t one half
   */
  private record Model(
      Inclusions inclusions,
      double scale,
      ReviewerError dear,
      Measured sensitivity,
      double leak,
      double error) {
    static Model of(AuditCounts counts, Reviewers reviewers) {
      double confirmed = counts.found().sum() + counts.cleared().sum();
      double waiting = confirmed > 0 ? counts.positives().sum() / confirmed : 1;
      double scale = counts.drawn().sum() / counts.screened().sum() * waiting / counts.passed();
      long negatives = counts.foundNegative().count() + counts.clearedNegative().count();
      Proportion harmless = new Proportion(counts.foundNegative().count(), negatives);
      boolean pooled = reviewers.independent();
      double positive = counts.positives().sum() / counts.screened().sum();
      return new Model(
          counts.inclusions(),
          scale,
          pooled ? reviewers.dear().withHarmless(harmless) : reviewers.dear(),
          reviewers.screen().sensitivity(),
          (pooled ? share(reviewers.dear(), negatives) : 0)
              * positive
              / Math.max(1 - positive, 1e-9),
          reviewers.error());
    }

    private static double share(ReviewerError dear, long negatives) {
      return dear.falseAlarms() instanceof Proportion probes && negatives > 0
          ? (double) negatives / (negatives + probes.trials())
          : 0;
    }

    /**
     * What was found less false alarms, over what would have been found of all.
     *
     * @param most the greatest value of one action
     */
    Estimate estimate(WeightedCount found, WeightedCount cleared, double most) {
      return MissedRisk.estimate(
          List.of(
              new Argument(new WeightedRate(found, most, inclusions, scale), Slope.RISES),
              new Argument(new WeightedRate(cleared, most, inclusions, scale), Slope.FALLS),
              new Argument(dear.falseAlarms(), Slope.FALLS),
              new Argument(dear.sensitivity(), Slope.FALLS),
              new Argument(sensitivity, Slope.FALLS)),
          v -> corrected(v, most),
          error);
    }

    private double corrected(double[] v, double most) {
      double above = v[0] - v[2] * (v[0] + v[1]);
      double passedOn = v[4] - leak * (1 - v[4]);
      double below = passedOn <= 0 ? 0 : (v[3] - v[2]) * passedOn;
      return within(above / below, above, below, most);
    }
  }
}
