/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line as a shell does, without running or expanding anything: quotes, escapes,
 * separators, redirections, here-documents, substitutions. One pass, linear in the text.
 */
final class ShellLexer {
  static final int MAX_LENGTH = 16 << 10;
  private static final int MAX_COMMANDS = 200;

  /**
   * One simple command.
   *
   * @param words its words, unquoted
   * @param writes targets of its output redirections
   * @param piped whether its input is the command before
   * @param input text of its here-document, or ""
   */
  record Command(List<String> words, List<String> writes, boolean piped, String input) {}

  private final String text;
  private int at;
  private boolean opaque;
  private final List<Command> commands = new ArrayList<>();
  private final List<String> substitutions = new ArrayList<>();

  private List<String> words = new ArrayList<>();
  private List<String> writes = new ArrayList<>();
  private boolean piped;
  private String input = "";
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private boolean redirect;
  private final List<String> awaited = new ArrayList<>();

  ShellLexer(String text) {
    this.opaque = text.length() > MAX_LENGTH;
    this.text = opaque ? text.substring(0, MAX_LENGTH) : text;
    while (at < this.text.length() && commands.size() < MAX_COMMANDS) {
      step();
    }
    opaque |= at < this.text.length();
    endCommand(false);
  }

  List<Command> commands() {
    return commands;
  }

  /** Texts of command substitutions. */
  List<String> substitutions() {
    return substitutions;
  }

  /** True if the line could not be read to its end. */
  boolean opaque() {
    return opaque;
  }

  private void step() {
    char c = text.charAt(at);
    switch (c) {
      case '\'' -> quoted('\'');
      case '"' -> quoted('"');
      case '\\' -> escaped();
      case '`' -> substitution('`', at + 1);
      case '$' -> dollar();
      case '#' -> comment();
      case ' ', '\t', '\r' -> {
        endWord();
        at++;
      }
      case '\n' -> newline();
      case ';', '(', ')', '{', '}' -> separator(c);
      case '|', '&' -> connector(c);
      case '>', '<' -> redirection(c);
      default -> append(c);
    }
  }

  private void append(char c) {
    word.append(c);
    inWord = true;
    at++;
  }

  private void quoted(char quote) {
    inWord = true;
    at++;
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at);
      if (quote == '"' && c == '\\' && at + 1 < text.length()) {
        at++;
        word.append(text.charAt(at));
        at++;
      } else if (quote == '"' && c == '$' && at + 1 < text.length() && text.charAt(at + 1) == '(') {
        substitution(')', at + 2);
      } else if (quote == '"' && c == '`') {
        substitution('`', at + 1);
      } else {
        word.append(c);
        at++;
      }
    }
    if (at >= text.length()) {
      opaque = true;
    }
    at++;
  }

  private void escaped() {
    at++;
    if (at < text.length()) {
      if (text.charAt(at) != '\n') {
        word.append(text.charAt(at));
        inWord = true;
      }
      at++;
    }
  }

  private void dollar() {
    if (at + 1 < text.length() && text.charAt(at + 1) == '(') {
      substitution(')', at + 2);
    } else if (at + 1 < text.length() && text.charAt(at + 1) == '{') {
      int end = text.indexOf('}', at);
      int stop = end < 0 ? text.length() : end + 1;
      word.append(text, at, stop);
      opaque |= end < 0;
      inWord = true;
      at = stop;
    } else {
      append('$');
    }
  }

  private void substitution(char close, int start) {
    int depth = 1;
    int i = start;
    while (i < text.length() && depth > 0) {
      char c = text.charAt(i);
      if (c == close) {
        depth--;
      } else if (close == ')' && c == '(') {
        depth++;
      }
      i++;
    }
    opaque |= depth > 0;
    substitutions.add(text.substring(start, Math.max(start, depth > 0 ? i : i - 1)));
    word.append("$()");
    inWord = true;
    at = i;
  }

  private void comment() {
    if (inWord) {
      append('#');
      return;
    }
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  private void newline() {
    endWord();
    at++;
    if (!awaited.isEmpty()) {
      StringBuilder bodies = new StringBuilder();
      for (String tag : awaited) {
        hereDocument(tag, bodies);
      }
      awaited.clear();
      input = bodies.toString();
    }
    endCommand(false);
  }

  private void hereDocument(String tag, StringBuilder body) {
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      int stop = end < 0 ? text.length() : end;
      String line = text.substring(at, stop);
      at = Math.min(text.length(), stop + 1);
      if (line.strip().equals(tag)) {
        return;
      }
      body.append(line).append('\n');
    }
  }

  private void separator(char c) {
    boolean brace = c == '{' || c == '}';
    if (brace
        && (inWord || (at + 1 < text.length() && !isSpace(text.charAt(at + 1)) && c == '{'))) {
      append(c);
      return;
    }
    endWord();
    at++;
    endCommand(false);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == ';';
  }

  private void connector(char c) {
    if (c == '&' && at + 1 < text.length() && text.charAt(at + 1) == '>') {
      endWord();
      at++;
      return;
    }
    if (c == '&' && at > 0 && text.charAt(at - 1) == '>') {
      append(c);
      return;
    }
    endWord();
    boolean twice = at + 1 < text.length() && text.charAt(at + 1) == c;
    at += twice ? 2 : 1;
    endCommand(c == '|' && !twice);
  }

  private void redirection(char c) {
    if (inWord && word.chars().allMatch(Character::isDigit)) {
      word.setLength(0);
      inWord = false;
    }
    endWord();
    int run = at;
    while (run < text.length() && text.charAt(run) == c) {
      run++;
    }
    int count = run - at;
    at = run;
    if (c == '>') {
      redirect = true;
    } else if (count == 2) {
      hereTag();
    } else if (at < text.length() && (text.charAt(at) == '(')) {
      substitution(')', at + 1);
    }
  }

  private void hereTag() {
    StringBuilder tag = new StringBuilder();
    while (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == ' ')) {
      at++;
    }
    while (at < text.length()
        && !isSpace(text.charAt(at))
        && "|&<>)".indexOf(text.charAt(at)) < 0) {
      char c = text.charAt(at++);
      if (c != '\'' && c != '"' && c != '\\') {
        tag.append(c);
      }
    }
    awaited.add(tag.toString());
  }

  private void endWord() {
    if (!inWord) {
      return;
    }
    String done = word.toString();
    word.setLength(0);
    inWord = false;
    if (redirect) {
      redirect = false;
      if (!done.startsWith("&") && !done.equals("/dev/null")) {
        writes.add(done);
      }
    } else {
      words.add(done);
    }
  }

  private void endCommand(boolean pipe) {
    endWord();
    if (!words.isEmpty() || !writes.isEmpty()) {
      commands.add(new Command(words, writes, piped, input));
      words = new ArrayList<>();
      writes = new ArrayList<>();
    }
    input = "";
    piped = pipe;
  }
}
