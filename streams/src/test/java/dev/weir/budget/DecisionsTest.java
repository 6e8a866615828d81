/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.policy.Budget;
import dev.weir.policy.Ceiling;
import dev.weir.policy.Lines;
import dev.weir.policy.Tier;
import dev.weir.state.ControllerState;
import dev.weir.wire.SingleObject;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Decisions where tiers are full and ceilings reached. */
class DecisionsTest {
  private static final SingleObject<ControllerState> CODEC = SingleObject.of(ControllerState.class);
  private static final Tier SCREEN = new Tier("screen", 5, 0.4, 1_000);
  private static final Tier POOR = new Tier("poor", 70, 0.6, 1_000);
  private static final Tier EXPERT = new Tier("expert", 100, 0.9, 1_000).withCapacity(4);
  private static final Ladder LADDER = Ladder.of(List.of(SCREEN, POOR, EXPERT));
  private static final Budget BUDGET = new Budget(0.5, 10_000, 1, 600_000);
  private static final Terms TERMS = new Terms(LADDER, BUDGET, AuditPlan.NONE, Lines.DEFAULT);
  private static final double HIGH = 6;

  @Test
  void shouldAskTheNextBestWhenATierHasNoRoom() {
    Controller controller = fresh();
    for (int i = 0; i < 1_000; i++) {
      controller.decide(Asks.of(-5 + i % 100 / 100.0, 0.5));
    }
    Decision first = controller.decide(Asks.of(HIGH, 0.5));
    Decision second = controller.decide(Asks.of(HIGH, 0.5));
    Decision third = controller.decide(Asks.of(HIGH, 0.5));

    assertThat(first.getTier()).isEqualTo("expert");
    assertThat(second.getTier()).isEqualTo("expert");
    assertThat(third.getFullTiers()).containsExactly("expert");
    assertThat(third.getTier()).as("else never asked, and now the best").isEqualTo("poor");
    assertThat(third.getReviewCost()).isEqualTo(70);
  }

  @Test
  void shouldReviewAndSayThatItWasFullWhenMandatory() {
    Controller controller = fresh();
    for (int i = 0; i < 2; i++) {
      assertThat(catastrophic(controller).getFullTiers()).isEmpty();
    }
    Decision beyond = catastrophic(controller);

    assertThat(beyond.getTier()).isEqualTo("expert");
    assertThat(beyond.getReason()).isEqualTo(EscalationReason.CATASTROPHIC);
    assertThat(beyond.getFullTiers()).containsExactly("expert");
    assertThat(Decisions.recompute(new Decisions.Of(HIGH, 1e6, ""), beyond, TERMS))
        .isEqualTo(beyond);
  }

  @Test
  void shouldWaitUnchargedWhenAboveTheCeilingAndNotWorthItsPrice() {
    Controller controller = fresh();
    int waiting = 0;
    for (int i = 0; i < 1_000; i++) {
      controller.decide(Asks.of(HIGH, 0.5));
      Decision routed = controller.decide(Asks.of(-5, 0.5, EscalationReason.ROUTE, null));
      assertThat(routed.getReason()).isEqualTo(EscalationReason.ROUTE);
      assertThat(routed.getInclusionProbability()).isEqualTo(1);
      assertThat(routed.getReviewCost() > 0).isNotEqualTo(Decisions.waits(routed));
      waiting += Decisions.waits(routed) ? 1 : 0;
    }
    assertThat(waiting).isBetween(980, 992);
    assertThat(controller.exposure(1).getMandatoryCost()).isLessThan(20 * 100);
  }

  @Test
  void shouldReviewByPriceWhenAboveTheCeilingAndWorthIt() {
    Controller controller = fresh();
    for (int i = 0; i < 1_200; i++) {
      controller.decide(Asks.of(-5, 0.5, EscalationReason.CATASTROPHIC, null));
    }
    Decision last = controller.decide(Asks.of(HIGH, 0.5, EscalationReason.CATASTROPHIC, null));

    assertThat(last.getReason()).isEqualTo(EscalationReason.PRICED);
    assertThat(last.getOverCeiling()).containsExactly("asks");
    assertThat(last.getInclusionProbability()).isEqualTo(1);
    assertThat(Decisions.waits(last)).isFalse();
  }

  @Property(tries = 20)
  void shouldRecomputeEveryDecisionWhenTiersAreFullAndCeilingsReached(@ForAll int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Controller controller = fresh();
    int full = 0;
    int waiting = 0;
    int lines = 0;
    for (Ask ask : Asks.varied(8_000, seed)) {
      Mandate mandate =
          random.nextInt(5) == 0
              ? new Mandate(EscalationReason.ROUTE, List.of(new Ceiling("wrong", 0.001)))
              : ask.mandate();
      Ask asked =
          new Ask(
              ask.risk(),
              ask.mass(),
              ask.actionClass(),
              ask.baseCost(),
              mandate,
              ask.draws(),
              ask.fleetPrice(),
              ask.belonging(),
              unreviewed(random),
              ask.nowMs());
      Decision decision = controller.decide(asked);
      assertThat(
              Decisions.recompute(
                  new Decisions.Of(ask.risk(), ask.mass(), ask.actionClass()), decision, TERMS))
          .isEqualTo(decision);
      full += decision.getFullTiers().size();
      waiting += Decisions.waits(decision) ? 1 : 0;
      lines += Decisions.line(decision.getReason()) && !Decisions.waits(decision) ? 1 : 0;
    }
    assertThat(full).isPositive();
    assertThat(waiting).isPositive();
    assertThat(lines).isPositive();
  }

  /** One in a hundred lies over each line. */
  private static Unreviewed unreviewed(SplittableRandom random) {
    return new Unreviewed(
        random.nextInt(100) == 0 ? Math.pow(10, 4 + random.nextDouble(4)) : 1,
        random.nextInt(100) == 0 ? Math.pow(10, 4.2 + random.nextDouble(4)) : 1);
  }

  private static Decision catastrophic(Controller controller) {
    return controller.decide(Asks.of(HIGH, 0.5, EscalationReason.CATASTROPHIC, null));
  }

  private static Controller fresh() {
    Controller fresh = Controller.fresh(Asks.ALONE, TERMS, Asks.POLICY);
    return Controller.restored(CODEC.decode(CODEC.encode(fresh.state())), TERMS);
  }
}
