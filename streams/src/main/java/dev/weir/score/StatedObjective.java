/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import org.jspecify.annotations.Nullable;

/**
 * The objective that an action is judged by: the task's first attested one, else the action's own
 * if attested, else the first declared.
 *
 * @param text null where none was declared
 * @param attested whether a source that may attest one said so
 * @param own the action's own, if it declares one
 * @param another the action's own is another than its task's, and nobody attests either
 */
record StatedObjective(
    @Nullable String text, boolean attested, @Nullable String own, boolean another) {

  /** Of an action that declares {@code own}, whose source may attest one or not. */
  static StatedObjective of(TaskView task, @Nullable String own, boolean mayAttest) {
    String first = task.objective();
    boolean ownAttested = own != null && mayAttest;
    boolean taskAttested = first != null && task.objectiveAttested();
    boolean another = own != null && first != null && !own.equals(first) && !own.isBlank();
    return new StatedObjective(
        first != null && (taskAttested || !ownAttested) ? first : own,
        taskAttested || ownAttested,
        own,
        another && !taskAttested && !ownAttested);
  }

  /** Whether there is one that nobody attests. */
  boolean open() {
    return text != null && !attested;
  }
}
