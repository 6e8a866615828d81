/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.text.Normalizer;

/**
 * Folds characters, so that ways of writing one letter compare as one: case, NFKC compatibility
 * forms (full width, mathematical), letters of other scripts that look like Latin ones, dashes,
 * spaces and quotes. What cannot be seen vanishes; invisible tag characters become what they spell.
 * One character in, at most one out: a ligature becomes its first letter.
 */
final class Letters {
  /** The fold of a character that is not there for a reader. */
  static final char NOTHING = 0;

  private static final String LOOKALIKES =
      "аaвbсcԁdеeһhіiјjкkӏlмmнhоoрpԛqгrѕsтtυuѵvԝwхxуyαaβbγyεeηnιiκkνvοoρpτtχxωwıiɡgɑaʟlʏy";
  private static final int TAGS = 0xE0000;
  private static final char OTHER_LETTER = '\u4e00';
  private static final char[] FOLDED = table();

  private Letters() {}

  /** The folded character, or {@link #NOTHING}; a half of a surrogate pair is itself. */
  static char fold(char c) {
    return FOLDED[c];
  }

  /** {@code text} in capitals, character by character, in linear time: as {@link LowerCase}. */
  static String upper(String text) {
    char[] upper = text.toCharArray();
    for (int i = 0; i < upper.length; i++) {
      upper[i] = Character.toUpperCase(upper[i]);
    }
    return new String(upper);
  }

  /** The fold of a character that takes two {@code char}s. */
  static char fold(char high, char low) {
    int codePoint = Character.toCodePoint(high, low);
    if (codePoint > TAGS && codePoint < TAGS + 128) {
      return FOLDED[codePoint - TAGS];
    }
    if (codePoint >= TAGS && codePoint < TAGS + 0x200) {
      return NOTHING;
    }
    String form = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC);
    if (form.length() == 1) {
      return FOLDED[form.charAt(0)];
    }
    return Character.isLetterOrDigit(codePoint) ? OTHER_LETTER : ' ';
  }

  private static char[] table() {
    char[] table = new char[1 << 16];
    for (int c = 0; c < table.length; c++) {
      table[c] = plain((char) c);
    }
    for (int i = 0; i + 1 < LOOKALIKES.length(); i += 2) {
      table[LOOKALIKES.charAt(i)] = LOOKALIKES.charAt(i + 1);
      table[Character.toUpperCase(LOOKALIKES.charAt(i))] = LOOKALIKES.charAt(i + 1);
    }
    for (char c = 'A'; c <= 'Z'; c++) {
      table[c] = Character.toLowerCase(c);
    }
    return table;
  }

  private static char plain(char c) {
    if (c < 128) {
      return c >= ' ' || c == '\n' ? (char) Character.toLowerCase((int) c) : ' ';
    }
    int type = Character.getType(c);
    boolean unseen = type == Character.FORMAT || c == '\u034f' || (c >= '\ufe00' && c <= '\ufe0f');
    if (unseen || c == '\u115f' || c == '\u1160' || c == '\u3164') {
      return NOTHING;
    }
    return switch (type) {
      case Character.DASH_PUNCTUATION -> '-';
      case Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION -> '"';
      case Character.SPACE_SEPARATOR, Character.CONTROL -> ' ';
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> '\n';
      case Character.SURROGATE -> c;
      default -> compatible(c);
    };
  }

  private static char compatible(char c) {
    String form = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC);
    String lower = LowerCase.of(form);
    return lower.isEmpty() ? NOTHING : lower.charAt(0);
  }
}
