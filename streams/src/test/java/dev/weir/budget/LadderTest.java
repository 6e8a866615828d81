/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.policy.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LadderTest {
  private static final Tier SCREEN = new Tier("screen", 5, 0.4, 1_000);
  private static final Tier JUDGE = new Tier("judge", 100, 0.9, 1_000);
  private static final Tier PANEL = new Tier("panel", 2_000, 0.99, 1_000);

  @Test
  void shouldKeepTiersByCostWhenEachAddsLessForMore() {
    Ladder ladder = Ladder.of(List.of(PANEL, SCREEN, JUDGE));

    assertThat(ladder.rungs()).containsExactly(SCREEN, JUDGE, PANEL);
    assertThat(ladder.dominated()).isEmpty();
    // 0.4 / 5 over (0.9 - 0.4) / 95 is 15.2, 1.18 decades
    assertThat(ladder.offset(2)).isEqualTo(118);
  }

  @Test
  void shouldTellTiersThatNoPriceAsks() {
    Tier dear = new Tier("dear", 200, 0.9, 1_000);
    Tier poor = new Tier("poor", 60, 0.5, 1_000);

    Ladder ladder = Ladder.of(List.of(JUDGE, dear, poor, SCREEN));

    assertThat(ladder.rungs()).containsExactly(SCREEN, JUDGE);
    assertThat(ladder.dominated()).containsExactlyInAnyOrder(dear, poor);
  }

  @Test
  void shouldPartTiersWhereMassTimesAssuranceLessPriceTimesCostIsEqual() {
    Ladder ladder = Ladder.of(List.of(SCREEN, JUDGE));
    double price = ladder.price(0);
    double indifferent = price * (JUDGE.cost() - SCREEN.cost()) / 0.5;

    assertThat(Math.log10(indifferent))
        .isCloseTo(Scale.middle(ladder.offset(2)), within(Scale.WIDTH));
    assertThat(ladder.index(price)).isZero();
  }

  /** The best tier by trying all, but within a bucket of where two are equal. */
  @Property(tries = 200)
  void shouldAskTheTierOfHighestValueAtAnyPrice(@ForAll int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Tier> tiers = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(5); i++) {
      tiers.add(
          new Tier("t" + i, Math.pow(10, random.nextDouble(3)), random.nextDouble(0.05, 1), 1_000));
    }
    Ladder ladder = Ladder.of(tiers);
    int cut = random.nextInt(-200, 200);
    double price = ladder.price(cut);
    int index = random.nextInt(-300, 500);
    double mass = Math.pow(10, Scale.middle(index));

    int rung = Decisions.rung(index, new Cut(cut, 0.5), ladder, 0.7);

    double chosen =
        rung == 0 ? 0 : mass * ladder.tier(rung).assurance() - price * ladder.tier(rung).cost();
    double best = 0;
    for (Tier tier : tiers) {
      best = Math.max(best, mass * tier.assurance() - price * tier.cost());
    }
    // a threshold is off by at most a bucket: 2.4 % of the mass
    assertThat(chosen).isGreaterThanOrEqualTo(best - 0.024 * mass);
  }

  @Property(tries = 50)
  void shouldCutWhereReviewsCostTheReach(@ForAll int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Ladder ladder = Ladder.of(List.of(SCREEN, JUDGE, PANEL));
    RecentRisk recent = new RecentRisk(10_000);
    Cursor cursor = new Cursor(recent, ladder);
    int[] seen = new int[3_000];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = Scale.of(Asks.ordinary(random));
      recent.add(seen[i]);
      cursor.added(seen[i]);
      if (i % 500 == 0) {
        cursor.cut(random.nextDouble(5_000), Prior.NONE);
      }
    }
    double reach = random.nextDouble(10, 20_000);

    Cut cut = cursor.cut(reach, Prior.NONE);

    double cost = 0;
    for (int index : seen) {
      for (int rung = 1; rung <= 3; rung++) {
        cost += Decisions.reached(index, cut, ladder, rung) * ladder.addedCost(rung);
      }
    }
    assertThat(cost).isCloseTo(reach, within(1e-6 * reach));
  }
}
