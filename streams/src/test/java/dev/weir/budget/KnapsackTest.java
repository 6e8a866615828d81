/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Decision;
import dev.weir.policy.Budget;
import dev.weir.policy.Lines;
import dev.weir.policy.Shares;
import dev.weir.policy.Tier;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What the envelope's rule, in hindsight and online, prevents of what the exact optimum would:
 * whole reviews, one tier or none an action, at the same spend (a multiple-choice knapsack, solved
 * by dynamic programming over the spend).
 */
class KnapsackTest {
  private static final List<Tier> TIERS =
      List.of(
          new Tier("screen", 2, 0.4, 1_000),
          new Tier("judge", 10, 0.7, 1_000),
          new Tier("poor", 30, 0.75, 1_000),
          new Tier("expert", 40, 0.95, 1_000));
  private static final Ladder LADDER = Ladder.of(TIERS);
  private static final int WINDOW = 1_000;

  @Test
  void shouldComeNearTheExactOptimumWhenTheEnvelopeIsCutInHindsight() {
    DoubleSummaryStatistics ratios = new DoubleSummaryStatistics();
    for (int seed = 0; seed < 40; seed++) {
      ratios.accept(hindsight(masses(new SplittableRandom(seed), WINDOW)));
    }
    assertThat(ratios.getAverage()).as("mean").isGreaterThan(0.999);
    assertThat(ratios.getMin()).as("worst").isGreaterThan(0.999);
    assertThat(ratios.getMax()).as("never above the optimum").isLessThanOrEqualTo(1 + 1e-9);
  }

  @Test
  void shouldComeNearTheExactOptimumOfTheSameSpendWhenDecidedOnline() {
    DoubleSummaryStatistics ratios = new DoubleSummaryStatistics();
    for (int seed = 0; seed < 20; seed++) {
      ratios.accept(online(new SplittableRandom(seed)));
    }
    assertThat(ratios.getAverage()).as("mean").isGreaterThan(0.88);
    assertThat(ratios.getMin()).as("worst").isGreaterThan(0.78);
    assertThat(ratios.getMax()).as("never above the optimum").isLessThanOrEqualTo(1 + 1e-9);
  }

  /** The cut's bucket is left out, so that reviews are whole. */
  private static double hindsight(double[] masses) {
    RiskHistogram window = RiskHistogram.fine();
    for (double mass : masses) {
      window.add(Math.log10(mass), mass);
    }
    Cursor cursor = new Cursor(window.risks(), LADDER);
    Cut cut = cursor.cut(0.5 * WINDOW, Prior.NONE);
    double u = Math.min(cut.share(), Math.nextDown(1.0));
    double prevented = 0;
    int spent = 0;
    for (double mass : masses) {
      int rung = Decisions.rung(Scale.of(Math.log10(mass)), cut, LADDER, u);
      spent += (int) LADDER.cost(rung);
      prevented += rung == 0 ? 0 : mass * LADDER.tier(rung).assurance();
    }
    return prevented / exact(masses, spent);
  }

  /** The third of three windows, by what the first two taught. */
  private static double online(SplittableRandom random) {
    Budget budget = new Budget(0.5, WINDOW, 1, 600_000).withShares(Shares.NONE);
    Controller controller =
        Controller.fresh(
            Asks.ALONE, new Terms(LADDER, budget, AuditPlan.NONE, Lines.DEFAULT), Asks.POLICY);
    double[] masses = masses(random, 3 * WINDOW);
    double prevented = 0;
    int spent = 0;
    for (int i = 0; i < masses.length; i++) {
      Decision decision = controller.decide(Asks.of(Math.log10(masses[i]), random.nextDouble()));
      if (i >= 2 * WINDOW && decision.getReviewCost() > 0) {
        spent += (int) decision.getReviewCost();
        prevented += masses[i] * LADDER.tier(decision.getTier()).assurance();
      }
    }
    return prevented / exact(Arrays.copyOfRange(masses, 2 * WINDOW, masses.length), spent);
  }

  /** The most that whole reviews of at most that cost prevent. */
  private static double exact(double[] masses, int spend) {
    double[] best = new double[spend + 1];
    for (double mass : masses) {
      for (int left = spend; left > 0; left--) {
        for (Tier tier : TIERS) {
          int cost = (int) tier.cost();
          if (cost <= left) {
            best[left] = Math.max(best[left], best[left - cost] + mass * tier.assurance());
          }
        }
      }
    }
    return best[spend];
  }

  private static double[] masses(SplittableRandom random, int n) {
    double[] masses = new double[n];
    for (int i = 0; i < n; i++) {
      masses[i] = Math.pow(10, Asks.ordinary(random));
    }
    return masses;
  }
}
