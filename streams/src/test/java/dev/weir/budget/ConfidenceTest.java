/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Lower bounds of shares. */
class ConfidenceTest {
  @Test
  void shouldBeTheClosedFormWhenAllOrOneSucceeded() {
    for (int n : new int[] {1, 20, 200}) {
      assertThat(Confidence.lower(n, n)).isCloseTo(Math.pow(0.01, 1.0 / n), within(1e-9));
      assertThat(Confidence.lower(1, n)).isCloseTo(1 - Math.pow(0.99, 1.0 / n), within(1e-9));
    }
  }

  @Test
  void shouldPutTheTailAtTheErrorWhenSomeSucceeded() {
    double bound = Confidence.lower(8, 20);
    double tail = 0;
    for (int k = 8; k <= 20; k++) {
      tail += choose(20, k) * Math.pow(bound, k) * Math.pow(1 - bound, 20 - k);
    }
    assertThat(tail).isCloseTo(0.01, within(1e-9));
  }

  @Test
  void shouldSayNothingWhenNoneSucceeded() {
    assertThat(Confidence.lower(0, 10)).isZero();
    assertThat(Confidence.lower(0, 0)).isZero();
  }

  @Test
  void shouldComeCloseToTheShareWhenThereAreMany() {
    assertThat(Confidence.lower(5_000, 100_000)).isBetween(0.048, 0.05);
    assertThat(Confidence.lower(100_000, 100_000)).isGreaterThan(0.9999);
  }

  private static double choose(int n, int k) {
    double product = 1;
    for (int i = 1; i <= k; i++) {
      product *= (n - k + i) / (double) i;
    }
    return product;
  }
}
