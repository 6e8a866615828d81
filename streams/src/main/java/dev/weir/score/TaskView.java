/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import org.jspecify.annotations.Nullable;

/**
 * What a scorer sees of an action's task: its state before the action.
 *
 * @param actions actions so far
 * @param mass sum of their expected loss, LU
 * @param decayedMass the same, decayed to the task's clock, LU
 * @param maxRisk the largest risk of one action, log10 LU; 0 where there is none
 * @param objective the task's first declared objective, or null
 * @param objectiveAttested whether its source may attest it
 * @param firstSeenMs time of the first action, epoch ms; 0 where there is none
 * @param lastSeenMs the task's clock, epoch ms; 0 where there is none
 * @param trail where the values came from that the task has met
 */
public record TaskView(
    long actions,
    double mass,
    double decayedMass,
    double maxRisk,
    @Nullable String objective,
    boolean objectiveAttested,
    long firstSeenMs,
    long lastSeenMs,
    Trail trail) {

  private static final TaskView NEW = new TaskView(0, 0, 0, 0, null, false, 0, 0, Trail.none());

  /** A task that has met nothing. */
  public TaskView(
      long actions,
      double mass,
      double decayedMass,
      double maxRisk,
      @Nullable String objective,
      boolean objectiveAttested,
      long firstSeenMs,
      long lastSeenMs) {
    this(
        actions,
        mass,
        decayedMass,
        maxRisk,
        objective,
        objectiveAttested,
        firstSeenMs,
        lastSeenMs,
        Trail.none());
  }

  /** A task that has no action yet. */
  public static TaskView none() {
    return NEW;
  }
}
