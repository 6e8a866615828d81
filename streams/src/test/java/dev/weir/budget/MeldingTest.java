/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.budget.Melding.Argument;
import dev.weir.budget.Melding.Slope;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.random.MersenneTwister;
import org.junit.jupiter.api.Test;

class MeldingTest {
  @Test
  void shouldGiveTheValuesOwnIntervalWhenThereIsOneArgument() {
    Proportion share = new Proportion(7, 200);
    Interval melded = Melding.interval(List.of(new Argument(share, Slope.RISES)), v -> v[0], 0.05);
    Interval own = share.once(0.05);
    assertThat(melded.low()).isCloseTo(own.low(), within(2e-4));
    assertThat(melded.high()).isCloseTo(own.high(), within(2e-4));
  }

  /** Bayer, Fay and Graubard's interval by their own recipe: 200,000 draws of another library. */
  @Test
  void shouldMatchRandomDrawsWhenATestIsImperfect() {
    Proportion apparent = new Proportion(40, 1000);
    Proportion alarms = new Proportion(3, 300);
    Proportion recognised = new Proportion(54, 60);

    Interval melded =
        Melding.interval(
            List.of(
                new Argument(apparent, Slope.RISES),
                new Argument(alarms, Slope.FALLS),
                new Argument(recognised, Slope.FALLS)),
            MeldingTest::roganGladen,
            0.05);

    assertThat(melded.low()).isCloseTo(drawn(0.025, 40, 4, 55), within(4e-4));
    assertThat(melded.high()).isCloseTo(drawn(0.975, 41, 3, 54), within(6e-4));
  }

  private static double drawn(double p, int found, int alarms, int recognised) {
    MersenneTwister random = new MersenneTwister(11);
    BetaDistribution a = new BetaDistribution(random, found, 1001 - found);
    BetaDistribution f = new BetaDistribution(random, alarms, 301 - alarms);
    BetaDistribution s = new BetaDistribution(random, recognised, 61 - recognised);
    double[] values = new double[100_000];
    Arrays.setAll(values, i -> roganGladen(new double[] {a.sample(), f.sample(), s.sample()}));
    Arrays.sort(values);
    return values[(int) (p * values.length)];
  }

  private static double roganGladen(double[] v) {
    return Math.max(0, (v[0] - v[1]) / (v[2] - v[1]));
  }
}
