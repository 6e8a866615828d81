/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for conditions, and says what was missing when the deadline passes. */
final class Await {
  static final Duration LIMIT = Duration.ofSeconds(50);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  /** A question that may be asked again and again. */
  interface Condition {
    boolean met() throws Exception;
  }

  private Await() {}

  /** Returns once {@code condition} is met; fails after {@link #LIMIT}. */
  static void until(String what, Condition condition) throws Exception {
    until(what, condition, () -> "");
  }

  /** The same; {@code seen} tells in the failure how things stood. */
  static void until(String what, Condition condition, Supplier<String> seen) throws Exception {
    long deadlineNs = System.nanoTime() + LIMIT.toNanos();
    while (!condition.met()) {
      if (System.nanoTime() > deadlineNs) {
        throw new AssertionError(
            "not within %d s: %s %s".formatted(LIMIT.toSeconds(), what, seen.get()));
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }
}
