/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProportionTest {
  /** Published tables of Clopper and Pearson's limits. */
  @Test
  void shouldGiveTheTablesBoundsWhenCountsAreSmall() {
    Interval tenOfAHundred = new Proportion(10, 100).once(0.05);
    assertThat(tenOfAHundred.low()).isCloseTo(0.0490, within(5e-5));
    assertThat(tenOfAHundred.high()).isCloseTo(0.1762, within(5e-5));
    assertThat(new Proportion(0, 10).once(0.05).high()).isCloseTo(0.3085, within(5e-5));
    assertThat(new Proportion(10, 10).once(0.05).low()).isCloseTo(0.6915, within(5e-5));
  }

  @Test
  void shouldNeed2995CleanOnesWhenHarmIsClaimedBelowOneInAThousand() {
    assertThat(new Proportion(0, 2995).upper(0.95)).isLessThan(0.001);
    assertThat(new Proportion(0, 2994).upper(0.95)).isGreaterThan(0.001);
  }

  @Test
  void shouldSolveItsEquationWhenNoneSucceeds() {
    // likelihood (1 − p)^n against its mean 1 / (n + 1)
    int n = 500;
    double high = new Proportion(0, n).always(0.05).high();
    assertThat(high).isCloseTo(1 - Math.pow(0.05 / (n + 1), 1.0 / n), within(1e-12));
  }

  @Test
  void shouldSayNothingWhenThereAreNoTrials() {
    Proportion none = new Proportion(0, 0);
    assertThat(none.once(0.05)).isEqualTo(new Interval(0, 1));
    assertThat(none.always(0.05)).isEqualTo(new Interval(0, 1));
  }

  @Test
  void shouldHoldAtEveryLookWhenThereAreMany() {
    SplittableRandom random = new SplittableRandom(3);
    int missed = 0;
    int runs = 500;
    for (int run = 0; run < runs; run++) {
      missed += missesOnce(random, 0.05) ? 1 : 0;
    }
    assertThat(missed).isLessThanOrEqualTo(25);
  }

  private static boolean missesOnce(SplittableRandom random, double share) {
    int found = 0;
    for (int n = 1; n <= 2000; n++) {
      found += random.nextDouble() < share ? 1 : 0;
      if (n % 10 == 0 && !new Proportion(found, n).always(0.05).contains(share)) {
        return true;
      }
    }
    return false;
  }

  @Property
  void shouldBeWiderWhenItHoldsAlways(
      @ForAll @IntRange(max = 1000) int successes, @ForAll @IntRange(max = 5000) int failures) {
    Proportion share = new Proportion(successes, successes + failures);
    Interval once = share.once(0.05);
    Interval always = share.always(0.05);

    assertThat(once.contains(share.estimate())).isTrue();
    assertThat(always.low()).isLessThanOrEqualTo(once.low() + 1e-12);
    assertThat(always.high()).isGreaterThanOrEqualTo(once.high() - 1e-12);
  }

  @Test
  void shouldRefuseWhenMoreSucceedThanWereTried() {
    assertThatThrownBy(() -> new Proportion(2, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
