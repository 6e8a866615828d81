/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.statistics.distribution.GammaDistribution;

/**
 * A rate or a mean loss known from a weighted count of rare events.
 *
 * <p>At one look its confidence distributions are those of Fay and Feuer (Statistics in Medicine
 * 1997) for weighted sums of Poisson counts: gamma with the sum's mean and variance, above with one
 * more event of the greatest weight. With equal weights that is the exact Poisson interval (Garwood
 * 1936). Events that are drawn independently vary no more than Poisson ones.
 *
 * <p>At all looks it is a gamma mixture. By convexity exp(λX) has at most the mean exp(m(e^λ − 1))
 * for any X in [0, 1] of mean m and any λ, so the sum of weights over the greatest one is
 * sub-Poisson (Howard, Ramdas, McAuliffe and Sekhon, Annals of Statistics 2021); mixing λ = log r/m
 * over a gamma prior on r gives a supermartingale (Robbins 1970), and Ville's inequality the bound.
 * It holds for the running mean whatever order the events come in.
 *
 * @param count the events, each weighted by its value over its inclusion probability
 * @param unit the greatest value of an event: 1 for a rate, the cap in LU for a loss
 * @param inclusions the least probabilities with which events were drawn
 * @param scale what one unit of weight adds to the rate: one over the number of actions
 */
public record WeightedRate(WeightedCount count, double unit, Inclusions inclusions, double scale)
    implements Measured {
  /** The prior's shape: below 1, so that small rates are not given up for middling ones. */
  private static final double SHAPE = 0.25;

  /** The prior's rate, in actions audited with the least probability. */
  private static final double RATE = 30;

  /** The prior's mean. */
  static final double PRIOR_MEAN = SHAPE / RATE;

  /** Refuses what is no weight, no probability or no number of actions. */
  public WeightedRate {
    if (!(unit > 0 && scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("unit %s, scale %s".formatted(unit, scale));
    }
  }

  /**
   * The least inclusion probabilities.
   *
   * @param seen of any action so far, in (0, 1]
   * @param floor that any action can ever have, fixed in advance, in (0, seen]
   */
  public record Inclusions(double seen, double floor) {
    /** All are drawn. */
    public static final Inclusions ALL = new Inclusions(1, 1);

    /** Refuses what is no probability. */
    public Inclusions {
      if (!(floor > 0 && floor <= seen && seen <= 1)) {
        throw new IllegalArgumentException("inclusion: seen %s, floor %s".formatted(seen, floor));
      }
    }

    /** The same where each is drawn again with that probability. */
    Inclusions times(double share) {
      return new Inclusions(seen * share, floor * share);
    }
  }

  @Override
  public double estimate() {
    return count.sum() * scale;
  }

  @Override
  public double lower(double p) {
    return count.count() == 0 ? 0 : quantile(count.sum(), count.squares(), p);
  }

  @Override
  public double upper(double p) {
    double most = unit / inclusions.seen();
    return quantile(count.sum() + most, count.squares() + most * most, p);
  }

  private double quantile(double mean, double variance, double p) {
    double unit = variance / mean;
    return GammaDistribution.of(mean / unit, unit * scale).inverseCumulativeProbability(p);
  }

  @Override
  public Interval always(double error) {
    double events = count.sum() * inclusions.floor() / unit;
    double audits = inclusions.floor() / scale;
    double line = mixture(events, audits) + Math.log(error);
    DoubleUnaryOperator inside = m -> (events == 0 ? 0 : events * Math.log(m)) - audits * m - line;
    double peak = events / audits;
    double far = (events + 1) / audits;
    while (inside.applyAsDouble(far) >= 0) {
      far *= 2;
    }
    double low = events == 0 ? 0 : Bisection.crossing(inside, 0, peak);
    return new Interval(unit * low, unit * Bisection.crossing(inside, far, peak));
  }

  /** log of the mean of r^events · e^(−audits·r) over the gamma prior. */
  private static double mixture(double events, double audits) {
    return SHAPE * Math.log(RATE)
        - LogGamma.value(SHAPE)
        + LogGamma.value(SHAPE + events)
        - (SHAPE + events) * Math.log(RATE + audits);
  }
}
