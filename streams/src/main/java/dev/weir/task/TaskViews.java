/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.score.Provenance;
import dev.weir.score.TaskView;
import dev.weir.score.Trail;
import dev.weir.state.TaskCore;
import dev.weir.state.TaskObjective;
import dev.weir.state.TaskProvenance;
import dev.weir.state.TaskSeen;
import org.jspecify.annotations.Nullable;

/** Shows a task's state to the scorer. */
public final class TaskViews {
  private TaskViews() {}

  /** What the scorer was shown, to be kept; shares nothing with what goes on. */
  public static TaskSeen seen(TaskView view, Provenance provenance) {
    return new TaskSeen(
        view.actions(),
        view.mass(),
        view.decayedMass(),
        view.maxRisk(),
        view.objective(),
        view.objectiveAttested(),
        view.firstSeenMs(),
        view.lastSeenMs(),
        TaskProvenance.newBuilder(provenance.state()).build());
  }

  /** The same once more. */
  public static TaskView of(TaskSeen seen) {
    if (seen.getActions() == 0) {
      return TaskView.none();
    }
    return new TaskView(
        seen.getActions(),
        seen.getMass(),
        seen.getDecayedMass(),
        seen.getMaxRisk(),
        seen.getObjective(),
        seen.getObjectiveAttested(),
        seen.getFirstSeenMs(),
        seen.getLastSeenMs(),
        Provenance.restored(seen.getProvenance()));
  }

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
