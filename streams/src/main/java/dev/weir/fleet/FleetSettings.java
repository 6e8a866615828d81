/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.fleet;

import java.time.Instant;

/**
 * What a simulated fleet is like.
 *
 * @param seed equal settings give equal bytes
 * @param tasks how many tasks, above 0; Integer.MAX_VALUE for a fleet without end
 * @param start when the first task starts; later times follow from it alone
 * @param actionsPerSecond mean rate in the fleet's own time, above 0
 * @param harmfulTasks share of tasks that end in a harmful action, in [0, 1]
 * @param duplicates share of actions published twice, in [0, 1]
 * @param outOfOrder share of actions published a minute or so late, in [0, 1]
 * @param malformed share of actions followed by a broken record, in [0, 1]
 */
public record FleetSettings(
    long seed,
    int tasks,
    Instant start,
    double actionsPerSecond,
    double harmfulTasks,
    double duplicates,
    double outOfOrder,
    double malformed) {

  public FleetSettings {
    if (tasks <= 0) {
      throw new IllegalArgumentException("tasks must be above 0, is " + tasks);
    }
    if (!(actionsPerSecond > 0) || Double.isInfinite(actionsPerSecond)) {
      throw new IllegalArgumentException(
          "actionsPerSecond must be above 0, is " + actionsPerSecond);
    }
    share("harmfulTasks", harmfulTasks);
    share("duplicates", duplicates);
    share("outOfOrder", outOfOrder);
    share("malformed", malformed);
  }

  /** The usual fleet: about one action in 1,500 is harmful, few records are flawed. */
  public static FleetSettings of(long seed, int tasks, Instant start) {
    return new FleetSettings(seed, tasks, start, 50, 1.0 / 150, 0.001, 0.001, 0.0002);
  }

  /** The same at another rate in the fleet's own time. */
  public FleetSettings withActionsPerSecond(double rate) {
    return new FleetSettings(
        seed, tasks, start, rate, harmfulTasks, duplicates, outOfOrder, malformed);
  }

  /** The same with other flaws. */
  public FleetSettings withFlaws(double duplicates, double outOfOrder, double malformed) {
    return new FleetSettings(
        seed, tasks, start, actionsPerSecond, harmfulTasks, duplicates, outOfOrder, malformed);
  }

  /** The same with another share of tasks that end in harm. */
  public FleetSettings withHarmfulTasks(double share) {
    return new FleetSettings(
        seed, tasks, start, actionsPerSecond, share, duplicates, outOfOrder, malformed);
  }

  private static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1], is " + value);
    }
  }
}
