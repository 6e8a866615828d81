/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

/**
 * What ends of lines mean to a sentence: rows of a table, items, keys, and how far a line is
 * indented.
 */
final class LineEnds {
  /** From so many on, borders between columns make a line a row. */
  private static final int MIN_COLUMNS = 2;

  private final FoldedText text;
  private final Sentence sentence;

  /** What looks like a border between columns since the line began. */
  private int columns;

  private int start;
  private int indent;

  LineEnds(FoldedText text, Sentence sentence) {
    this.text = text;
    this.sentence = sentence;
  }

  /** Another text begins. */
  void begin() {
    columns = 0;
    start = 0;
    indent = 0;
  }

  /** What looks like a border between columns. */
  void column() {
    columns++;
  }

  /** A line's end ends a sentence if an empty line, an item of a list, a key or a row follows. */
  void line(int i) {
    int next = i + 1;
    int most = Math.min(text.length, i + 40);
    while (next < most && (text.raw[next] == ' ' || text.raw[next] == '\\')) {
      next++;
    }
    char c = next < most ? text.raw[next] : '\n';
    boolean escapedLine = c == 'n' && text.raw[next - 1] == '\\';
    if (columns >= MIN_COLUMNS || (isNumbered(start) && isNumbered(next))) {
      sentence.border(Cues.ROW);
    } else if (next - i - 1 < indent && text.raw[i] == '\n' && isLabelled(next)) {
      sentence.end();
    } else if (text.at(i - 1) == ':' || isItem(c) || escapedLine || keyed(next)) {
      sentence.end();
    }
    columns = 0;
    start = next;
    indent = next - i - 1;
  }

  /** Whether the first characters before a space hold a digit: rows that are numbered. */
  private boolean isNumbered(int from) {
    int most = Math.min(text.length, from + 12);
    for (int i = from; i < most && text.raw[i] > ' '; i++) {
      if (TextScanner.digit(text.at(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isItem(char c) {
    return c == '\n' || c == '-' || c == '*' || c == '#' || c == '\u2022' || c == '|' || c == '[';
  }

  /** Whether a few words and a colon stand here. */
  private boolean isLabelled(int from) {
    int most = Math.min(text.length, from + 32);
    for (int i = from; i < most && text.raw[i] != '\n'; i++) {
      if (text.raw[i] == ':') {
        return true;
      }
    }
    return false;
  }

  /** Whether a word and a colon stand here. */
  private boolean keyed(int from) {
    int end = from;
    int most = Math.min(text.length, from + 24);
    while (end < most && (TextScanner.isWord(text.at(end)) || text.raw[end] == '_')) {
      end++;
    }
    return end > from && end < most && text.raw[end] == ':';
  }
}
