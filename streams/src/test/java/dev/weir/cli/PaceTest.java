/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void shouldNotWaitWhenThereIsNoRate() throws InterruptedException {
    for (double rate : new double[] {0, -1, Double.NaN}) {
      Pace pace = Pace.of(rate);
      for (int i = 0; i < 1_000_000; i++) {
        pace.await();
      }
    }
  }

  @Test
  void shouldTakeAsLongAsTheRateSaysWhenThereIsOne() throws InterruptedException {
    long startNs = System.nanoTime();
    Pace pace = Pace.of(1000);
    for (int i = 0; i <= 50; i++) {
      pace.await();
    }

    assertThat(System.nanoTime() - startNs)
        .as("the 51st is due 50 intervals after the first")
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
  }

  @Test
  void shouldStopWaitingWhenInterrupted() {
    Pace pace = Pace.of(1e-6);
    Thread.currentThread().interrupt();

    assertThatThrownBy(
            () -> {
              pace.await();
              pace.await();
            })
        .isInstanceOf(InterruptedException.class);
  }
}
