/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.HashMap;
import java.util.Map;

/**
 * Letters that pass for others: words that mix Latin with Cyrillic or Greek letters, and characters
 * that do not show. One pass, no tables but the letters that look alike.
 */
final class Scripts {
  private static final String FOREIGN = "аеорсухіјѕԁԛԝһьвкмнтгпοαενρτυικχγςβ";
  private static final String LATIN = "aeopcyxijsdqwhbbkmhtrnoaevptuikxycb";
  private static final Map<Character, Character> LIKE = like();

  private Scripts() {}

  private static Map<Character, Character> like() {
    Map<Character, Character> like = new HashMap<>();
    for (int i = 0; i < FOREIGN.length(); i++) {
      like.put(FOREIGN.charAt(i), LATIN.charAt(i));
    }
    return Map.copyOf(like);
  }

  /** Whether some word mixes scripts whose letters look alike. */
  static boolean isMixed(String text) {
    boolean latin = false;
    boolean foreign = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 128 && !isLatin(c)) {
        if (c != '_' && !(c >= '0' && c <= '9')) {
          latin = false;
          foreign = false;
        }
      } else {
        latin |= isLatin(c);
        foreign |= isForeign(c);
      }
      if (latin && foreign) {
        return true;
      }
    }
    return false;
  }

  /** Foreign letters in words that have Latin ones too become what they pass for. Lower case in. */
  static String folded(String text) {
    if (!isMixed(text)) {
      return text;
    }
    StringBuilder folded = new StringBuilder(text);
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || !Character.isLetterOrDigit(text.charAt(i))) {
        if (isMixed(text.substring(start, i))) {
          fold(folded, start, i);
        }
        start = i + 1;
      }
    }
    return folded.toString();
  }

  private static void fold(StringBuilder text, int start, int end) {
    for (int i = start; i < end; i++) {
      text.setCharAt(i, LIKE.getOrDefault(text.charAt(i), text.charAt(i)));
    }
  }

  static boolean isLatin(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isForeign(char c) {
    boolean greek = c >= 0x370 && c <= 0x3FF && LIKE.containsKey(Character.toLowerCase(c));
    return greek || (c >= 0x400 && c <= 0x52F);
  }

  /** Characters that take no room: zero-width, marks of direction, tags. */
  static boolean isInvisible(char c) {
    return c >= 0xAD && showsNothing(c);
  }

  private static boolean showsNothing(char c) {
    return (c >= 0x200B && c <= 0x200F)
        || (c >= 0x2060 && c <= 0x2064)
        || c == 0xFEFF
        || c == 0xAD
        || c == 0x180E
        || isTurning(c);
  }

  /** Characters that turn the direction of what follows. */
  static boolean isTurning(char c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }
}
