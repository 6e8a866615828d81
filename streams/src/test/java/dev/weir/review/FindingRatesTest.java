/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.review.FindingRates.Stated;
import org.junit.jupiter.api.Test;

class FindingRatesTest {
  private static Answer answer(String actionClass, double inclusion, boolean harmful) {
    return new Answer(actionClass, inclusion, harmful);
  }

  @Test
  void shouldExpectOfAKindWhatWasFoundOfItBefore() {
    FindingRates rates = new FindingRates();
    assertThat(rates.add(answer("pay", 0, true))).isEqualTo(new Stated(1 / 2.0, 0));
    assertThat(rates.add(answer("pay", 0, false)).high()).isEqualTo(2 / 3.0);
    assertThat(rates.add(answer("pay", 0, false)).high()).isEqualTo(2 / 4.0);
    assertThat(rates.add(answer("pay", 0.01, false)).high()).as("audits apart").isEqualTo(1 / 2.0);
    assertThat(rates.add(answer("pay", 0.1, false)).high()).as("by their draw").isEqualTo(1 / 2.0);
    assertThat(rates.add(answer("read", 0, false)).high()).isEqualTo(1 / 2.0);
    for (int i = 0; i < 10_000; i++) {
      rates.add(answer("pay", 0, i % 10 == 0));
    }
    Stated stated = rates.add(answer("pay", 0, false));
    assertThat(stated.high()).isCloseTo(0.1, within(0.001));
    assertThat(stated.low()).isCloseTo(0.1, within(0.001)).isLessThan(stated.high());
  }

  @Test
  void shouldGoOnAsItWasWhenItIsRestored() {
    FindingRates rates = new FindingRates();
    for (int i = 0; i < 100; i++) {
      rates.add(answer("c" + i % 7, i % 3 * 0.01, i % 5 == 0));
    }
    FindingRates restored = FindingRates.restored(rates.state());

    assertThat(restored.state()).isEqualTo(rates.state());
    assertThat(restored.add(answer("c1", 0, true))).isEqualTo(rates.add(answer("c1", 0, true)));
    assertThat(restored.state()).isEqualTo(rates.state());
  }

  @Test
  void shouldForgetWhatWasAnsweredLeastLatelyWhenThereAreTooManyKinds() {
    FindingRates rates = new FindingRates();
    rates.add(answer("first", 0, true));
    rates.add(answer("second", 0, true));
    rates.add(answer("first", 0, true));
    for (int i = 0; i < FindingRates.MAX - 1; i++) {
      rates.add(answer("c" + i, 0, false));
    }

    assertThat(rates.state().getKinds()).hasSize(FindingRates.MAX);
    assertThat(rates.add(answer("first", 0, true)).high()).isEqualTo(3 / 4.0);
    assertThat(rates.add(answer("second", 0, true)).high()).isEqualTo(1 / 2.0);
  }
}
