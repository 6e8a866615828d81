/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import java.util.Locale;

/**
 * Hostile text as a person may safely see it: what steers a terminal, turns its direction, or is
 * not seen at all stands as a visible escape.
 */
public final class Shown {
  private Shown() {}

  /** In one line: ends of lines are escaped, too. */
  public static String line(String text) {
    return escape(text, false);
  }

  /** In as many lines as it has. */
  public static String lines(String text) {
    return escape(text, true);
  }

  /** In one line of at most that many characters, with its length where it is cut. */
  public static String brief(String text, int most) {
    if (text.length() <= most) {
      return line(text);
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return "%s… (%,d characters)".formatted(line(text.substring(0, end)), text.length());
  }

  private static String escape(String text, boolean keepLines) {
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (isPlain(c) || (keepLines && c == '\n')) {
                shown.appendCodePoint(c);
              } else {
                shown.append(String.format(Locale.ROOT, c <= 0xFFFF ? "\\u%04x" : "\\u{%x}", c));
              }
            });
    return shown.toString();
  }

  private static boolean isPlain(int c) {
    if (c >= ' ' && c < 0x7F) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.OTHER_LETTER,
          Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.CONNECTOR_PUNCTUATION,
          Character.OTHER_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL ->
          !isBlank(c);
      default -> false; // controls, formats, marks, separators, surrogates, private and unassigned
    };
  }

  /** Letters and symbols that show nothing. */
  private static boolean isBlank(int c) {
    return c == 0x115F || c == 0x1160 || c == 0x2800 || c == 0x3164 || c == 0xFFA0;
  }
}
