/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.score.TaskView;
import dev.weir.score.Trail;
import dev.weir.state.TaskCore;
import dev.weir.state.TaskObjective;
import org.jspecify.annotations.Nullable;

/** Shows a task's state to the scorer. */
public final class TaskViews {
  private TaskViews() {}

  /** The task as it stands; nulls where it has no action, or no objective, yet. */
  public static TaskView of(
      @Nullable TaskCore core, @Nullable TaskObjective objective, Trail trail) {
    if (core == null) {
      return TaskView.none();
    }
    return new TaskView(
        core.getActions(),
        core.getMass(),
        core.getDecayedMass(),
        core.getMaxRisk(),
        objective == null ? null : objective.getText(),
        objective != null && objective.getAttested(),
        core.getFirstSeenMs(),
        core.getLastSeenMs(),
        trail);
  }
}
