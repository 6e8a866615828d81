/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

/** Letters with a space after each, which are a text to whoever reads it. */
final class SpacedLetters {
  /** From so many on, letters with spaces between them are a text. */
  private static final int MIN_SPACED = 16;

  private static final int MAX_SPACED = 2_000;

  private final FoldedText text;
  private String joined = "";

  SpacedLetters(FoldedText text) {
    this.text = text;
  }

  /** The first text that was hidden so since it was asked for last; "" for none. */
  String take() {
    String taken = joined;
    joined = "";
    return taken;
  }

  /** Where letters with a space after each end that begin here; the same place for none. */
  int end(int from) {
    if (!isAlone(from) || !isAlone(from + 2)) {
      return from;
    }
    int end = from;
    int most = Math.min(text.length, from + MAX_SPACED);
    StringBuilder letters = new StringBuilder();
    while (end < most && text.raw[end] > ' ' && text.at(end + 1) <= ' ') {
      letters.append(text.raw[end]);
      end += 2;
      while (end < most && text.raw[end] == ' ') {
        letters.append(' ');
        end++;
      }
    }
    if (letters.length() < MIN_SPACED) {
      return from;
    }
    joined = joined.isEmpty() ? letters.toString() : joined;
    return Math.min(end, text.length);
  }

  private boolean isAlone(int i) {
    return TextScanner.isWord(text.at(i))
        && text.at(i - 1) <= ' '
        && text.at(i + 1) == ' '
        && i + 2 < text.length;
  }
}
