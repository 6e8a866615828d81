/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.policy.CostShares;
import dev.weir.state.CostsState;
import dev.weir.wire.SingleObject;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BelievedCostsTest {
  private static final SingleObject<CostsState> CODEC = SingleObject.of(CostsState.class);

  @Test
  void shouldBelieveNoMoreThanItsShareWhenOneAgentTellsDearActions() {
    BelievedCosts costs = fresh();
    double honest = 0;
    double liar = 0;
    for (int i = 0; i < 10_000; i++) {
      if (i % 10 == 0) {
        liar += costs.believed(1_000, agent(7, i / 200));
      } else {
        honest += costs.believed(1, agent(8 + i % 50, i));
      }
    }
    assertThat(honest).isCloseTo(9_000, within(1e-9));
    // a thousand actions at about 1, and at most a hundredth of all for its tasks, one after
    // another
    assertThat(liar).isBetween(1_000.0, 1_000 + 0.011 * 11_000 + 50);
  }

  @Test
  void shouldBelieveAllWhenAllActionsAreDear() {
    BelievedCosts costs = fresh();
    double believed = 0;
    for (int i = 0; i < 20_000; i++) {
      double counted = costs.believed(50, agent(1 + i % 20, i / 40));
      believed += i < 10_000 ? 0 : counted;
    }
    assertThat(believed).isCloseTo(500_000, within(5_000.0));
  }

  @Test
  void shouldNotLetOneAgentSayWhatIsUsualWhenItSendsNineActionsInTen() {
    BelievedCosts costs = fresh();
    double believed = 0;
    for (int i = 0; i < 20_000; i++) {
      boolean honest = i % 10 == 0;
      believed += costs.believed(honest ? 1 : 1_000, honest ? agent(2 + i % 7, 5) : agent(1, 1));
    }
    assertThat(believed).isLessThan(1.1 * 20_000);
  }

  @Test
  void shouldBelieveWhatIsToldWhenThereIsNoCap() {
    BelievedCosts costs = new BelievedCosts(new CostShares(1, 1));
    assertThat(costs.believed(1_000, agent(1, 1))).isEqualTo(1_000);
    assertThat(costs.state().getTellers()).isEmpty();
  }

  @Property(tries = 50)
  void shouldGoOnTheSameAndStayBoundedWhenRestored(@ForAll int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BelievedCosts unbroken = fresh();
    BelievedCosts broken = fresh();
    for (int i = 0; i < 5_000; i++) {
      if (random.nextInt(800) == 0) {
        CostsState stored = CODEC.decode(CODEC.encode(broken.state()));
        broken = BelievedCosts.restored(CostShares.DEFAULT, stored);
      }
      double told = Math.pow(10, random.nextDouble(-3, 3));
      Belonging of = agent(1 + random.nextInt(2_000), random.nextInt(9_000));
      double counted = unbroken.believed(told, of);
      assertThat(broken.believed(told, of)).isEqualTo(counted);
      assertThat(counted).isLessThanOrEqualTo(told).isNotNegative();
    }
    assertThat(broken.state()).isEqualTo(unbroken.state());
    assertThat(broken.state().getTellers()).hasSizeLessThanOrEqualTo(BelievedCosts.MAX_TELLERS);
  }

  private static BelievedCosts fresh() {
    return new BelievedCosts(CostShares.DEFAULT);
  }

  private static Belonging agent(long agent, long task) {
    return new Belonging(agent, 100_000 + task, 0, 0);
  }
}
