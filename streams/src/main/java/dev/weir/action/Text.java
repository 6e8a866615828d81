/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

/** Checks on text that arrived from outside. */
final class Text {
  private Text() {}

  /** True if {@code text} takes at most {@code limit} bytes of UTF-8. */
  static boolean fits(String text, int limit) {
    int length = text.length();
    if (length > limit) {
      return false;
    }
    return length <= limit / 3 || utf8Bytes(text) <= limit;
  }

  /** True if every surrogate in {@code text} is half of a pair. */
  static boolean isWellFormed(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static long utf8Bytes(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes += 1;
      } else if (c < 0x800 || Character.isSurrogate(c)) {
        bytes += 2; // a surrogate pair takes four
      } else {
        bytes += 3;
      }
    }
    return bytes;
  }
}
