/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatioTest {
  /** The mixture over the prior by plain sums, and its crossings by plain steps. */
  private static Interval naive(long found, double expected, double error) {
    double total = 0;
    double weights = 0;
    for (double root = 0.0005; root < 4; root += 0.001) { // ratio = root^8 is fine near 0
      double ratio = Math.pow(root, 8);
      double prior = Math.pow(ratio, -0.75) * Math.exp(-0.25 * ratio) * 8 * Math.pow(root, 7);
      weights += prior;
      total += prior * Math.exp(found * Math.log(ratio) - ratio * expected);
    }
    double mixture = Math.log(total / weights) + Math.log(error);
    double low = Double.NaN;
    double high = Double.NaN;
    for (double ratio = 1e-4; ratio < 200; ratio *= 1.0005) {
      if (found * Math.log(ratio) - ratio * expected >= mixture) {
        low = Double.isNaN(low) ? ratio : low;
        high = ratio;
      }
    }
    return new Interval(found == 0 ? 0 : low, high);
  }

  @Test
  void shouldAgreeWithANaiveMixture() {
    long[] found = {0, 1, 6, 20, 20};
    double[] expected = {5, 0.5, 1, 20, 4};
    for (int i = 0; i < found.length; i++) {
      Interval bounds = new Ratio(found[i], expected[i]).always(0.05);
      Interval naive = naive(found[i], expected[i], 0.05);
      assertThat(bounds.low())
          .as("%d of %s", found[i], expected[i])
          .isCloseTo(naive.low(), within(0.01 * naive.high()));
      assertThat(bounds.high()).isCloseTo(naive.high(), within(0.01 * naive.high()));
    }
  }

  /** However often one looks, and whatever each action's probability is. */
  @Test
  void shouldSeldomExcludeOneWhenNobodyIsWorse() {
    SplittableRandom random = new SplittableRandom(7);
    int runs = 1_000;
    int wrong = 0;
    for (int run = 0; run < runs; run++) {
      long found = 0;
      double expected = 0;
      boolean out = false;
      for (int i = 0; i < 400 && !out; i++) {
        double p = i % 7 == 0 ? 0.4 : 0.02;
        expected += p;
        found += random.nextDouble() < p ? 1 : 0;
        out = !new Ratio(found, expected).always(0.05).contains(1);
      }
      wrong += out ? 1 : 0;
    }
    assertThat((double) wrong / runs).isLessThan(0.05);
  }

  @Test
  void shouldFindWhoIsThreeTimesWorse() {
    SplittableRandom random = new SplittableRandom(8);
    int seen = 0;
    for (int run = 0; run < 200; run++) {
      long found = 0;
      for (int i = 0; i < 300; i++) {
        found += random.nextDouble() < 0.3 ? 1 : 0;
      }
      seen += new Ratio(found, 30).always(0.01).low() > 1 ? 1 : 0;
    }
    assertThat(seen).isGreaterThan(195);
  }

  @Test
  void shouldRefuseWhatCannotHaveBeenCounted() {
    assertThatThrownBy(() -> new Ratio(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Ratio(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Ratio(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }
}
