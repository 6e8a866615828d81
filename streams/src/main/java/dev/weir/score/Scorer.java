/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.action.Action;

/**
 * Judges an action. A pure function of its arguments and of what the scorer was made from: no
 * clock, no chance, no state. Never throws: its own failure is a score at the catastrophic line.
 */
public interface Scorer {
  /** Scores an action of a task, given the task's state before it. */
  Scored score(Action action, TaskView task);
}
