/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import java.util.regex.Pattern;

/**
 * Other identifiers of the same shape: of what stands between punctuation, each part of {@value
 * #LEAST} letters and digits or more that holds a digit becomes another one, the same for equal
 * parts, so that identifiers that hold one another still do.
 */
final class Aliases {
  /** Shorter parts are counters, dates and versions: they stay. */
  static final int LEAST = 6;

  private static final Pattern PUNCTUATION = Pattern.compile("[^A-Za-z0-9]+");
  private static final String HEX = "0123456789abcdef";

  private final ProbeDice dice;
  private final int attempt;

  /**
   * @param dice what letters and digits are drawn by
   * @param attempt another number makes other identifiers
   */
  Aliases(ProbeDice dice, int attempt) {
    this.dice = dice;
    this.attempt = attempt;
  }

  /** Whether there is another one of its shape. */
  static boolean varies(String id) {
    return PUNCTUATION.splitAsStream(id).anyMatch(Aliases::varied);
  }

  private static boolean varied(String part) {
    return part.length() >= LEAST && part.chars().anyMatch(c -> c >= '0' && c <= '9');
  }

  /** Another identifier in place of {@code id}. */
  String of(String id) {
    StringBuilder alias = new StringBuilder(id.length());
    int start = 0;
    for (int i = 0; i <= id.length(); i++) {
      if (i == id.length() || !isPart(id.charAt(i))) {
        alias.append(part(id.substring(start, i)));
        if (i < id.length()) {
          alias.append(id.charAt(i));
        }
        start = i + 1;
      }
    }
    return alias.toString();
  }

  private static boolean isPart(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private String part(String part) {
    if (!varied(part)) {
      return part;
    }
    boolean hex =
        part.chars().allMatch(c -> HEX.indexOf(c) >= 0) && part.chars().anyMatch(c -> c > '9');
    StringBuilder alias = new StringBuilder(part.length());
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      int drawn = dice.below(hex ? HEX.length() : 10, "id", attempt + "/" + i + "/" + part);
      alias.append(hex || digit ? HEX.charAt(drawn) : c);
    }
    return alias.toString();
  }
}
