/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.action.Action;
import dev.weir.event.AgentEvidence;
import org.jspecify.annotations.Nullable;

/**
 * Judges an action. A pure function of its arguments and of what the scorer was made from: no
 * clock, no chance, no state. Never throws: its own failure is a score at the catastrophic line.
 */
public interface Scorer {
  /** Scores an action of a task, given the task's state before it, by an agent of no record. */
  default Scored score(Action action, TaskView task) {
    return score(action, task, null);
  }

  /**
   * Scores an action of a task.
   *
   * @param task its state before the action
   * @param evidence what the agent's record says against it; null for nothing
   */
  Scored score(Action action, TaskView task, @Nullable AgentEvidence evidence);
}
