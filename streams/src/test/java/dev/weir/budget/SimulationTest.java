/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.Simulation.Fleet;
import dev.weir.budget.Simulation.Order;
import dev.weir.budget.Simulation.Outcome;
import dev.weir.budget.Simulation.Run;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The budget on simulated logs; seeds are fixed, so a failure is a change of behaviour. */
class SimulationTest {
  private static final double[] STARTS = {1, 1e-6, 1e6};
  private static final int ACTIONS = 18_386;

  @ParameterizedTest
  @EnumSource
  void shouldStayWithin4ReviewsWhenTheBudgetIs18Of18386Actions(Scenario scenario) {
    for (int partitions : new int[] {1, 4, 8}) {
      for (Order order : Order.values()) {
        for (Fleet fleet : Fleet.values()) {
          double start = STARTS[(order.ordinal() + fleet.ordinal()) % STARTS.length];
          Run run = new Run(scenario, ACTIONS, 0.1, partitions, 0, order, fleet, start, 11);
          Outcome outcome = Simulation.run(run);
          // with 8, each has 2.3 reviews to spend: under steady drift they err the same way
          assertThat(Math.abs(outcome.error()))
              .as("%s", run)
              .isLessThanOrEqualTo(partitions < 8 ? 4 : 6);
          assertThat(outcome.worst()).as("%s", run).isLessThanOrEqualTo(2);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldStayWithin10PercentWhenTheBudgetIs184Of18386Actions(Scenario scenario) {
    for (int partitions : new int[] {1, 4, 8}) {
      for (Order order : Order.values()) {
        for (Fleet fleet : Fleet.values()) {
          Run run = new Run(scenario, ACTIONS, 1, partitions, 0.5, order, fleet, 1, 12);
          Outcome outcome = Simulation.run(run);
          assertThat(Math.abs(outcome.error())).as("%s", run).isLessThanOrEqualTo(18.4);
          assertThat(outcome.over()).as("%s", run).isLessThanOrEqualTo(9.2);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LOG_NORMAL", "PARETO_0_8", "PARETO_2", "TEN_ATOMS"})
  void shouldCaptureMostWhenTrafficIsSteady(Scenario scenario) {
    for (double start : new double[] {1e-6, 1, 1e6}) {
      double captured = 0;
      for (int seed = 0; seed < 5; seed++) {
        captured +=
            Simulation.run(
                    new Run(scenario, 100_000, 0.1, 1, 0, Order.LOG, Fleet.ABSENT, start, seed))
                .capture();
      }
      assertThat(captured / 5).as("from %s", start).isGreaterThan(0.75);
    }
  }
}
