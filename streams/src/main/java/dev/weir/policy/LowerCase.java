/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.util.Locale;

/**
 * Text in lower case, character by character where it is not ASCII, in time linear in its length:
 * {@link String#toLowerCase} copies the whole text for every letter that becomes two, so that
 * 16,000 dotted capital I take it a tenth of a second. That letter becomes a plain i, and every
 * sigma the same one.
 */
public final class LowerCase {
  private LowerCase() {}

  /** {@code text} in lower case. */
  public static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return foreign(text);
      }
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static String foreign(String text) {
    char[] lower = text.toCharArray();
    for (int i = 0; i < lower.length; i++) {
      char c = lower[i];
      if (c < 128) {
        lower[i] = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
      } else if (!Character.isSurrogate(c)) {
        lower[i] = Character.toLowerCase(c);
      } else {
        int pair = Character.codePointAt(lower, i);
        i += Character.toChars(Character.toLowerCase(pair), lower, i) - 1;
      }
    }
    return new String(lower);
  }
}
