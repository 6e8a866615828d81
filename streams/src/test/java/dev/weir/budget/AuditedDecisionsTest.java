/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.policy.Budget;
import dev.weir.policy.Lines;
import dev.weir.policy.Shares;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Audits beside the price: what is drawn, what is charged, and that both can be recomputed. */
class AuditedDecisionsTest {
  private static final Shares FREE = new Shares(1, 1, 1, 1, 1);
  private static final Terms TERMS = terms(0.1);

  private static Terms terms(double tax) {
    Budget budget = new Budget(tax, 100_000, 1, 600_000).withShares(FREE);
    return new Terms(Ladder.of(AuditPlanTest.TIERS), budget, AuditPlanTest.PLAN, Lines.DEFAULT);
  }

  private static Controller controller(Terms terms) {
    return Controller.fresh(Asks.ALONE, terms, Asks.POLICY);
  }

  @Property(tries = 10)
  void shouldRecomputeEveryDecisionAndItsPartsWhateverWasDecided(
      @ForAll @IntRange(max = 1_000) int seed) {
    Controller controller = controller(TERMS);
    int audits = 0;
    for (Ask ask : Asks.varied(10_000, seed)) {
      Decision decision = controller.decide(ask);
      Decisions.Of of = new Decisions.Of(ask.risk(), ask.mass(), ask.actionClass());
      assertThat(Decisions.recompute(of, decision, TERMS)).isEqualTo(decision);

      double least = AuditPlanTest.PLAN.inclusion(ask.risk(), ask.mass(), ask.actionClass());
      double reviewed = decision.getReviewProbability();
      assertThat(decision.getAuditInclusion()).isEqualTo(least).isPositive();
      assertThat(decision.getInclusionProbability())
          .isEqualTo(reviewed + (1 - reviewed) * least)
          .isBetween(least, 1.0);
      if (decision.getReason() == EscalationReason.AUDIT) {
        audits++;
        assertThat(ask.draws().auditU()).isLessThan(least);
        assertThat(decision.getTier()).isEqualTo("cheap");
        assertThat(decision.getReviewCost()).isEqualTo(5);
        assertThat(decision.getTierProbability()).isCloseTo((1 - reviewed) * least, within(1e-15));
      }
    }
    assertThat(audits).isPositive();
  }

  @Property(tries = 10)
  void shouldSumTheProbabilitiesOfAllThatChanceCouldDecideToOne(
      @ForAll @IntRange(max = 1_000) int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Decision decision = new Decision();
    decision.setAuditInclusion(random.nextDouble());
    decision.setPrice(TERMS.ladder().price(100));
    decision.setCutShare(random.nextDouble());
    decision.setFullTiers(List.of());
    decision.setOverCeiling(List.of());
    double sum = 0;
    for (int atCut = 0; atCut < 2; atCut++) {
      for (int drawn = 0; drawn < 2; drawn++) {
        decision.setU(atCut == 0 ? 0 : Math.nextDown(1.0));
        decision.setAuditU(drawn == 0 ? 0 : Math.nextDown(1.0));
        Decisions.settle(decision, EscalationReason.NONE, 100, TERMS);
        boolean seen = decision.getReason() == EscalationReason.PRICED && drawn > 0;
        sum += seen ? 0 : decision.getTierProbability();
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  @Test
  void shouldAuditAtTheLeastProbabilityAndStayWithinTheBudgetWhateverThePrice() {
    Controller controller = controller(TERMS);
    SplittableRandom random = new SplittableRandom(3);
    double spent = 0;
    int passed = 0;
    int audits = 0;
    double expected = 0;
    int n = 400_000;
    for (int i = 0; i < n; i++) {
      double risk = Asks.ordinary(random);
      Draws draws = new Draws(random.nextDouble(), random.nextDouble(), "key");
      Ask ask =
          new Ask(
              risk,
              Math.pow(10, risk),
              "",
              1,
              Mandate.NONE,
              draws,
              null,
              Belonging.NONE,
              Unreviewed.NONE,
              1_000);
      Decision decision = controller.decide(ask);
      spent += decision.getReviewCost();
      boolean audit = decision.getReason() == EscalationReason.AUDIT;
      audits += audit ? 1 : 0;
      passed += audit || decision.getReason() == EscalationReason.NONE ? 1 : 0;
      expected +=
          audit || decision.getReason() == EscalationReason.NONE ? decision.getAuditInclusion() : 0;
    }
    assertThat(spent / (0.1 * n)).as("spend over budget").isBetween(0.98, 1.02);
    assertThat((double) audits).isCloseTo(expected, within(5 * Math.sqrt(expected)));
    assertThat(audits).isGreaterThan(passed / 1000);
    assertThat(controller.exposure(1).getAudits()).isEqualTo(audits);
    assertThat(Controller.restored(controller.state(), TERMS).exposure(1).getAudits())
        .isEqualTo(audits);
  }

  @Test
  void shouldHoldNoMassWhenAnActionIsOnlyAudited() {
    Controller controller = controller(TERMS);
    Decision decision =
        controller.decide(
            new Ask(
                -2,
                0.01,
                "",
                1,
                Mandate.NONE,
                new Draws(0.99, 0, "key"),
                null,
                Belonging.NONE,
                Unreviewed.NONE,
                1_000));
    assertThat(decision.getReason()).isEqualTo(EscalationReason.AUDIT);
    assertThat(controller.exposure(1).getCapturedMass()).isZero();
  }
}
