/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class UntoldTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-12);

  private final Untold untold = new Untold();

  @Test
  void shouldCountWhatIsUnderWayUntilAPriceCoversIt() {
    untold.add(3);
    untold.exposed(100);
    untold.add(-10);
    untold.exposed(200);
    untold.add(1);

    assertThat(untold.net()).isCloseTo(-6, EXACT);
    untold.priced(199);
    assertThat(untold.net()).as("the first exposure is priced").isCloseTo(-9, EXACT);
    assertThat(untold.unexposed()).isCloseTo(1, EXACT);
    untold.priced(200);
    assertThat(untold.net()).isCloseTo(1, EXACT);
  }

  @Test
  void shouldStayBoundedAndForgetNothingWhenNoPriceComes() {
    for (int i = 1; i <= 1_000; i++) {
      untold.add(1);
      untold.exposed(i);
    }
    assertThat(untold.underWay()).hasSize(Untold.MAX_UNDER_WAY);
    assertThat(untold.net()).isCloseTo(1_000, EXACT);
    untold.priced(1_000 - Untold.MAX_UNDER_WAY);
    assertThat(untold.net()).as("the oldest are one").isCloseTo(1_000, EXACT);
    untold.priced(1_000 - Untold.MAX_UNDER_WAY + 1);
    assertThat(untold.net()).isCloseTo(Untold.MAX_UNDER_WAY - 1, EXACT);
  }

  @Test
  void shouldGoOnTheSameWhenRestored() {
    untold.add(3);
    untold.exposed(100);
    untold.add(-10);

    Untold restored = Untold.restored(untold.underWay(), untold.unexposed());

    assertThat(restored.net()).isEqualTo(untold.net());
    restored.priced(100);
    assertThat(restored.net()).isCloseTo(-10, EXACT);
    assertThat(untold.net()).isCloseTo(-7, EXACT);
  }
}
