/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.Ceiling;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BreakersTest {
  private static final Ceiling WRONG = new Ceiling("wrong", 0.01);
  private static final Ceiling RIGHT = new Ceiling("right", 0.01);

  private static Breakers breakers(double windowActions) {
    return new Breakers(windowActions, Integer.MAX_VALUE);
  }

  @Test
  void shouldHoldWhatAsksForEverythingToItsCeiling() {
    Breakers breakers = breakers(2_000);
    int reviewed = 0;
    for (int i = 0; i < 10_000; i++) {
      breakers.came();
      reviewed += breakers.over(List.of(WRONG)).isEmpty() ? 1 : 0;
    }
    // 0.01 of 10,000, and of a window
    assertThat(reviewed).isBetween(118, 120);
  }

  @Test
  void shouldLeaveOthersTheirReviewsWhenOneIsAboveItsCeiling() {
    Breakers breakers = breakers(0);
    for (int i = 0; i < 1_000; i++) {
      breakers.came();
      List<String> over = breakers.over(i % 200 == 0 ? List.of(WRONG, RIGHT) : List.of(WRONG));
      if (i % 200 == 0) {
        assertThat(over).isEmpty();
      }
    }
  }

  @Test
  void shouldTellAllThatAsksWhenAllAreAboveTheirCeilings() {
    Breakers breakers = breakers(0);
    for (int i = 0; i < Ceiling.AT_ONCE; i++) {
      assertThat(breakers.over(List.of(WRONG, RIGHT))).isEmpty();
    }
    assertThat(breakers.over(List.of(WRONG, RIGHT))).containsExactly("wrong", "right");
    assertThat(breakers.over(List.of())).isEmpty();
  }

  @Test
  void shouldForgetWhoAskedLongestAgoWhenMoreAskThanAreKept() {
    Breakers breakers = new Breakers(0, 8);
    for (int i = 0; i < 100; i++) {
      breakers.came();
      breakers.over(List.of(new Ceiling("asks-" + i, 0.01)));
      assertThat(breakers.state()).hasSizeLessThanOrEqualTo(8);
    }
    assertThat(breakers.state()).anyMatch(state -> state.getAsks().equals("asks-99"));
  }

  @Property(tries = 100)
  void shouldKeepToShareAndBucketInAnyStretchWhenRestoredAtAnyPoint(@ForAll int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double share = Math.pow(10, -random.nextDouble(3));
    double window = random.nextInt(5_000);
    Ceiling ceiling = new Ceiling("asks", share);
    Breakers breakers = breakers(window);
    int from = random.nextInt(2_000);
    int reviewed = 0;
    for (int i = 0; i < 4_000; i++) {
      if (random.nextInt(500) == 0) {
        breakers = breakers(window).restored(breakers.actions(), breakers.state());
      }
      boolean asks = random.nextInt(3) > 0;
      breakers.came();
      boolean at = asks && breakers.over(List.of(ceiling)).isEmpty();
      reviewed += at && i >= from ? 1 : 0;
    }
    double most = share * (4_000 - from) + Math.max(Ceiling.AT_ONCE, share * window);
    assertThat((double) reviewed).isLessThanOrEqualTo(most + 1e-6);
  }
}
