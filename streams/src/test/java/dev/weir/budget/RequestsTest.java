/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.Exposure;
import dev.weir.event.ReasonSpend;
import dev.weir.event.RequestFate;
import dev.weir.event.TierSpend;
import dev.weir.policy.Budget;
import dev.weir.policy.Lines;
import dev.weir.policy.Tier;
import dev.weir.state.ControllerState;
import dev.weir.wire.SingleObject;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Reviews that agents ask for. */
class RequestsTest {
  private static final SingleObject<ControllerState> CODEC = SingleObject.of(ControllerState.class);
  private static final Tier SCREEN = new Tier("cheap", 5, 0.4, 1_000);
  private static final Tier EXPERT = new Tier("expert", 100, 0.9, 1_000);

  /** Never asked by the price: it assures no more than the expert does. */
  private static final Tier FRIEND = new Tier("friend", 150, 0.5, 1_000);

  private static final Terms TERMS = terms(EXPERT, 0.1);
  private static final long ANN = 17;
  private static final long BOB = 18;

  private static Terms terms(Tier expert, double tax) {
    Budget budget = new Budget(tax, 10_000, 1, 600_000);
    return new Terms(
        Ladder.of(List.of(SCREEN, expert, FRIEND)), budget, AuditPlanTest.PLAN, Lines.DEFAULT);
  }

  private static Controller fresh(Terms terms) {
    Controller fresh = Controller.fresh(Asks.ALONE, terms, Asks.POLICY);
    return Controller.restored(CODEC.decode(CODEC.encode(fresh.state())), terms);
  }

  private static Request wants(String tier, long who) {
    return new Request(RequestFate.GRANTED, tier, who);
  }

  private static Ask low() {
    return Asks.of(-5, 0.99);
  }

  @Test
  void shouldAskTheTierApartFromTheBudgetWhenNothingElseDoes() {
    Controller controller = fresh(TERMS);
    Controller unasked = fresh(TERMS);
    Decision decision = controller.decide(asking(low(), wants("expert", ANN)));
    unasked.decide(low());

    assertThat(decision.getReason()).isEqualTo(EscalationReason.REQUESTED);
    assertThat(decision.getTier()).isEqualTo("expert");
    assertThat(decision.getRequest()).isEqualTo(RequestFate.GRANTED);
    assertThat(decision.getReviewCost()).isEqualTo(100);
    assertThat(decision.getRequestedCost()).isEqualTo(100);
    assertThat(decision.getInclusionProbability()).isEqualTo(1);
    assertThat(controller.credit()).isEqualTo(unasked.credit());
    Exposure exposure = controller.exposure(1);
    assertThat(exposure.getApartCost()).isEqualTo(100);
    assertThat(exposure.getReviewCost()).isEqualTo(100);
    assertThat(exposure.getReasons())
        .containsExactly(new ReasonSpend(EscalationReason.REQUESTED, 1L, 100.0));
    assertThat(exposure.getTiers())
        .as("no demand that leases follow")
        .extracting(TierSpend::getAsked)
        .containsExactly(0L);
  }

  @Test
  void shouldRaiseTheTierAndPayWhatItCostsMoreWhenAnotherIsAskedAnyway() {
    Controller controller = fresh(TERMS);
    Ask routed = Asks.of(-5, 0.99, EscalationReason.ROUTE, null);
    assertThat(controller.decide(routed).getTier()).isEqualTo("cheap");
    Decision raised = controller.decide(asking(routed, wants("expert", ANN)));

    assertThat(raised.getReason()).isEqualTo(EscalationReason.ROUTE);
    assertThat(raised.getTier()).isEqualTo("expert");
    assertThat(raised.getReviewCost()).isEqualTo(100);
    assertThat(raised.getRequestedCost()).isEqualTo(95);
    Exposure exposure = controller.exposure(1);
    assertThat(exposure.getMandatoryCost()).isEqualTo(10);
    assertThat(exposure.getApartCost()).isEqualTo(95);
    assertThat(exposure.getReasons())
        .containsExactlyInAnyOrder(
            new ReasonSpend(EscalationReason.ROUTE, 2L, 10.0),
            new ReasonSpend(EscalationReason.REQUESTED, 0L, 95.0));
  }

  @Test
  void shouldLeaveADearerOrSurerTierWhenOneIsAskedAnyway() {
    Ask worst = Asks.of(6, 0.5, EscalationReason.CATASTROPHIC, null);
    for (String tier : List.of("cheap", "friend", "expert")) {
      Controller controller = fresh(TERMS);
      Decision decision = controller.decide(asking(worst, wants(tier, ANN)));
      assertThat(decision.getTier()).as(tier).isEqualTo("expert");
      assertThat(decision.getRequestedCost()).isZero();
      assertThat(controller.exposure(1).getApartCost()).isZero();
      assertThat(controller.state().getRequesters().get(0).getLeft())
          .as("a request without effect takes nothing of the share")
          .isEqualTo(2.5);
    }
  }

  @Test
  void shouldHearOneRequesterAsFarAsItsShareAndAllAsFarAsTheirCeiling() {
    Controller controller = fresh(TERMS);
    int[] granted = new int[9];
    int spent = 0;
    int waiting = 0;
    for (int i = 0; i < 9_000; i++) {
      int who = i < 4_500 ? 0 : i % 9;
      Decision decision = controller.decide(asking(low(), wants("expert", ANN + who)));
      granted[who] += decision.getReason() == EscalationReason.REQUESTED ? 1 : 0;
      spent += decision.getRequest() == RequestFate.SPENT ? 1 : 0;
      if (Decisions.waits(decision)) {
        waiting++;
        assertThat(decision.getReviewCost()).isZero();
        assertThat(decision.getTier()).isEqualTo("expert");
        assertThat(decision.getInclusionProbability()).isEqualTo(1);
      }
    }
    // 0.00025 of 9,000, and of a window
    assertThat(granted[0]).isBetween(3, 4);
    assertThat(granted[8]).isBetween(2, 4);
    assertThat(waiting).as("beyond 0.001 of all, each within its share").isBetween(1, 20);
    assertThat(spent).isGreaterThan(8_900);
    // 0.001 of 9,000, and of a window
    assertThat(controller.exposure(1).getApartCost()).isLessThanOrEqualTo(19 * 100);
  }

  @Test
  void shouldLeavePricedWorkItsRoomWhenATierIsAskedForAgainAndAgain() {
    Terms terms = terms(EXPERT.withCapacity(16), 1);
    Controller controller = fresh(terms);
    for (int i = 0; i < 1_000; i++) {
      controller.decide(Asks.of(-5 + i % 100 / 100.0, 0.99));
    }
    int granted = 0;
    for (int who = 0; who < 50; who++) {
      Decision decision = controller.decide(asking(low(), wants("expert", ANN + who)));
      granted += decision.getReviewCost() > 0 ? 1 : 0;
      assertThat(Decisions.waits(decision)).isEqualTo(decision.getReviewCost() == 0);
    }
    assertThat(granted).as("of five at once, down to three quarters").isBetween(1, 2);
    for (int i = 0; i < 3; i++) {
      assertThat(controller.decide(Asks.of(6, 0.5)).getTier()).isEqualTo("expert");
    }
  }

  @Property(tries = 20)
  void shouldDecideOthersActionsAsWithoutRequestsWhenOneAsksForEverything(
      @ForAll @IntRange(max = 1_000) int seed) {
    // an audit that a request is reviewed instead of would leave others the more
    Terms terms = new Terms(TERMS.ladder(), TERMS.budget(), AuditPlan.NONE, Lines.DEFAULT);
    Controller quiet = fresh(terms);
    Controller loud = fresh(terms);
    long flooder = 3;
    int requested = 0;
    for (Ask ask : Asks.varied(10_000, seed)) {
      boolean floods = ask.belonging().agent() == flooder;
      Decision without = quiet.decide(ask);
      Decision with = loud.decide(floods ? asking(ask, wants("expert", flooder)) : ask);
      if (floods) {
        requested += with.getRequestedCost() > 0 ? 1 : 0;
      } else {
        assertThat(with).isEqualTo(without);
      }
    }
    assertThat(requested).isPositive();
    assertThat(loud.credit()).isCloseTo(quiet.credit(), within(1e-9));
  }

  @Property(tries = 20)
  void shouldRecomputeEveryDecisionAndSumProbabilitiesToOneWhateverIsAskedFor(
      @ForAll @IntRange(max = 1_000) int seed) {
    Terms terms = terms(EXPERT.withCapacity(40), 0.1);
    SplittableRandom random = new SplittableRandom(seed);
    Controller controller = fresh(terms);
    List<RequestFate> fates = new ArrayList<>();
    int waiting = 0;
    for (Ask ask : Asks.varied(8_000, seed)) {
      String tier = List.of("cheap", "expert", "friend").get(random.nextInt(3));
      Request request =
          random.nextInt(20) > 0
              ? Request.NONE
              : random.nextInt(5) == 0
                  ? new Request(RequestFate.DONE)
                  : wants(tier, random.nextInt(40));
      Decision decision = controller.decide(asking(ask, request));
      Decisions.Of of = new Decisions.Of(ask.risk(), ask.mass(), ask.actionClass());
      assertThat(Decisions.recompute(of, decision, terms)).isEqualTo(decision);
      assertThat(decision.getRequestedCost()).isBetween(0.0, decision.getReviewCost());
      assertThat(decision.getTierProbability()).isBetween(0.0, 1.0);
      fates.add(decision.getRequest());
      waiting += Decisions.waits(decision) ? 1 : 0;
    }
    assertThat(fates)
        .contains(RequestFate.GRANTED, RequestFate.WAITING, RequestFate.SPENT, RequestFate.DONE);
    assertThat(waiting).isPositive();
  }

  @Property(tries = 50)
  void shouldSumTheProbabilitiesOfAllThatChanceCouldDecideToOne(
      @ForAll @IntRange(max = 1_000) int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Terms terms = TERMS;
    Decision decision = new Decision();
    decision.setAuditInclusion(random.nextDouble());
    int at = 100;
    decision.setPrice(terms.ladder().price(at));
    decision.setCutShare(random.nextDouble());
    decision.setFullTiers(List.of());
    decision.setOverCeiling(List.of());
    decision.setRequest(random.nextBoolean() ? RequestFate.GRANTED : RequestFate.WAITING);
    decision.setRequestedTier(List.of("cheap", "expert", "friend").get(random.nextInt(3)));
    int rungs = terms.ladder().height();
    int index = at + terms.ladder().offset(1 + random.nextInt(rungs));
    double sum = 0;
    String seen = "";
    for (double u : new double[] {0, Math.nextDown(1.0)}) {
      decision.setU(u);
      Decisions.settle(decision, EscalationReason.NONE, index, terms);
      String outcome = decision.getReason() + " " + decision.getTier();
      sum += outcome.equals(seen) ? 0 : decision.getTierProbability();
      seen = outcome;
      assertThat(decision.getReviewProbability()).isEqualTo(1);
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  private static Ask asking(Ask ask, Request request) {
    return new Ask(
        ask.risk(),
        ask.mass(),
        ask.actionClass(),
        ask.baseCost(),
        ask.mandate(),
        ask.draws(),
        ask.fleetPrice(),
        ask.belonging(),
        ask.unreviewed(),
        ask.nowMs(),
        request);
  }
}
