/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.state.TaskCore;

/**
 * A task after one more action.
 *
 * @param core the task's state, this action included
 * @param timing where the action stands in it
 * @param massBefore the task's mass before, in LU; NaN if the action opened the task
 * @param unreviewedBefore what had added up towards the task's line before, in LU, decayed to now;
 *     NaN if the action does not count towards it
 */
public record Folded(TaskCore core, Timing timing, double massBefore, double unreviewedBefore) {
  /** Whether the action counts towards its task's line. */
  public boolean counts() {
    return !Double.isNaN(unreviewedBefore);
  }

  /** What has added up towards the task's line with this action, in LU; 0 if it does not count. */
  public double unreviewed() {
    return counts() ? core.getUnreviewedMass() : 0;
  }
}
