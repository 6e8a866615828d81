/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.List;
import java.util.Set;

/**
 * Splits a command line as a shell does: quotes, escapes, separators, redirections, here-documents,
 * expansions. Hands over each command as soon as it ends, so that what it assigns is known to the
 * next one. One pass; nested texts are found by {@link ShellText} and handed over, each once.
 */
final class ShellLexer extends ShellWords {
  private static final int MAX_COMMANDS = 500;
  private static final int MAX_WORDS = 4_000;
  private static final int MAX_HERE = 64 << 10;
  private static final int WRITE = 1;
  private static final int READ = 2;
  private static final int TEXT = 3;
  private static final Set<String> CONDITIONS = Set.of("if", "while", "until", "elif", "!");
  private static final boolean[] SPECIAL = new boolean[128];

  static {
    for (char c : "'\"\\`$# \t\r\n;(){}|&<>".toCharArray()) {
      SPECIAL[c] = true;
    }
  }

  private int commands;
  private int wordCount;
  private int hereEnd;

  private boolean braces;
  private int close = -1;
  private int newline = -1;

  ShellLexer(String text, Shell shell) {
    super(text, shell);
  }

  void run() {
    while (at < length && commands < MAX_COMMANDS && wordCount < MAX_WORDS) {
      step();
    }
    if (at < length) {
      shell.opaque();
    }
    endCommand(false);
  }

  private void step() {
    char c = text.charAt(at);
    if (c >= 128 || !SPECIAL[c]) {
      plain();
      return;
    }
    switch (c) {
      case '\'' -> quoted();
      case '"' -> doubleQuoted();
      case '\\' -> escaped();
      case '`' -> substitution(at, ShellText.backquote(text, at), false);
      case '$' -> dollar(false);
      case '#' -> comment();
      case ' ', '\t', '\r' -> {
        endWord();
        at++;
      }
      case '\n' -> newline();
      case ';' -> separator();
      case '(' -> parenthesis();
      case ')' -> separator();
      case '{', '}' -> brace(c);
      case '|', '&' -> connector(c);
      default -> redirection(c);
    }
  }

  private void plain() {
    int start = at;
    int i = at + 1;
    while (i < length && (text.charAt(i) >= 128 || !SPECIAL[text.charAt(i)])) {
      i++;
    }
    at = i;
    boolean whole = !inWord && (i == length || " \n;|&".indexOf(text.charAt(i)) >= 0);
    if (whole) {
      add(text.substring(start, i));
    } else {
      word.append(text, start, i);
      inWord = true;
    }
  }

  private void comment() {
    if (inWord) {
      append('#');
      return;
    }
    int end = text.indexOf('\n', at);
    at = end < 0 ? length : end;
  }

  private void newline() {
    endWord();
    at = Math.max(at + 1, hereEnd);
    endCommand(false);
  }

  private void separator() {
    if (inTest() && text.charAt(at) != ';') {
      endWord();
      at++;
      return;
    }
    endWord();
    at++;
    endCommand(false);
  }

  private boolean inTest() {
    return !command.words.isEmpty() && command.words.get(0).equals("[[");
  }

  private void parenthesis() {
    boolean empty = at + 1 < length && text.charAt(at + 1) == ')';
    boolean first = command.words.isEmpty();
    if (empty && (inWord ? first : command.words.size() == 1)) {
      endWord();
      at += 2;
      function(command.word(0));
    } else if (inWord && last() == '=' && first) {
      array();
    } else if (inWord && "!@+?*".indexOf(last()) >= 0) {
      int end = Math.min(length, closing(at) + 1);
      word.append(text, at, end);
      at = end;
    } else if (!inWord && (first || afterKeyword()) && text.startsWith("((", at)) {
      int end = closing(at);
      live(text.substring(at, Math.min(end, length)));
      skipTo(end);
    } else if (inTest() || (!inWord && first)) {
      separator();
    } else {
      endWord();
      substitution(at, closing(at), true);
    }
  }

  /** Whether a condition stands here, which is reckoned and not run. */
  private boolean afterKeyword() {
    String last = command.word(command.size() - 1);
    return command.size() == 1 && CONDITIONS.contains(last);
  }

  private void array() {
    int end = closing(at);
    String name = word.substring(0, word.length() - 1);
    shell.array(name, text.substring(at + 1, Math.max(at + 1, Math.min(end, length))));
    word.setLength(0);
    inWord = false;
    skipTo(end);
  }

  /** A function's body stands from here on in braces or brackets. */
  private void function(String name) {
    while (at < length && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at < length && (text.charAt(at) == '{' || text.charAt(at) == '(')) {
      int end = closing(at);
      shell.function(name, text.substring(at + 1, Math.max(at + 1, Math.min(end, length))));
      skipTo(end);
    }
    command = new ShellCommand();
  }

  private void brace(char c) {
    boolean alone = at + 1 >= length || " \n\t;".indexOf(text.charAt(at + 1)) >= 0;
    if (c == '{' && !inWord && alone && command.word(0).equals("function")) {
      function(command.word(1));
    } else if (!inWord && ((c == '{' && alone) || (c == '}' && command.words.isEmpty()))) {
      separator();
    } else {
      braces |= c == '{';
      append(c);
    }
  }

  private void connector(char c) {
    char next = at + 1 < length ? text.charAt(at + 1) : ' ';
    if (c == '&' && next == '>') {
      endWord();
      at++;
      return;
    }
    endWord();
    if (inTest()) {
      at++;
      return;
    }
    boolean twice = next == c;
    boolean both = c == '|' && next == '&';
    at += twice || both ? 2 : 1;
    command.background = c == '&' && !twice;
    endCommand(c == '|' && !twice);
  }

  /**
   * Where a comment of PowerShell that begins here ends on the same line, or -1. Elsewhere such a
   * line is an error, so nothing of it runs; over several lines the others would.
   */
  private int commentEnd() {
    if (close < at) {
      int found = text.indexOf("#>", at);
      close = found < 0 ? Integer.MAX_VALUE : found;
    }
    if (newline < at) {
      int found = text.indexOf('\n', at);
      newline = found < 0 ? Integer.MAX_VALUE : found;
    }
    return close < newline ? close + 2 : -1;
  }

  private void redirection(char c) {
    if (inWord && word.length() < 3 && ShellText.isNumber(word)) {
      word.setLength(0);
      inWord = false;
    }
    endWord();
    if (text.startsWith("<#", at) && commentEnd() > 0) {
      at = commentEnd();
      return;
    }
    int run = at;
    while (run < length && text.charAt(run) == c && run - at < 3) {
      run++;
    }
    int count = run - at;
    at = run;
    char next = at < length ? text.charAt(at) : ' ';
    if (inTest()) {
      return;
    }
    if (count == 1 && next == '(') {
      int end = closing(at);
      word.append(shell.process(text.substring(at + 1, Math.max(at + 1, Math.min(end, length)))));
      inWord = true;
      skipTo(end);
    } else if (c == '<' && count == 2) {
      hereDocument();
    } else {
      redirect = c == '>' ? WRITE : count == 3 ? TEXT : READ;
      command.appends |= c == '>' && count == 2;
      at += next == '&' || next == '|' ? 1 : 0;
    }
  }

  private void hereDocument() {
    StringBuilder tag = new StringBuilder();
    at = ShellText.hereTag(text, at, tag);
    boolean raw = tag.length() > 0 && tag.charAt(0) == '\'';
    String name = raw ? tag.substring(1) : tag.toString();
    int newline = hereEnd > at ? hereEnd - 1 : text.indexOf('\n', at);
    int from = newline < 0 ? length : newline + 1;
    int end = ShellText.hereEnd(text, from, name);
    String body = text.substring(from, Math.min(length, end));
    int after = text.indexOf('\n', end);
    hereEnd = after < 0 ? length : after + 1;
    command.input = raw ? body : live(body);
  }

  /** Substitutions in a here-document are run by whoever writes it, and its names filled. */
  private String live(String body) {
    if (body.indexOf('$') < 0 && body.indexOf('`') < 0) {
      return body;
    }
    StringBuilder out = new StringBuilder(body.length());
    int runs = 0;
    int i = 0;
    while (i < body.length()) {
      char c = body.charAt(i);
      char next = i + 1 < body.length() ? body.charAt(i + 1) : ' ';
      if (c == '$' && next == '(' && runs++ < 20) {
        int end = Math.min(body.length(), ShellText.closing(body, i + 1, false));
        out.append(shell.substitute(body.substring(i + 2, Math.max(i + 2, end))));
        i = end + 1;
      } else if (c == '$' && (next == '{' || ShellText.isNamePart(next))) {
        i = name(body, i, next == '{', out);
      } else {
        out.append(c);
        i++;
      }
    }
    return out.toString();
  }

  private int name(String body, int at, boolean braced, StringBuilder out) {
    int from = braced ? at + 2 : at + 1;
    int close = braced ? body.indexOf('}', from) : ShellText.nameEnd(body, from);
    boolean near = close > from && close - from < 80;
    List<String> values = near ? shell.parameter(body.substring(from, close)) : null;
    if (values == null || out.length() > MAX_HERE) {
      out.append('$');
      return at + 1;
    }
    out.append(String.join(" ", values));
    return braced ? close + 1 : close;
  }

  @Override
  void endWord() {
    if (inWord) {
      String done = word.toString();
      word.setLength(0);
      inWord = false;
      if (braces) {
        braces = false;
        command.disguised |= command.words.isEmpty() && done.indexOf(',') > 0;
        ShellBraces.expand(done).forEach(this::add);
      } else {
        add(done);
      }
    }
  }

  private void add(String done) {
    wordCount++;
    switch (redirect) {
      case NONE -> command.words.add(done);
      case WRITE -> {
        if (!done.equals("/dev/null") && !ShellText.isNumber(done) && !done.equals("-")) {
          command.write(done);
        }
      }
      case TEXT -> command.input = done + "\n";
      default -> command.inputFile = done;
    }
    redirect = NONE;
  }

  /** Where the body of the last loop begins that reads its lines; −1 if none. */
  private int loop = -1;

  private void looped(ShellCommand done) {
    String first = done.word(0);
    if (first.equals("while") || first.equals("until")) {
      loop = at;
    } else if (first.equals("done")) {
      boolean fed = done.input != null || !done.inputFile.isEmpty();
      if (fed && loop > 0 && loop < at) {
        shell.looped(text.substring(loop, Math.min(at, length)), done);
      }
      loop = -1;
    }
  }

  private void endCommand(boolean pipe) {
    endWord();
    if (!command.words.isEmpty() || !command.writes.isEmpty()) {
      commands++;
      ShellCommand done = command;
      command = new ShellCommand();
      command.piped = pipe;
      looped(done);
      shell.command(done);
    } else {
      boolean piped = command.piped && !pipe && at < length && text.charAt(at - 1) == '\n';
      command = new ShellCommand();
      command.piped = pipe || piped;
    }
  }
}
