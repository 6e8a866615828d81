/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.event.Distribution;
import dev.weir.event.LorenzPoint;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ConcentrationsTest {
  @Property(tries = 300)
  void shouldAgreeWithNaiveComputationWhenDataAreRandom(
      @ForAll @Size(min = 1, max = 400) List<@DoubleRange(min = -4, max = 4) Double> risks) {
    RiskHistogram histogram = RiskHistogram.fine();
    double[] masses = new double[risks.size()];
    for (int i = 0; i < masses.length; i++) {
      masses[i] = Math.pow(10, risks.get(i));
      histogram.add(risks.get(i), masses[i]);
    }

    Distribution distribution = Concentrations.of(histogram);

    assertThat(distribution.getCount()).isEqualTo(masses.length);
    assertThat(distribution.getMass()).isCloseTo(sum(masses), within(1e-9 * sum(masses)));
    assertThat(distribution.getGini()).isCloseTo(naiveGini(masses), within(0.006));
    assertThat(distribution.getTop1Percent()).isCloseTo(naiveTop(masses, 0.01), within(0.024));
    assertThat(distribution.getTop01Percent()).isCloseTo(naiveTop(masses, 0.001), within(0.024));
    assertThat(distribution.getLorenz()).hasSize(16);
    for (LorenzPoint point : distribution.getLorenz()) {
      assertThat(point.getMassShare())
          .as("the lowest %s", point.getCountShare())
          .isCloseTo(1 - naiveTop(masses, 1 - point.getCountShare()), within(0.024));
    }
  }

  @Property(tries = 100)
  void shouldRiseAndBendUpwardsWhenDataAreRandom(
      @ForAll @Size(min = 1, max = 200) List<@DoubleRange(min = -4, max = 4) Double> risks) {
    RiskHistogram histogram = RiskHistogram.fine();
    risks.forEach(risk -> histogram.add(risk, Math.pow(10, risk)));

    double count = 0;
    double mass = 0;
    double slope = 0;
    for (LorenzPoint point : Concentrations.of(histogram).getLorenz()) {
      double next = (point.getMassShare() - mass) / (point.getCountShare() - count);
      assertThat(next).isGreaterThanOrEqualTo(slope - 1e-6);
      assertThat(point.getMassShare()).isLessThanOrEqualTo(point.getCountShare() + 1e-9);
      count = point.getCountShare();
      mass = point.getMassShare();
      slope = next;
    }
  }

  @Test
  void shouldBeZeroWhenSpreadEvenly() {
    RiskHistogram histogram = RiskHistogram.fine();
    for (int i = 0; i < 1000; i++) {
      histogram.add(1, 10);
    }

    Distribution distribution = Concentrations.of(histogram);

    assertThat(distribution.getGini()).isCloseTo(0, within(1e-9));
    assertThat(distribution.getTop1Percent()).isCloseTo(0.01, within(1e-9));
  }

  @Test
  void shouldBeNearOneWhenOneHoldsAll() {
    RiskHistogram histogram = RiskHistogram.fine();
    histogram.add(6, 1e6);
    for (int i = 0; i < 9999; i++) {
      histogram.add(Double.NEGATIVE_INFINITY, 0);
    }

    assertThat(Concentrations.gini(histogram)).isCloseTo(0.9999, within(1e-9));
    assertThat(Concentrations.topShares(histogram, 0.001)).containsExactly(1);
  }

  @Test
  void shouldBeZeroWhenEmptyOrMassless() {
    RiskHistogram histogram = RiskHistogram.fine();
    assertThat(Concentrations.of(histogram))
        .isEqualTo(new Distribution(0L, 0.0, 0.0, 0.0, 0.0, List.of(), null));
    histogram.add(Double.NEGATIVE_INFINITY, 0);
    assertThat(Concentrations.of(histogram))
        .isEqualTo(new Distribution(1L, 0.0, 0.0, 0.0, 0.0, List.of(), null));
  }

  /** Mean absolute difference over twice the mean, pair by pair. */
  private static double naiveGini(double[] masses) {
    double differences = 0;
    for (double a : masses) {
      for (double b : masses) {
        differences += Math.abs(a - b);
      }
    }
    return differences / (2.0 * masses.length * sum(masses));
  }

  private static double naiveTop(double[] masses, double fraction) {
    double[] sorted = masses.clone();
    Arrays.sort(sorted);
    double left = fraction * sorted.length;
    double top = 0;
    for (int i = sorted.length - 1; i >= 0 && left > 0; i--) {
      top += sorted[i] * Math.min(1, left);
      left -= 1;
    }
    return top / sum(masses);
  }

  private static double sum(double[] masses) {
    return Arrays.stream(masses).sum();
  }
}
