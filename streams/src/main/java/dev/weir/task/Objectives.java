/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.state.TaskObjective;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a task is for: the first objective declared by a source that may attest it; until then
 * the first declared by any, which gives no credit.
 */
public final class Objectives {
  static final int MAX_BYTES = 2 << 10;

  private Objectives() {}

  /**
   * What changes once an action declared {@code declared}.
   *
   * @return what the task is for from now on; empty if that is what is known already
   */
  public static Optional<TaskObjective> change(
      @Nullable TaskObjective known, @Nullable String declared, boolean attested) {
    if (declared == null || declared.isBlank()) {
      return Optional.empty();
    }
    boolean counts = known == null || (attested && !known.getAttested());
    return counts ? Optional.of(new TaskObjective(cut(declared), attested)) : Optional.empty();
  }

  /** As much of {@code text}, which is valid Unicode, as fits into the limit in UTF-8. */
  private static String cut(String text) {
    int bytes = 0;
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      if (bytes > MAX_BYTES) {
        return text.substring(0, at);
      }
      at += Character.charCount(codePoint);
    }
    return text;
  }
}
