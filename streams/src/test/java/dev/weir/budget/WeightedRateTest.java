/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.budget.WeightedRate.Inclusions;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WeightedRateTest {
  /** Published tables of Garwood's exact limits of a Poisson count. */
  @Test
  void shouldGiveTheTablesBoundsWhenWeightsAreEqual() {
    Interval ten = new WeightedRate(count(10, 1), 1, Inclusions.ALL, 1).once(0.05);
    assertThat(ten.low()).isCloseTo(4.795, within(5e-4));
    assertThat(ten.high()).isCloseTo(18.390, within(5e-4));
    assertThat(new WeightedRate(count(0, 1), 1, Inclusions.ALL, 1).once(0.05).high())
        .isCloseTo(3.689, within(5e-4));
    assertThat(new WeightedRate(count(0, 1), 1, Inclusions.ALL, 1).once(0.05).low()).isZero();
  }

  @Test
  void shouldScaleWithThePopulationWhenActionsAreSampled() {
    Interval sampled = new WeightedRate(count(10, 50), 1, least(0.02), 1e-5).once(0.05);
    assertThat(sampled.low()).isCloseTo(4.795 * 50 / 1e5, within(5e-7));
    assertThat(sampled.high()).isCloseTo(18.390 * 50 / 1e5, within(5e-7));
  }

  @Test
  void shouldMatchMomentsWhenWeightsDiffer() {
    WeightedCount count = count(4, 10).plus(count(2, 100));
    WeightedRate rate = new WeightedRate(count, 1, least(0.01), 1);
    // another library's gamma with the sum's mean and variance, and with one more of weight 100
    double mean = 240;
    double variance = 4 * 100 + 2 * 10_000;
    assertThat(rate.lower(0.025)).isCloseTo(gamma(mean, variance, 0.025), within(1e-6));
    assertThat(rate.upper(0.975))
        .isCloseTo(gamma(mean + 100, variance + 10_000, 0.975), within(1e-6));
  }

  private static double gamma(double mean, double variance, double p) {
    return new org.apache.commons.math3.distribution.GammaDistribution(
            mean * mean / variance, variance / mean)
        .inverseCumulativeProbability(p);
  }

  @Test
  void shouldSolveItsEquationWhenNothingIsFound() {
    double audits = 3000;
    double high =
        new WeightedRate(WeightedCount.NONE, 1, least(0.1), 0.1 / audits).always(0.05).high();
    double expected = (Math.log(1 / 0.05) + 0.25 * Math.log((30 + audits) / 30)) / audits;
    assertThat(high).isCloseTo(expected, within(1e-12));
  }

  @Test
  void shouldHoldAtEveryLookWhenWeightsDiffer() {
    SplittableRandom random = new SplittableRandom(5);
    int missed = 0;
    int runs = 400;
    for (int run = 0; run < runs; run++) {
      missed += missesOnce(random) ? 1 : 0;
    }
    assertThat(missed).isLessThanOrEqualTo(20);
  }

  /** The rate itself moves: what is bounded is its running mean. */
  private static boolean missesOnce(SplittableRandom random) {
    WeightedCount found = WeightedCount.NONE;
    double harm = 0;
    for (int n = 1; n <= 20_000; n++) {
      double inclusion = n % 3 == 0 ? 0.5 : 0.1;
      double rate = n % 3 == 0 ? 0.02 : n < 5_000 ? 0.001 : 0.004;
      harm += rate;
      if (random.nextDouble() < rate * inclusion) {
        found = found.plus(1 / inclusion);
      }
      if (n % 100 == 0
          && !new WeightedRate(found, 1, least(0.1), 1.0 / n).always(0.05).contains(harm / n)) {
        return true;
      }
    }
    return false;
  }

  @Property
  void shouldHoldItsEstimateAndBeWiderWhenItHoldsAlways(
      @ForAll @IntRange(max = 500) int light,
      @ForAll @IntRange(max = 50) int heavy,
      @ForAll @DoubleRange(min = 0.5, max = 1000) double unit) {
    WeightedCount count = count(light, 2 * unit).plus(count(heavy, 100 * unit));
    WeightedRate rate = new WeightedRate(count, unit, least(0.01), 1e-6);

    assertThat(rate.once(0.05).contains(rate.estimate())).isTrue();
    assertThat(rate.always(0.05).contains(rate.estimate())).isTrue();
    assertThat(rate.always(0.05).high()).isGreaterThan(rate.once(0.05).high());
  }

  @Test
  void shouldRefuseWhenAWeightIsNone() {
    assertThatThrownBy(() -> WeightedCount.NONE.plus(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WeightedRate(WeightedCount.NONE, 0, least(1), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Inclusions least(double inclusion) {
    return new Inclusions(inclusion, inclusion);
  }

  private static WeightedCount count(int events, double weight) {
    return new WeightedCount(events, events * weight, events * weight * weight);
  }
}
