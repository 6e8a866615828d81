/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.score.Arguments.Leaf;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;

/** Encoded payloads: long runs of Base64 or hexadecimal. Decoded one level deep, 4 KiB at most. */
final class Encodings {
  private static final int MIN_RUN = 40;
  private static final int MAX_DECODED = 4 << 10;

  private Encodings() {}

  static Map<Fact, Object> read(Arguments arguments) {
    String longest = "";
    for (Leaf leaf : arguments.leaves()) {
      String text = leaf.text();
      int start = 0;
      for (int i = 0; text.length() >= MIN_RUN && i <= text.length(); i++) {
        if (i == text.length() || !isCode(text.charAt(i))) {
          if (i - start >= MIN_RUN
              && i - start > longest.length()
              && looksEncoded(text, start, i)) {
            longest = text.substring(start, i);
          }
          start = i + 1;
        }
      }
    }
    if (longest.isEmpty()) {
      return Map.of();
    }
    Map<Fact, Object> facts = new EnumMap<>(Fact.class);
    facts.put(ENCODED_PRESENT, true);
    facts.put(ENCODED_LENGTH, (long) longest.length());
    facts.put(ENCODED_TEXT, decodesToText(longest));
    return facts;
  }

  private static boolean isCode(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '=';
  }

  /** Both cases and digits, or hexadecimal only; words and paths are neither. */
  private static boolean looksEncoded(String text, int start, int end) {
    int upper = 0;
    int lower = 0;
    int digit = 0;
    int slash = 0;
    boolean hex = true;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      upper += c >= 'A' && c <= 'Z' ? 1 : 0;
      lower += c >= 'a' && c <= 'z' ? 1 : 0;
      digit += c >= '0' && c <= '9' ? 1 : 0;
      slash += c == '/' ? 1 : 0;
      hex &= Character.digit(c, 16) >= 0;
    }
    int length = end - start;
    return (hex && digit > 4)
        || (upper > length / 10 && lower > length / 10 && digit > 0 && slash <= length / 12);
  }

  private static boolean decodesToText(String run) {
    String code = run.substring(0, Math.min(run.length(), MAX_DECODED));
    try {
      String whole = code.substring(0, code.length() / 4 * 4);
      byte[] bytes = Base64.getDecoder().decode(whole);
      int printable = 0;
      for (byte b : bytes) {
        printable += (b >= 32 && b < 127) || b == '\n' || b == '\t' ? 1 : 0;
      }
      return printable >= bytes.length * 9 / 10;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
