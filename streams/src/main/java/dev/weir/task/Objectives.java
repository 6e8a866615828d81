/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.state.TaskObjective;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a task is for: the first objective declared by a source that may attest it; until then
 * the first declared by any, which gives no credit.
 */
public final class Objectives {
  static final int MAX_CHARS = 2 << 10;

  private Objectives() {}

  /**
   * What the task is for once an action declared {@code declared}.
   *
   * @return a new value if it changed, else {@code known} itself
   */
  public static @Nullable TaskObjective after(
      @Nullable TaskObjective known, @Nullable String declared, boolean attested) {
    boolean counts =
        declared != null
            && !declared.isEmpty()
            && (known == null || (attested && !known.getAttested()));
    return counts && declared != null
        ? new TaskObjective(TaskFold.cut(declared, MAX_CHARS), attested)
        : known;
  }
}
