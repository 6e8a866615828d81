/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.budget.Simulation.Fleet;
import dev.weir.budget.Simulation.Order;
import dev.weir.budget.Simulation.Outcome;
import dev.weir.budget.Simulation.Run;
import java.util.DoubleSummaryStatistics;

/** Prints what the controller reaches, scenario by scenario: its main method is the command. */
final class SimulationTable {
  private SimulationTable() {}

  /** Arguments: tax, partitions, seeds, actions. */
  public static void main(String[] arguments) {
    double tax = Double.parseDouble(arguments[0]);
    int partitions = Integer.parseInt(arguments[1]);
    int seeds = Integer.parseInt(arguments[2]);
    int actions = Integer.parseInt(arguments[3]);
    System.out.printf(
        "tax %s, %d partitions, %d actions, %d seeds%n", tax, partitions, actions, seeds);
    for (Scenario scenario : Scenario.values()) {
      for (Fleet fleet : new Fleet[] {Fleet.FRESH, Fleet.ABSENT}) {
        print(scenario, actions, tax, partitions, 0, Order.LOG, fleet, 1, seeds);
      }
      print(scenario, actions, tax, partitions, 0.5, Order.ONE_BY_ONE, Fleet.FRESH, 1e3, seeds);
      print(scenario, actions, tax, partitions, 0, Order.BATCHES, Fleet.FROZEN, 1e-6, seeds);
    }
  }

  private static void print(
      Scenario scenario,
      int actions,
      double tax,
      int partitions,
      double skew,
      Order order,
      Fleet fleet,
      double start,
      int seeds) {
    DoubleSummaryStatistics capture = new DoubleSummaryStatistics();
    DoubleSummaryStatistics error = new DoubleSummaryStatistics();
    DoubleSummaryStatistics worst = new DoubleSummaryStatistics();
    DoubleSummaryStatistics over = new DoubleSummaryStatistics();
    double squares = 0;
    for (int seed = 0; seed < seeds; seed++) {
      Outcome o =
          Simulation.run(
              new Run(scenario, actions, tax, partitions, skew, order, fleet, start, seed));
      capture.accept(o.capture());
      error.accept(o.error());
      squares += o.error() * o.error();
      worst.accept(o.worst());
      over.accept(o.over());
    }
    System.out.printf(
        "%-11s %-10s %-7s start %.0e capture %.3f (min %.2f)  error mean %+.2f rms %.2f [%+.2f %+.2f]  partition max %.2f  window over max %.2f%n",
        scenario,
        order,
        fleet,
        start,
        capture.getAverage(),
        capture.getMin(),
        error.getAverage(),
        Math.sqrt(squares / seeds),
        error.getMin(),
        error.getMax(),
        worst.getMax(),
        over.getMax());
  }
}
