/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lists of letters' numbers in PowerShell, as they stand or each combined with one number ({@code
 * -bxor 42}), which make up a text. At most 4,000 letters.
 */
final class PowerNumbers {
  private static final int MAX_LETTERS = 4_000;
  private static final int MIN_LETTERS = 4;
  private static final String LETTER = "$([char]";

  private final IntFunction<String> pieces;
  private int at;

  private PowerNumbers(IntFunction<String> pieces, int at) {
    this.pieces = pieces;
    this.at = at;
  }

  /**
   * Reads a list that begins at a place: the text that it makes up, or null if it makes up none.
   *
   * @param pieces what stands at a place, "" at the end
   * @param end where the place behind it is written
   */
  static @Nullable String read(IntFunction<String> pieces, int i, int[] end) {
    String first = pieces.apply(i);
    boolean typed =
        first.startsWith("[byte[]]") || first.startsWith("[char[]]") || first.startsWith("[int[]]");
    if (!typed && !first.equals("(")) {
      return null;
    }
    PowerNumbers numbers = new PowerNumbers(pieces, typed ? i + 1 : i);
    String text = numbers.text();
    if (text == null) {
      return null;
    }
    end[0] = numbers.at;
    return text;
  }

  private @Nullable String text() {
    int open = 0;
    while (is("(") || is("@")) {
      open += is("(") ? 1 : 0;
      skip();
    }
    StringBuilder text = new StringBuilder();
    int number = number();
    while (number >= 0 && text.length() < MAX_LETTERS) {
      text.append((char) number);
      skip();
      if (!is(",")) {
        break;
      }
      skip();
      number = number();
    }
    if (open == 0 || text.length() < MIN_LETTERS) {
      return null;
    }
    int key = 0;
    while (open > 0) {
      if (is(")")) {
        open--;
        at++;
      } else if (is("|")) {
        key = each();
      } else {
        return null;
      }
    }
    if (next().equals("|") && eachFollows()) {
      key = each();
    }
    return key == 0 ? text.toString() : combined(text, key);
  }

  private boolean eachFollows() {
    int before = at;
    skipBlanks();
    skip();
    boolean each = is("%") || is("foreach-object") || is("foreach");
    at = before;
    return each;
  }

  /** {@code | % { [char]($_ -bxor 42) }}: the number that each is combined with; 0 for none. */
  private int each() {
    int key = 0;
    boolean combines = false;
    for (int n = 0; n < 30 && !pieces.apply(at).isEmpty() && !is("}"); n++) {
      combines |= is("-bxor");
      skip();
      if (combines && key == 0 && number() > 0) {
        key = number();
      }
    }
    at++;
    return key;
  }

  private static String combined(StringBuilder text, int key) {
    for (int i = 0; i < text.length(); i++) {
      text.setCharAt(i, (char) (text.charAt(i) ^ key));
    }
    return text.toString();
  }

  private int number() {
    skipBlanks();
    String said = pieces.apply(at);
    boolean hex = said.startsWith("0x") && said.length() < 7;
    try {
      int number =
          hex
              ? Integer.parseInt(said.substring(2), 16)
              : ShellText.isNumber(said) && said.length() < 6 ? Integer.parseInt(said) : -1;
      return number < 0xD800 ? number : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private String next() {
    skipBlanks();
    return pieces.apply(at);
  }

  private boolean is(String sign) {
    return next().equals(sign);
  }

  private void skipBlanks() {
    while (!pieces.apply(at).isEmpty() && pieces.apply(at).isBlank()) {
      at++;
    }
  }

  private void skip() {
    skipBlanks();
    at++;
  }

  /** Letters by their numbers within a text: {@code $([char]68)}. */
  static String filled(String text) {
    int from = text.indexOf(LETTER);
    if (from < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int done = 0;
    while (from >= 0) {
      int start = from + LETTER.length();
      int close = text.indexOf(')', start);
      String code = close < 0 || close - start > 5 ? "" : text.substring(start, close).strip();
      if (!ShellText.isNumber(code)) {
        break;
      }
      out.append(text, done, from).append((char) Integer.parseInt(code));
      done = close + 1;
      from = text.indexOf(LETTER, done);
    }
    return out.append(text.substring(done)).toString();
  }
}
