/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.policy.Shares;
import dev.weir.state.CapState;
import dev.weir.wire.SingleObject;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CapsTest {
  private static final SingleObject<CapState> CODEC = SingleObject.of(CapState.class);
  private static final Belonging FLOODER = new Belonging(11, 21, 31, 41);
  private static final Belonging OTHER = new Belonging(12, 22, 32, 42);
  private final Caps caps = new Caps(Shares.DEFAULT, 1);

  @Test
  void shouldAskNoSurchargeBeforeAnythingWasReviewed() {
    assertThat(caps.surcharge(FLOODER, 0, at(0))).isZero();
  }

  @Test
  void shouldAskASurchargeOnceAnAgentHadItsShare() {
    known(FLOODER);
    caps.spend(FLOODER, 100, at(0));
    assertThat(caps.surcharge(FLOODER, 0, at(0))).as("one review is free").isZero();
    caps.spend(FLOODER, 100, at(0));
    caps.spend(FLOODER, 100, at(0));
    caps.spend(FLOODER, 100, at(0));
    caps.spend(FLOODER, 100, at(0));

    // the agent may have 4 % of 10,000 and had 500: a debt of one review
    assertThat(caps.surcharge(new Belonging(11, 0, 0, 0), 0, at(0))).isCloseTo(4, within(1e-9));
    assertThat(caps.surcharge(OTHER, 0, at(0))).isZero();
  }

  @Test
  void shouldForgiveAsBudgetAccrues() {
    Belonging agent = new Belonging(11, 0, 0, 0);
    known(agent);
    for (int i = 0; i < 5; i++) {
      caps.spend(agent, 100, at(0));
    }

    assertThat(caps.surcharge(agent, 0, at(1_250))).isCloseTo(2, within(1e-9));
    assertThat(caps.surcharge(agent, 0, at(2_500))).isZero();
  }

  @Test
  void shouldForgiveWhatItsOwnActionsPayFor() {
    Belonging agent = new Belonging(11, 0, 0, 0);
    known(agent);
    for (int i = 0; i < 5; i++) {
      caps.spend(agent, 100, at(0));
    }

    assertThat(caps.surcharge(agent, 50, at(100))).isCloseTo(2, within(1e-9));
    assertThat(caps.surcharge(agent, 50, at(100))).isZero();
  }

  @Test
  void shouldShareAmongAllThatAreNewTogether() {
    for (int agent = 100; agent < 110; agent++) {
      Belonging stranger = new Belonging(agent, 0, 0, 0);
      caps.surcharge(stranger, 0, at(0));
      caps.spend(stranger, 100, at(0));
    }

    assertThat(caps.surcharge(new Belonging(999, 0, 0, 0), 0, at(0))).isGreaterThan(4);
    known(OTHER);
    assertThat(caps.surcharge(OTHER, 0, at(0))).isZero();
  }

  @Test
  void shouldAskNothingWhenSharesAreWhole() {
    Caps free = new Caps(Shares.NONE, 1);
    for (int i = 0; i < 100; i++) {
      free.surcharge(FLOODER, 0, at(0));
      free.spend(FLOODER, 100, at(0));
    }
    assertThat(free.surcharge(FLOODER, 0, at(0))).isZero();
  }

  @Test
  void shouldStayBoundedWhenEveryActionIsOfAnother() {
    for (int i = 1; i < 20_000; i++) {
      Belonging another = new Belonging(i * 7_919L, i * 7_907L + 3, 0, 0);
      caps.surcharge(another, 0, at(i));
      caps.spend(another, 100, at(i));
    }

    assertThat(caps.state().getDebts()).hasSizeLessThanOrEqualTo(Caps.MAX_DEBTS);
    assertThat(CODEC.encode(caps.state()).length).isLessThan(50_000);
  }

  @Property(tries = 20)
  void shouldGoOnTheSameWhenRestored(@ForAll @IntRange(max = 999) int when) {
    Caps unbroken = new Caps(Shares.DEFAULT, 1);
    Caps broken = new Caps(Shares.DEFAULT, 1);
    for (int i = 0; i < 1_000; i++) {
      if (i == when) {
        broken = Caps.restored(CODEC.decode(CODEC.encode(broken.state())), Shares.DEFAULT, 1);
      }
      Belonging of = new Belonging(1 + i % 13, 100 + i % 57, 200 + i % 3, 300 + i % 7);
      double expected = unbroken.surcharge(of, 0.1, at(i));
      assertThat(broken.surcharge(of, 0.1, at(i))).isEqualTo(expected);
      if (i % 5 == 0) {
        unbroken.spend(of, 100, at(i));
        broken.spend(of, 100, at(i));
      }
    }
    assertThat(broken.state()).isEqualTo(unbroken.state());
  }

  private void known(Belonging of) {
    for (int i = 0; i <= Caps.KNOWN_FROM; i++) {
      caps.surcharge(of, 0, at(0));
    }
  }

  private static Caps.Window at(double accrued) {
    return new Caps.Window(accrued, 10_000, 100);
  }
}
