/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.Arrays;

/**
 * A text as it is written and folded ({@link Letters}), character by character: case, look-alikes
 * and invisible characters are undone. Its arrays are used again for the next text.
 */
final class FoldedText {
  private static final int AHEAD = 5;

  /** The text: {@code length} characters. */
  char[] raw = new char[64 - 1 - AHEAD];

  /** The text folded, with a line's end before it and {@link #AHEAD} after it. */
  char[] folded = new char[64];

  int length;

  /** Takes another text. */
  void fold(String what) {
    int n = what.length();
    if (raw.length < n) {
      raw = new char[n];
      folded = new char[n + 1 + AHEAD];
    }
    what.getChars(0, n, raw, 0);
    length = n;
    folded[0] = '\n';
    for (int i = 0; i < n; i++) {
      folded[i + 1] = Letters.fold(raw[i]);
    }
    Arrays.fill(folded, n + 1, n + 1 + AHEAD, '\n');
  }

  /** The folded character at {@code i}, from one before the text to a few after it. */
  char at(int i) {
    return folded[i + 1];
  }

  /** The character that {@code %xx} stands for here; −1 for none. */
  int hex(int i) {
    int high = i + 2 < length ? Character.digit(raw[i + 1], 16) : -1;
    int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
    return low < 0 ? -1 : 16 * high + low;
  }
}
