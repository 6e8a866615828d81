/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The bare words of a command line: outside quotes, comments and expansions, no keyword and no
 * assignment, so that quoting them changes nothing. A line with a here-document has none.
 */
final class ShellText {
  private static final Set<String> KEYWORDS =
      Set.of(
          "if",
          "then",
          "else",
          "elif",
          "fi",
          "for",
          "in",
          "do",
          "done",
          "while",
          "until",
          "case",
          "esac",
          "function",
          "select",
          "time",
          "export",
          "local",
          "declare",
          "alias");

  /** Behind these a name is not a word to the shell. */
  private static final Set<String> BEFORE_NAMES = Set.of("for", "select", "function");

  private static final Set<String> NOT_READ = Set.of("<<", "((", "[[", "case ");

  private ShellText() {}

  /** A word's place: from its first character to behind its last. */
  record Word(int from, int to) {}

  static List<Word> words(String line) {
    List<Word> words = new ArrayList<>();
    if (NOT_READ.stream().anyMatch(line::contains)) {
      return words;
    }
    String before = "";
    for (int at = 0; at < line.length(); ) {
      int end = end(line, at);
      if (isPlain(line.charAt(at))) {
        if (!BEFORE_NAMES.contains(before)) {
          add(line, new Word(at, end), words);
        }
        before = line.substring(at, end);
      }
      at = end;
    }
    return words;
  }

  /** Whether it starts with a bare word, as a simple command does. */
  static boolean startsPlain(String line) {
    List<Word> words = words(line);
    return !words.isEmpty() && words.get(0).from == 0;
  }

  /** In single quotes, as one word. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** Behind the word, quotation, comment or single character that starts at {@code at}. */
  private static int end(String line, int at) {
    return switch (line.charAt(at)) {
      case '\\' -> Math.min(line.length(), at + 2);
      case '\'' -> behind(line, line.indexOf('\'', at + 1));
      case '"' -> quoteEnd(line, at + 1);
      case '#' ->
          at == 0 || line.charAt(at - 1) <= ' ' ? behind(line, line.indexOf('\n', at)) : at + 1;
      case '$' -> expansionEnd(line, at + 1);
      default -> isPlain(line.charAt(at)) ? plainEnd(line, at) : at + 1;
    };
  }

  private static int quoteEnd(String line, int from) {
    for (int i = from; i < line.length(); i++) {
      if (line.charAt(i) == '\\') {
        i++;
      } else if (line.charAt(i) == '"') {
        return i + 1;
      }
    }
    return line.length();
  }

  private static int expansionEnd(String line, int at) {
    if (at < line.length() && line.charAt(at) == '{') {
      return behind(line, line.indexOf('}', at));
    }
    return plainEnd(line, at);
  }

  private static int behind(String line, int found) {
    return found < 0 ? line.length() : found + 1;
  }

  private static int plainEnd(String line, int at) {
    int end = at;
    while (end < line.length() && isPlain(line.charAt(end))) {
      end++;
    }
    return end;
  }

  private static void add(String line, Word word, List<Word> words) {
    boolean starts = word.from == 0 || " \t\n;|&(".indexOf(line.charAt(word.from - 1)) >= 0;
    boolean ends = word.to == line.length() || " \t\n;|&)".indexOf(line.charAt(word.to)) >= 0;
    if (starts && ends && !KEYWORDS.contains(line.substring(word.from, word.to))) {
      words.add(word);
    }
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_-./:@,+%".indexOf(c) >= 0;
  }
}
