/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import org.jspecify.annotations.Nullable;

/** Numbers in arguments and in text. */
final class Numbers {
  private static final int MAX_DIGITS = 24;

  private Numbers() {}

  /** The number that a value is or spells ({@code "1,200.50"}, {@code "$30"}), or null. */
  static @Nullable Double of(Object value) {
    if (value instanceof Number n) {
      return Double.isFinite(n.doubleValue()) ? n.doubleValue() : null;
    }
    if (value instanceof String s && s.length() <= MAX_DIGITS) {
      StringBuilder digits = new StringBuilder();
      for (int i = 0; i < s.length(); i++) {
        char c = s.charAt(i);
        if ((c >= '0' && c <= '9') || c == '.' || c == '-') {
          digits.append(c);
        } else if (Character.isLetter(c) && digits.length() > 0 && s.length() - i > 4) {
          return null;
        }
      }
      return parse(digits.toString());
    }
    return null;
  }

  private static @Nullable Double parse(String digits) {
    try {
      return Double.valueOf(digits);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
