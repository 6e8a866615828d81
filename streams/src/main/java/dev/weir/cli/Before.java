/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.cli.Adopted.Stand;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a partition scored by just before, in the order of its assessments: generations never
 * fall there, so a search by halves finds where the last one began.
 */
final class Before {
  private final Log log;

  /** One partition's assessments. */
  @FunctionalInterface
  interface Log {
    /** The first one at that offset or after it; null if there is none. */
    @Nullable Stand from(long offset);
  }

  Before(Log log) {
    this.log = log;
  }

  /**
   * The latest that is of another policy than {@code now}; null if there is none.
   *
   * @param first offset at which the log begins
   * @param end offset at which it ends
   */
  @Nullable Stand of(Stand now, long first, long end) {
    Stand before = older(now.generation(), first, end);
    while (before != null && before.digestHex().equals(now.digestHex())) {
      before = older(before.generation(), first, end);
    }
    return before;
  }

  /** The last one of a lower generation. */
  private @Nullable Stand older(long generation, long first, long end) {
    Stand older = null;
    long low = first;
    long high = end;
    while (low < high) {
      long middle = low + (high - low) / 2;
      Stand found = log.from(middle);
      if (found != null && found.generation() < generation) {
        older = found;
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return older;
  }
}
