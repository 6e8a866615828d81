/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.budget.AuditPlan;
import dev.weir.budget.Ladder;
import dev.weir.policy.Budget;
import dev.weir.policy.Lines;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import dev.weir.policy.Shares;
import dev.weir.policy.Tier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The budget on simulated fleets; seeds are fixed, so a failure is a change of behaviour. */
class SimulationTest {
  private static final Map<SimulationSettings, SimulationResult> RUNS = new ConcurrentHashMap<>();
  private static final Tier EXPERT = new Tier("expert", 100, 0.9, 3_600_000);
  private static final Tier SCREEN = new Tier("screen", 5, 0.4, 60_000);
  private static final Tier PANEL = new Tier("panel", 1_000, 0.98, 36_000_000);

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CAPACITY", "WRONG_ROUTE"})
  void shouldMeetTheBudgetInEveryWindowWhenItPaysFor100Reviews(Scenario scenario) {
    SimulationResult result = run(settings(scenario, 0.1, 500_000));

    assertThat(result.taxRatio()).isCloseTo(1, within(0.02));
    assertThat(result.windows())
        .hasSize(5)
        .allSatisfy(
            window ->
                assertThat(window.taxRatio())
                    .isCloseTo(1, within(talks(scenario) ? 0.0501 : 0.0701)));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CAPACITY", "WRONG_ROUTE"})
  void shouldMeetTheBudgetInEveryWindowWhenItPaysFor1000Reviews(Scenario scenario) {
    SimulationResult result = run(settings(scenario, 1, 300_000));

    assertThat(result.taxRatio()).isCloseTo(1, within(0.02));
    assertThat(result.windows())
        .allSatisfy(window -> assertThat(window.taxRatio()).isCloseTo(1, within(0.0501)));
  }

  @ParameterizedTest
  @EnumSource(names = {"STEADY", "TIES", "RESTART"})
  void shouldMeetTheBudgetAuditsIncludedWhenThePackAudits(Scenario scenario) {
    Policy pack = PolicyLoader.builtIn();
    SimulationResult result =
        run(
            new SimulationSettings(
                scenario,
                500_000,
                8,
                pack.tiers(),
                pack.budget(),
                AuditPlan.of(pack),
                Lines.DEFAULT,
                1));

    assertThat(result.taxRatio()).isCloseTo(1, within(0.02));
    assertThat(result.windows())
        .allSatisfy(window -> assertThat(window.taxRatio()).isCloseTo(1, within(0.0501)));
    AuditResult audit = result.audit();
    assertThat(audit.audits()).isGreaterThan(200);
    assertThat(audit.missed().rate().once().contains(audit.rate())).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"STEADY", "HEAVY_TAIL", "LIGHT_TAIL", "TIES", "SILENT", "RESTART"})
  void shouldCaptureNearlyAllWhenTrafficIsSteady(Scenario scenario) {
    SimulationResult result = run(settings(scenario, 1, 300_000));

    assertThat(result.windows().get(0).captureRatio()).isGreaterThan(0.94);
    assertThat(result.windows().subList(1, 3))
        .allSatisfy(window -> assertThat(window.captureRatio()).isGreaterThan(0.97));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOOD", "ROTATE", "SYBIL", "COST"})
  void shouldReviewOthersAsBeforeWhenSomeAttackTheBudget(Scenario scenario) {
    double attacked = run(settings(scenario, 0.1, 500_000)).othersReviewed();

    double usual = run(settings(Scenario.STEADY, 0.1, 500_000)).othersReviewed();
    assertThat(attacked).isGreaterThan(0.93 * usual);
  }

  @ParameterizedTest
  @EnumSource(names = {"SALAMI", "CROSS_TASK", "ROTATE"})
  void shouldEscalateBeforeTwiceTheLineWhenSmallActionsAddUp(Scenario scenario) {
    SimulationResult.Sums sums = run(settings(scenario, 0.1, 500_000)).sums();

    assertThat(sums.tasks() + sums.agents()).as("escalations of lines").isPositive();
    assertThat(Math.max(sums.task(), sums.agent())).as("largest sum, over its line").isLessThan(2);
    assertThat(sums.reports()).as("reports of agents").isLessThan(500_000 / 100);
  }

  @Test
  void shouldDoWhatItCanWhenCapacityIsHalved() {
    SimulationResult result = run(settings(Scenario.CAPACITY, 0.1, 500_000));

    WindowResult last = result.windows().get(4);
    assertThat(result.windows().subList(0, 2))
        .allSatisfy(
            window -> {
              assertThat(window.taxRatio()).isCloseTo(1, within(0.05));
              assertThat(window.captureRatio()).isGreaterThan(0.85);
            });
    // 0.625 of what the budget pays for is all that the tier can do
    assertThat(last.taxRatio()).isBetween(0.55, 0.66);
    assertThat(last.captureRatio()).as("the worst of it, not the first").isGreaterThan(0.8);
    assertThat(last.full()).isPositive();
  }

  @Test
  void shouldTakeTheNextTierWhenCapacityIsHalved() {
    SimulationResult result =
        run(
            new SimulationSettings(
                Scenario.CAPACITY,
                500_000,
                8,
                List.of(SCREEN, new Tier("judge", 20, 0.7, 60_000), EXPERT),
                new Budget(0.3, 100_000, 1, 600_000),
                AuditPlan.NONE,
                Lines.DEFAULT,
                1));

    assertThat(result.windows().get(4).full()).isPositive();
    assertThat(result.windows().get(4).taxRatio()).isBetween(0.5, 0.66);
    assertThat(result.windows().get(4).captureRatio()).isGreaterThan(0.8);
  }

  @Test
  void shouldReviewWhatOthersAskForWhenARuleAsksForEverything() {
    SimulationResult result = run(settings(Scenario.WRONG_ROUTE, 0.1, 500_000));

    assertThat(result.windows().subList(1, 5))
        .allSatisfy(
            window -> {
              assertThat(window.mandatory()).isBetween(15, 35);
              assertThat(window.waiting()).isGreaterThan(99_000);
              assertThat(window.taxRatio()).isCloseTo(1, within(0.15));
              assertThat(window.captureRatio()).isGreaterThan(0.75);
            });
  }

  @Test
  void shouldCaptureTwiceAsMuchTruthAsWithoutCapsWhenARuleIsWrong() {
    double with = 0;
    double without = 0;
    for (long seed = 1; seed <= 3; seed++) {
      SimulationSettings capped = settings(Scenario.WRONG_RULE, 0.1, 500_000, seed);
      SimulationSettings uncapped =
          new SimulationSettings(
              capped.scenario(),
              capped.actions(),
              capped.partitions(),
              capped.tiers(),
              capped.budget().withShares(Shares.NONE),
              capped.audit(),
              capped.lines(),
              seed);
      with += trueCapture(run(capped));
      without += trueCapture(run(uncapped));
    }

    assertThat(with).isGreaterThan(2 * without);
  }

  @Test
  void shouldSpreadSpendOverTiersWhenThereAreSeveral() {
    SimulationResult result =
        run(
            new SimulationSettings(
                Scenario.STEADY,
                400_000,
                8,
                List.of(SCREEN, EXPERT, PANEL),
                new Budget(0.1, 100_000, 1, 600_000),
                AuditPlan.NONE,
                Lines.DEFAULT,
                1));

    assertThat(result.taxRatio()).isCloseTo(1, within(0.05));
    assertThat(result.windows().subList(1, 4))
        .allSatisfy(window -> assertThat(window.captureRatio()).isGreaterThan(0.9));
  }

  @Test
  void shouldFindTheBestThatASpendCanDoInHindsight() {
    double[] risks = {3, 1, 2, Double.NaN};

    // 1000 and 100 in full, 10 to a half, each at 0.9
    assertThat(Hindsight.best(risks, 250, Ladder.of(List.of(EXPERT))))
        .isCloseTo(994.5, within(1e-9));
    // the screen adds 0.4 for 5, the expert 0.5 more for 95 more
    assertThat(Hindsight.best(risks, 110, Ladder.of(List.of(EXPERT, SCREEN))))
        .isCloseTo(900 + 40 + 4, within(1e-9));
  }

  /** What came of a run; the same one is not run twice. */
  private static SimulationResult run(SimulationSettings settings) {
    return RUNS.computeIfAbsent(settings, Simulation::run);
  }

  /** Whether partitions learn in time what the others spend. */
  private static boolean talks(Scenario scenario) {
    return scenario != Scenario.STALE_PRICE && scenario != Scenario.NO_PRICE;
  }

  private static double trueCapture(SimulationResult result) {
    return result.windows().stream()
        .skip(1)
        .mapToDouble(WindowResult::trueCaptureRatio)
        .average()
        .orElseThrow();
  }

  private static SimulationSettings settings(Scenario scenario, double tax, int actions) {
    return settings(scenario, tax, actions, 1);
  }

  private static SimulationSettings settings(
      Scenario scenario, double tax, int actions, long seed) {
    return new SimulationSettings(
        scenario,
        actions,
        8,
        List.of(EXPERT),
        new Budget(tax, 100_000, 1, 600_000),
        AuditPlan.NONE,
        Lines.DEFAULT,
        seed);
  }
}
