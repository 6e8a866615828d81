/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Durations as people write them. */
final class Durations {
  private Durations() {}

  /** Milliseconds, or -1 if the text is no duration of less than 10,000 days. */
  static long ms(String text) {
    try {
      if (text.startsWith("P")) {
        return bounded(Duration.parse(text).toMillis());
      }
      int unit = 0;
      while (unit < text.length() && Character.isDigit(text.charAt(unit))) {
        unit++;
      }
      if (unit == 0 || unit > 12) {
        return -1;
      }
      long count = Long.parseLong(text.substring(0, unit));
      return switch (text.substring(unit)) {
        case "ms" -> bounded(count);
        case "s" -> bounded(Math.multiplyExact(count, 1_000L));
        case "m" -> bounded(Math.multiplyExact(count, 60_000L));
        case "h" -> bounded(Math.multiplyExact(count, 3_600_000L));
        case "d" -> bounded(Math.multiplyExact(count, 86_400_000L));
        default -> -1;
      };
    } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
      return -1;
    }
  }

  private static long bounded(long ms) {
    return ms <= 10_000L * 86_400_000L ? ms : -1;
  }
}
