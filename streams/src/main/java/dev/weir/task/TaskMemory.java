/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.action.Action;
import dev.weir.score.Provenance;
import dev.weir.score.TaskView;
import dev.weir.state.TaskCore;
import dev.weir.state.TaskObjective;
import dev.weir.state.TaskRecent;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one task between its actions, one part a store.
 *
 * @param core its counts and masses; null before its first action
 * @param recent its last ids and actions
 * @param objective what it is for, or null
 * @param provenance where the values came from that it met
 */
public record TaskMemory(
    @Nullable TaskCore core,
    TaskRecent recent,
    @Nullable TaskObjective objective,
    Provenance provenance) {

  /** A task that has no action yet. */
  public static TaskMemory none() {
    return new TaskMemory(null, RecentActions.none(), null, new Provenance());
  }

  /** What its recent ids say of {@code action}. */
  public Sighting sight(Action action) {
    return RecentActions.sight(recent, action);
  }

  /** What a scorer sees of it. */
  public TaskView view() {
    return TaskViews.of(core, objective, provenance);
  }
}
