/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.event.EscalationReason;
import dev.weir.event.Exposure;
import dev.weir.policy.Accounting;
import dev.weir.policy.Budget;
import dev.weir.policy.Lines;
import dev.weir.state.FleetEntry;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScoringTest {
  private static final Budget BUDGET = new Budget(1, 20_000, 1, 600_000);

  @Test
  void shouldChangeNothingWhenScoringCostsNothing() {
    Ask ask = Asks.of(1, 0.5);

    assertThat(new Scoring(BUDGET, 0).paid(ask)).isSameAs(ask);
  }

  @Test
  void shouldTakeItOutOfWhatPaysForReviewsWhenItCosts() {
    Scoring scoring = new Scoring(costing(0.25), 0);

    assertThat(scoring.paid(Asks.of(1, 0.5)).baseCost()).isEqualTo(0.75);
  }

  @Test
  void shouldOweWhatAnActionDoesNotCoverWhenItsOwnCostIsLess() {
    Scoring scoring = new Scoring(costing(0.25), 0);
    Ask free = Asks.of(1, 0.5).costing(0);

    assertThat(scoring.paid(free).baseCost()).isZero();
    assertThat(scoring.paid(free).baseCost()).isZero();
    assertThat(scoring.debt()).isEqualTo(0.5);
    assertThat(scoring.paid(Asks.of(1, 0.5)).baseCost()).isEqualTo(0.25);
    assertThat(scoring.debt()).isZero();
  }

  @Test
  void shouldOweNoMoreThanAWindowsScoringWhenNothingPays() {
    Scoring scoring = new Scoring(costing(0.25), 1e9);

    Ask unused = scoring.paid(Asks.of(1, 0.5).costing(0));

    assertThat(scoring.debt()).isEqualTo(0.25 * 20_000);
  }

  @Test
  void shouldKeepReviewsAndScoringWithinTheTaxWhenHalfOfTheActionsCostNothing() {
    Terms terms = new Terms(Asks.LADDER, costing(0.2), AuditPlan.NONE, Lines.DEFAULT);
    Controller controller = Controller.fresh(Asks.ALONE, terms, Asks.POLICY);
    FleetPricer pricer = FleetPricer.restored(List.of(), 1);
    FleetEntry entry = null;
    SplittableRandom random = new SplittableRandom(3);
    Exposure last = null;
    for (int i = 0; i < 60_000; i++) {
      Ask ask = Asks.of(Asks.ordinary(random), random.nextDouble(), EscalationReason.NONE, null);
      controller.decide(ask.costing(i % 2));
      if (controller.exposureDue()) {
        last = controller.exposure(i);
        Quote quote = pricer.quote(last, entry, terms).orElseThrow();
        entry = quote.entry();
      }
    }

    assertThat(last).isNotNull();
    double tax = (last.getReviewCost() + last.getScorerCost()) / last.getBaseCost();
    assertThat(last.getScorerCost() / last.getBaseCost()).isCloseTo(0.4, within(0.001));
    assertThat(tax).isCloseTo(1, within(0.03));
  }

  private static Budget costing(double each) {
    return BUDGET.withAccounting(new Accounting(each, 1, 0.8));
  }
}
