/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.List;

/**
 * Parts that a word may hold. A word is compared only with those whose letters it has: a hostile
 * text has thousands of words, and few have the letters of any part. Immutable.
 */
final class WordParts {
  private final List<String> parts;
  private final long[] letters;

  private WordParts(List<String> parts) {
    this.parts = parts;
    this.letters = parts.stream().mapToLong(WordParts::letters).toArray();
  }

  static WordParts of(String... parts) {
    return new WordParts(List.of(parts));
  }

  /** Whether one of the words holds one of the parts. */
  boolean isIn(List<String> words) {
    for (String word : words) {
      long has = letters(word);
      for (int i = 0; i < letters.length; i++) {
        if ((letters[i] & ~has) == 0 && word.contains(parts.get(i))) {
          return true;
        }
      }
    }
    return false;
  }

  /** A bit for each character, those apart by 64 alike. */
  private static long letters(String text) {
    long letters = 0;
    for (int i = 0; i < text.length(); i++) {
      letters |= 1L << text.charAt(i);
    }
    return letters;
  }
}
