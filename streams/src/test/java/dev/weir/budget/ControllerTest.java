/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.Exposure;
import dev.weir.event.Price;
import dev.weir.event.RiskBucket;
import dev.weir.policy.Budget;
import dev.weir.policy.Lines;
import dev.weir.state.ControllerState;
import dev.weir.wire.SingleObject;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ControllerTest {
  private static final SingleObject<ControllerState> CODEC = SingleObject.of(ControllerState.class);
  private static final Terms TERMS = Asks.terms(0.1, 1);

  @Property(tries = 25)
  void shouldGoOnTheSameWhenRestoredAtAnyPoint(
      @ForAll @IntRange(max = 7_999) int first,
      @ForAll @IntRange(max = 7_999) int second,
      @ForAll @IntRange(max = 1_000) int seed) {
    List<Ask> asks = Asks.varied(8_000, seed);
    Terms terms =
        new Terms(Asks.LADDER, new Budget(0.5, 3_000, 1, 600_000), AuditPlan.NONE, Lines.DEFAULT);
    Controller unbroken = Controller.fresh(new Seat(1, 4), terms, Asks.POLICY);
    Controller broken = Controller.fresh(new Seat(1, 4), terms, Asks.POLICY);
    for (int i = 0; i < asks.size(); i++) {
      if (i == first || i == second) {
        ControllerState stored = CODEC.decode(CODEC.encode(broken.state()));
        broken = Controller.restored(stored, terms);
      }
      assertThat(broken.decide(asks.get(i))).isEqualTo(unbroken.decide(asks.get(i)));
      if (unbroken.exposureDue()) {
        assertThat(broken.exposure(i)).isEqualTo(unbroken.exposure(i));
      }
    }
    assertThat(broken.state()).isEqualTo(unbroken.state());
  }

  @Property(tries = 10)
  void shouldGoOnTheSameWhenRestoredAfterSucceedingAnother(
      @ForAll @IntRange(max = 1_999) int at, @ForAll @IntRange(max = 1_000) int seed) {
    List<Ask> asks = Asks.varied(4_000, seed);
    Controller unbroken = succeeded(asks.subList(0, 2_000));
    Controller broken = succeeded(asks.subList(0, 2_000));
    for (int i = 0; i < 2_000; i++) {
      if (i == at) {
        ControllerState stored = CODEC.decode(CODEC.encode(broken.state()));
        broken = Controller.restored(stored, TERMS);
      }
      Ask ask = asks.get(2_000 + i);
      assertThat(broken.decide(ask)).isEqualTo(unbroken.decide(ask));
    }
    assertThat(broken.state()).isEqualTo(unbroken.state());
  }

  @Test
  void shouldKnowItsPriceAndOweWhatWasOwedWhenItSucceedsAnother() {
    List<Ask> asks = Asks.varied(4_000, 7);
    Controller before = fresh();
    Controller shadow = fresh();
    asks.forEach(before::decide);
    asks.forEach(shadow::decide);
    before.taskChanged(Double.NaN, 3);
    Double price = ownPrice(before, asks.get(0));
    double credit = before.credit();

    Controller after = shadow.succeeding(before);

    assertThat(after.credit()).isEqualTo(credit);
    assertThat(after.state().getShadowActions()).isEqualTo(4_000);
    assertThat(after.state().getActions()).isZero();
    assertThat(after.state().getReviewCost()).isZero();
    assertThat(after.state().getTasks()).isEqualTo(1);
    assertThat(ownPrice(after, asks.get(0))).isEqualTo(price);
  }

  private static Double ownPrice(Controller controller, Ask ask) {
    return Controller.restored(controller.state(), TERMS).decide(ask).getOwnPrice();
  }

  private static Controller succeeded(List<Ask> asks) {
    Controller before = fresh();
    Controller shadow = fresh();
    asks.forEach(before::decide);
    asks.forEach(shadow::decide);
    return shadow.succeeding(before);
  }

  @Property(tries = 10)
  void shouldRecomputeEveryDecisionOfARun(@ForAll @IntRange(max = 1_000) int seed) {
    Controller controller = fresh();
    for (Ask ask : Asks.varied(20_000, seed)) {
      Decision decision = controller.decide(ask);
      Decisions.Of of = new Decisions.Of(ask.risk(), ask.mass(), ask.actionClass());
      assertThat(Decisions.recompute(of, decision, Asks.terms(0.1, 1))).isEqualTo(decision);
      if (Scale.of(ask.risk() - decision.getSurcharge()) != Asks.LADDER.index(decision.getPrice())
          && !Decisions.mandatory(decision.getReason())
          && !Decisions.line(decision.getReason())) {
        double counted = ask.mass() * Math.pow(10, -decision.getSurcharge());
        double gain = counted * Asks.TIER.assurance() - decision.getPrice() * Asks.TIER.cost();
        assertThat(decision.getReason() == EscalationReason.PRICED)
            .isEqualTo(gain > 0 && decision.getInclusionProbability() == 1);
      }
    }
  }

  @Test
  void shouldReviewOnCreditWhenAnActionIsFarWorseThanTheUsualCut() {
    Controller controller = fresh();
    for (int i = 0; i < 10_000; i++) {
      controller.decide(Asks.of(-3 + i % 100 / 100.0, 0.5, EscalationReason.NONE, null));
    }
    for (int i = 0; i < 9; i++) {
      controller.decide(Asks.of(-3, 0.5, EscalationReason.CATASTROPHIC, null));
    }
    assertThat(controller.credit()).as("in debt").isLessThan(-Asks.TIER.cost());

    Decision worse = controller.decide(Asks.of(-1.7, 0.5, EscalationReason.NONE, null));
    Decision farWorse = controller.decide(Asks.of(2, 0.999, EscalationReason.NONE, null));

    assertThat(worse.getReason()).isEqualTo(EscalationReason.NONE);
    assertThat(farWorse.getReason()).isEqualTo(EscalationReason.PRICED);
    assertThat(farWorse.getInclusionProbability()).isEqualTo(1);
    assertThat(Decisions.recompute(new Decisions.Of(2, 100, ""), farWorse, Asks.terms(0.1, 1)))
        .isEqualTo(farWorse);
  }

  @Test
  void shouldReviewTheFirstActionFarAboveAllOthersBeforeThePartitionKnowsItsUsualCut() {
    Controller controller = Controller.fresh(new Seat(3, 8), TERMS, Asks.POLICY);
    for (int i = 0; i < 300; i++) {
      controller.decide(Asks.of(-3 + i % 100 / 100.0, 0.999));
    }
    Decision worse = controller.decide(Asks.of(0, 0.999));
    Decision farWorse = controller.decide(Asks.of(5.5, 0.999));

    assertThat(worse.getReason()).as("what 300 actions pay for").isEqualTo(EscalationReason.NONE);
    assertThat(farWorse.getReason()).isEqualTo(EscalationReason.PRICED);
    assertThat(farWorse.getInclusionProbability()).isEqualTo(1);
  }

  @Test
  void shouldReviewAndChargeWhenMandatoryWhateverTheCredit() {
    Controller controller = fresh();
    for (int i = 0; i < 20; i++) {
      Decision decision = controller.decide(Asks.of(-3, 0.99, EscalationReason.CATASTROPHIC, null));
      assertThat(decision.getReason()).isEqualTo(EscalationReason.CATASTROPHIC);
      assertThat(decision.getInclusionProbability()).isEqualTo(1);
      assertThat(decision.getReviewCost()).isEqualTo(100);
    }
    Exposure exposure = controller.exposure(5);
    assertThat(exposure.getMandatoryCost()).isEqualTo(2_000);
    assertThat(controller.decide(Asks.of(-2.5, 0.5)).getReason()).isEqualTo(EscalationReason.NONE);
  }

  @Test
  void shouldNotDemandMoreThanAWindowWhenMandatoryReviewsRanOver() {
    Controller controller = fresh();
    for (int i = 0; i < 1_000; i++) {
      controller.decide(Asks.of(2, 0.5, EscalationReason.ROUTE, null));
    }

    assertThat(controller.credit()).isGreaterThan(-0.1 * 1_000 - 101);
  }

  @Test
  void shouldReviewNothingByPriceWhenThereIsNoBudget() {
    Controller controller = Controller.fresh(Asks.ALONE, Asks.terms(0, 1), Asks.POLICY);
    for (Ask ask : Asks.varied(3_000, 1)) {
      assertThat(controller.decide(ask).getReason()).isNotEqualTo(EscalationReason.PRICED);
    }
  }

  @Test
  void shouldReviewEverythingWithMassWhenTheBudgetPaysForIt() {
    Controller controller = Controller.fresh(Asks.ALONE, Asks.terms(100, 1e9), Asks.POLICY);
    SplittableRandom random = new SplittableRandom(1);
    int reviewed = 0;
    for (int i = 0; i < 2_000; i++) {
      double risk = Asks.ordinary(random);
      reviewed += controller.decide(Asks.of(risk, random.nextDouble())).getReviewCost() > 0 ? 1 : 0;
    }
    assertThat(reviewed).isGreaterThan(1_960);
  }

  @Test
  void shouldNeverReviewByPriceWhenThereIsNoMass() {
    Controller controller = fresh();
    for (int i = 0; i < 20_000; i++) {
      Decision decision = controller.decide(Asks.of(Double.NEGATIVE_INFINITY, 0));
      assertThat(decision.getReason()).isEqualTo(EscalationReason.NONE);
    }
    assertThat(controller.credit()).isLessThanOrEqualTo(500);
  }

  @Test
  void shouldKeepBooksFiniteWhenScoresAreNot() {
    Controller controller = fresh();
    for (int i = 0; i < 2_000; i++) {
      double risk = i % 3 == 0 ? Double.NaN : i % 3 == 1 ? Double.POSITIVE_INFINITY : 1;
      controller.decide(
          new Ask(
              risk,
              risk,
              "",
              1,
              Mandate.NONE,
              Asks.draws(0.5),
              null,
              Belonging.NONE,
              Unreviewed.NONE,
              0));
    }
    Exposure exposure = controller.exposure(1);
    assertThat(exposure.getMass()).isFinite();
    assertThat(exposure.getCapturedMass()).isFinite();
    assertThat(exposure.getReviewCost()).isBetween(100.0, 350.0);
    assertThatThrownBy(
            () ->
                new Ask(
                    1,
                    10,
                    "",
                    Double.NaN,
                    Mandate.NONE,
                    Asks.draws(0.5),
                    null,
                    Belonging.NONE,
                    Unreviewed.NONE,
                    0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldIgnoreTheFleetPriceWhenOldOrOfAnotherPolicy() {
    Price old = Asks.price(1, 5, 0, Instant.ofEpochMilli(1_000 - 600_001));
    Price foreign = Asks.price(2, 5, 0, Instant.ofEpochMilli(1_000));
    foreign.setPolicyDigest(java.nio.ByteBuffer.wrap(new byte[] {1}));
    Price fresh = Asks.price(3, 5, 0, Instant.ofEpochMilli(1_000));
    Controller controller = fresh();

    assertThat(controller.decide(withPrice(old)).getFleetPriceSequence()).isNull();
    assertThat(controller.decide(withPrice(foreign)).getFleetPrice()).isNull();
    assertThat(controller.decide(withPrice(fresh)).getFleetPriceSequence()).isEqualTo(3);
  }

  @Test
  void shouldHoldLiveTasksByMassWhenTheyChangeAndRetire() {
    Controller controller = fresh();
    controller.taskChanged(Double.NaN, 10);
    controller.taskChanged(Double.NaN, 0);
    controller.taskChanged(10, 1_000);
    assertThat(controller.exposure(1).getTasks()).isEqualTo(2);
    controller.taskRetired(0);
    Exposure exposure = controller.exposure(2);

    assertThat(exposure.getSequence()).isEqualTo(2);
    assertThat(exposure.getTasks()).isEqualTo(1);
    for (int i = 0; i < 16; i++) {
      controller.decide(Asks.of(1, 0.5));
    }
    List<RiskBucket> tasks = controller.exposure(3).getProfile().getTaskHistogram();
    assertThat(tasks).hasSize(1);
    assertThat(tasks.get(0).getIndex()).isEqualTo(300);
    assertThat(tasks.get(0).getMass()).isCloseTo(1_000, within(1e-9));
  }

  @Test
  void shouldBeDueAtFirstOftenAndThenEvery512Actions() {
    Controller controller = fresh();
    int exposures = 0;
    for (int i = 1; i <= 10_000; i++) {
      controller.decide(Asks.of(1, 0.5));
      if (controller.exposureDue()) {
        controller.exposure(i);
        exposures++;
      }
    }
    assertThat(exposures).isBetween(10_000 / 512, 10_000 / 512 + 25);
  }

  @Test
  void shouldStaySmallWhenScoresFillEveryBucket() {
    Controller controller = fresh();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 300_000; i++) {
      double risk = random.nextDouble(-8, 12);
      controller.decide(Asks.of(risk, 0.5));
      controller.taskChanged(Double.NaN, Math.pow(10, random.nextDouble(-8, 12)));
    }
    assertThat(CODEC.encode(controller.state()).length).isLessThan(90_000);

    Controller typical = fresh();
    for (int i = 0; i < 300_000; i++) {
      typical.decide(Asks.of(Math.floor(3 * Asks.pareto(1, random)) / 3, 0.5));
    }
    assertThat(CODEC.encode(typical.state()).length).isLessThan(2_000);
  }

  private static Ask withPrice(Price price) {
    return Asks.of(1, 0.5, EscalationReason.NONE, price);
  }

  private static Controller fresh() {
    return Controller.fresh(Asks.ALONE, TERMS, Asks.POLICY);
  }
}
