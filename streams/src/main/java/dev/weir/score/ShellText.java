/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.ArrayList;
import java.util.List;

/**
 * The places and pieces of shell syntax in a text: where a bracket closes, what an escape stands
 * for. Linear in the text, without recursion.
 */
final class ShellText {
  private ShellText() {}

  /**
   * Where the bracket that opens at {@code open} closes, quotes, escapes, comments and, if asked
   * for, here-documents apart; the text's length if it does not.
   */
  static int closing(String text, int open, boolean heres) {
    boolean here = heres;
    char opens = open < text.length() ? text.charAt(open) : '(';
    char closes = opens == '{' ? '}' : ')';
    int depth = 0;
    int i = open;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '\'') {
        i = after(text, '\'', i);
      } else if (c == '"') {
        i = quoteEnd(text, i);
      } else if (c == '#' && Character.isWhitespace(text.charAt(i - 1))) {
        i = after(text, '\n', i);
      } else if (here && c == '<' && text.startsWith("<<", i) && !text.startsWith("<<<", i)) {
        int end = skipHere(text, i);
        here = end > i;
        i = Math.max(i + 1, end);
      } else if (c == opens) {
        depth++;
      } else if (c == closes && --depth == 0) {
        return i;
      }
      i++;
    }
    return text.length();
  }

  private static int after(String text, char c, int from) {
    int end = text.indexOf(c, from + 1);
    return end < 0 ? text.length() : end;
  }

  private static int quoteEnd(String text, int from) {
    int i = from + 1;
    while (i < text.length() && text.charAt(i) != '"') {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  private static int skipHere(String text, int at) {
    StringBuilder tag = new StringBuilder();
    int i = hereTag(text, at + 2, tag);
    int newline = text.indexOf('\n', i);
    if (newline < 0 || tag.length() == 0) {
      return at;
    }
    String name = tag.charAt(0) == '\'' ? tag.substring(1) : tag.toString();
    int end = hereEnd(text, newline + 1, name);
    return end >= text.length() ? at : end + name.length() - 1;
  }

  /** Where a back-quoted text closes. */
  static int backquote(String text, int open) {
    int i = open + 1;
    while (i < text.length() && text.charAt(i) != '`') {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(i, text.length());
  }

  /** Reads a here-document's tag, with a quote before it if any of it is quoted. */
  static int hereTag(String text, int from, StringBuilder tag) {
    int i = from;
    while (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == ' ')) {
      i++;
    }
    boolean quoted = false;
    while (i < text.length() && " \n\t;|&<>)".indexOf(text.charAt(i)) < 0) {
      char c = text.charAt(i++);
      if (c == '\'' || c == '"' || c == '\\') {
        quoted = true;
      } else {
        tag.append(c);
      }
    }
    if (quoted) {
      tag.insert(0, '\'');
    }
    return i;
  }

  /** Where the line of a here-document's tag begins; the text's length if there is none. */
  static int hereEnd(String text, int from, String tag) {
    int i = from;
    while (i < text.length()) {
      int end = after(text, '\n', i - 1);
      int start = i;
      while ((start < end && text.charAt(start) == '\t')
          || (start < end && text.charAt(start) == ' ')) {
        start++;
      }
      int stop = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
      if (stop - start == tag.length() && text.startsWith(tag, start)) {
        return start;
      }
      i = end + 1;
    }
    return text.length();
  }

  /** The words of a text, parted by blanks outside quotes, at most so many. */
  static List<String> words(String text, int most) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    boolean in = false;
    for (int i = 0; i < text.length() && words.size() < most; i++) {
      char c = text.charAt(i);
      if (quote == 0 && c <= ' ') {
        if (in) {
          words.add(word.toString());
          word.setLength(0);
        }
        in = false;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
        in = true;
      } else if (c == quote && quote != 0) {
        quote = 0;
      } else {
        boolean escape = c == '\\' && quote == 0 && i + 1 < text.length();
        word.append(escape ? text.charAt(++i) : c);
        in = true;
      }
    }
    if (in && words.size() < most) {
      words.add(word.toString());
    }
    return words;
  }

  /** Where the name of a variable ends. */
  static int nameEnd(String text, int from) {
    int i = from;
    while (i < text.length() && isNamePart(text.charAt(i))) {
      i++;
    }
    if (i > from && Character.isDigit(text.charAt(from))) {
      return from + 1;
    }
    return i == from && i < text.length() && "@*#?$!-".indexOf(text.charAt(i)) >= 0 ? i + 1 : i;
  }

  static boolean isNamePart(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  static boolean isNumber(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() > 0;
  }

  /** The length of {@code NAME=} or {@code NAME+=} at a word's start, or 0. */
  static int assignment(String word) {
    int i = 0;
    while (i < word.length() && isNamePart(word.charAt(i))) {
      i++;
    }
    if (i == 0 || i == word.length() || Character.isDigit(word.charAt(0))) {
      return 0;
    }
    if (word.charAt(i) == '+') {
      i++;
    }
    return i < word.length() && word.charAt(i) == '=' ? i + 1 : 0;
  }

  static boolean isWindowsPath(CharSequence word, String text, int at) {
    int n = word.length();
    char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    if (n == 0) {
      return next == '\\'
          && at + 2 < text.length()
          && Character.isLetterOrDigit(text.charAt(at + 2));
    }
    boolean drive = n > 1 && word.charAt(1) == ':' && Character.isLetter(word.charAt(0));
    boolean registry = n > 2 && word.charAt(0) == 'H' && word.charAt(1) == 'K';
    boolean share = word.charAt(0) == '\\';
    boolean here = word.charAt(0) == '.' && Character.isLetter(next);
    boolean variable =
        word.charAt(0) == '%' || (n > 4 && word.charAt(0) == '$' && word.charAt(4) == ':');
    return (drive || registry || share || here || variable) && next != ' ' && next != '\n';
  }

  /** Whether text ends in the name of a drive, as in {@code C:}. */
  static boolean endsInDrive(CharSequence text) {
    int n = text.length();
    boolean drive = n > 1 && text.charAt(n - 1) == ':' && Character.isUpperCase(text.charAt(n - 2));
    return drive && (n == 2 || text.charAt(n - 3) == ' ');
  }

  /** Reads {@code $'…'} from behind its quote; returns the place behind the closing one. */
  static int ansi(String text, int from, StringBuilder out) {
    int i = from;
    while (i < text.length() && text.charAt(i) != '\'') {
      if (text.charAt(i) == '\\' && i + 1 < text.length()) {
        i = escape(text, i + 1, out);
      } else {
        out.append(text.charAt(i++));
      }
    }
    return Math.min(text.length(), i + 1);
  }

  /** Reads one escape from behind its backslash; returns the place behind it. */
  static int escape(String text, int at, StringBuilder out) {
    char c = text.charAt(at);
    return switch (c) {
      case 'x' -> number(text, at + 1, 16, 2, out);
      case 'u' -> number(text, at + 1, 16, 4, out);
      case 'U' -> number(text, at + 1, 16, 8, out);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> number(text, at, 8, c == '0' ? 4 : 3, out);
      default -> {
        int kind = "ntreab".indexOf(c);
        out.append(kind < 0 ? c : "\n\t\r\033\007\b".charAt(kind));
        yield at + 1;
      }
    };
  }

  private static int number(String text, int from, int radix, int most, StringBuilder out) {
    int i = from;
    int value = 0;
    while (i < text.length() && i < from + most && Character.digit(text.charAt(i), radix) >= 0) {
      value = value * radix + Character.digit(text.charAt(i), radix);
      i++;
    }
    out.append(Character.isValidCodePoint(value) && value < 0xD800 ? (char) value : '?');
    return i;
  }
}
