/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import java.util.Locale;

/** Text of agents, made safe to show on a terminal. */
final class Words {
  private Words() {}

  /** At most {@code columns} characters, the last one … if any are missing. */
  static String cut(String text, int columns) {
    String shown = printable(text);
    if (shown.length() <= columns) {
      return shown;
    }
    boolean splitsPair = columns > 1 && Character.isHighSurrogate(shown.charAt(columns - 2));
    return shown.substring(0, splitsPair ? columns - 2 : columns - 1) + "…";
  }

  /** A constant's name as the language writes it. */
  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Control and format characters become spaces: an agent does not steer a reader's terminal. */
  static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              int type = Character.getType(c);
              boolean steers =
                  type == Character.CONTROL
                      || type == Character.FORMAT
                      || type == Character.SURROGATE
                      || type == Character.LINE_SEPARATOR
                      || type == Character.PARAGRAPH_SEPARATOR;
              shown.appendCodePoint(steers ? ' ' : c);
            });
    return shown.toString();
  }

  /** At most {@code columns} characters; what is not visible as its escape: \\n, \\u200b. */
  static String visible(String text, int columns) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .takeWhile(c -> shown.length() < columns)
        .forEach(
            c -> {
              if (c == '\n') {
                shown.append("\\n");
              } else if (printable(Character.toString(c)).equals(" ") && c != ' ') {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    boolean whole = shown.length() <= columns && text.length() <= columns;
    return whole ? shown.toString() : cut(shown.append('…').toString(), columns);
  }
}
