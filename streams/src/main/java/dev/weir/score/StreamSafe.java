/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.text.Normalizer;

/**
 * Text in the Stream-Safe Text Format (Unicode Standard Annex #15, 13): a joiner after every 30
 * marks in a row. Sorting a longer row takes the JDK's normalizer the square of its length.
 */
final class StreamSafe {
  private static final int MAX_MARKS = 30;
  private static final char JOINER = '\u034f';

  private StreamSafe() {}

  /** The text in NFKC. */
  static String nfkc(String text) {
    return Normalizer.normalize(of(text), Normalizer.Form.NFKC);
  }

  /** The text itself where no row of marks is longer. */
  static String of(String text) {
    StringBuilder safe = null;
    int marks = 0;
    int copied = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      marks = isMark(c) ? marks + 1 : 0;
      if (marks > MAX_MARKS) {
        safe = safe == null ? new StringBuilder(text.length() + text.length() / MAX_MARKS) : safe;
        safe.append(text, copied, i).append(JOINER);
        copied = i;
        marks = 1;
      }
      i += Character.charCount(c);
    }
    return safe == null ? text : safe.append(text, copied, text.length()).toString();
  }

  /** Whether it becomes a mark: all that Unicode sorts are, and two letters become some. */
  private static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> c == 0xFF9E || c == 0xFF9F;
    };
  }
}
