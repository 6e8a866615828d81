/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words of a command line while they are read: quotes, escapes and expansions. Nested texts are
 * found by {@link ShellText} and handed over, each once. The place in the text only moves on.
 */
abstract class ShellWords {
  static final int NONE = 0;
  private static final Set<String> DECLARES =
      Set.of("export", "declare", "local", "readonly", "typeset");

  /** Who reads the commands and knows what names stand for. */
  interface Shell {
    void command(ShellCommand command);

    /** The values of a parameter expansion (what stands between the braces); null if unknown. */
    @Nullable List<String> parameter(String expression);

    /** What a command prints, as a part of a word. */
    String substitute(String line);

    /** The name of a file that a command's output can be read from. */
    String process(String line);

    /** A loop's body was read whose lines come from where its end says. */
    default void looped(String body, ShellCommand end) {}

    void function(String name, String body);

    void array(String name, String values);

    void opaque();
  }

  final String text;
  final int length;
  final Shell shell;
  final StringBuilder word = new StringBuilder();
  ShellCommand command = new ShellCommand();
  int at;
  boolean inWord;

  /** What the next word is to the command: an argument, or the target of a redirection. */
  int redirect = NONE;

  private int heres = 20;

  ShellWords(String text, Shell shell) {
    this.text = text;
    this.length = text.length();
    this.shell = shell;
  }

  /** Adds the word that has been read to the command. */
  abstract void endWord();

  void append(char c) {
    word.append(c);
    inWord = true;
    at++;
  }

  void disguise() {
    if (command.words.isEmpty() && redirect == NONE && Character.isLetter(last())) {
      command.disguised = true;
    }
  }

  char last() {
    return word.length() == 0 ? ' ' : word.charAt(word.length() - 1);
  }

  void quoted() {
    disguise();
    inWord = true;
    int end = text.indexOf('\'', at + 1);
    if (end < 0) {
      shell.opaque();
      end = length;
    }
    word.append(text, at + 1, end);
    at = Math.min(length, end + 1);
  }

  void doubleQuoted() {
    disguise();
    inWord = true;
    at++;
    while (at < length && text.charAt(at) != '"') {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < length) {
        quotedEscape();
      } else if (c == '$') {
        dollar(true);
      } else if (c == '`') {
        substitution(at, ShellText.backquote(text, at), true);
      } else {
        word.append(c);
        at++;
      }
    }
    if (at >= length) {
      shell.opaque();
    }
    at++;
  }

  void quotedEscape() {
    char next = text.charAt(at + 1);
    if (ShellText.endsInDrive(word)) {
      append('\\');
      return;
    }
    boolean special = next == '"' || next == '\\' || next == '$' || next == '`';
    if (!special && next != '\n') {
      word.append('\\');
    }
    if (next != '\n') {
      word.append(next);
    }
    at += 2;
  }

  /** A backslash hides the next character, except in the paths of Windows, where it parts them. */
  void escaped() {
    if (ShellText.isWindowsPath(word, text, at)) {
      append('\\');
      return;
    }
    at++;
    if (at < length) {
      if (text.charAt(at) != '\n') {
        disguise();
        append(text.charAt(at));
      } else {
        at++;
      }
    }
  }

  void dollar(boolean inQuotes) {
    char next = at + 1 < length ? text.charAt(at + 1) : ' ';
    if (next == '(') {
      boolean arithmetic = at + 2 < length && text.charAt(at + 2) == '(';
      int end = closing(at + 1);
      if (arithmetic) {
        skipTo(end);
        word.append('0');
        inWord = true;
      } else {
        substitution(at + 1, end, inQuotes);
      }
    } else if (next == '{') {
      int end = closing(at + 1);
      parameter(text.substring(at + 2, Math.max(at + 2, Math.min(end, length))), end + 1, inQuotes);
    } else if (next == '\'' && !inQuotes) {
      at++;
      ansi();
    } else if (next == '"' && !inQuotes) {
      at++;
      doubleQuoted();
    } else {
      int end = ShellText.nameEnd(text, at + 1);
      if (end == at + 1) {
        append('$');
      } else {
        parameter(text.substring(at + 1, end), end, inQuotes);
      }
    }
  }

  /** Failed searches for here-documents' ends are few in all, so that the whole stays linear. */
  int closing(int open) {
    return ShellText.closing(text, open, heres-- > 0);
  }

  void ansi() {
    disguise();
    inWord = true;
    at = ShellText.ansi(text, at + 1, word);
    command.disguised |= command.words.isEmpty();
  }

  void skipTo(int end) {
    if (end >= length) {
      shell.opaque();
    }
    at = Math.min(length, end + 1);
  }

  void parameter(String expression, int end, boolean inQuotes) {
    List<String> values = shell.parameter(expression);
    if (values == null) {
      word.append(text, at, Math.min(end, length));
      inWord = true;
    } else {
      boolean exact = !inWord || (inQuotes && word.length() == 0);
      command.disguised |=
          command.words.isEmpty()
              && (!exact || (end < length && Character.isLetter(text.charAt(end))));
      expanded(values, inQuotes, exact);
    }
    at = Math.min(length, end);
    if (end > length) {
      shell.opaque();
    }
  }

  void expanded(List<String> values, boolean inQuotes, boolean exact) {
    if (!exact && values.size() > 1 && command.words.isEmpty() && last() == '=') {
      boolean adds = word.length() > 1 && word.charAt(word.length() - 2) == '+';
      word.append(String.join(adds ? "" : " ", values));
      inWord = true;
      return;
    }
    int count = exact ? values.size() : Math.min(1, values.size());
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        endWord();
      }
      if (inQuotes || (exact && count > 1)) {
        word.append(values.get(i));
        inWord = true;
      } else {
        split(values.get(i));
      }
    }
  }

  void split(String value) {
    if (assigns()) { // what a name is given is not parted into words
      word.append(value);
      return;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ' ' || c == '\t' || c == '\n') {
        endWord();
      } else {
        word.append(c);
        inWord = true;
      }
    }
  }

  private boolean assigns() {
    boolean first = command.words.isEmpty() || DECLARES.contains(command.words.get(0));
    return first && word.length() > 1 && word.length() < 200 && isAssignment();
  }

  private boolean isAssignment() {
    int equals = word.indexOf("=");
    return equals > 0 && ShellText.assignment(word.substring(0, equals + 1)) == equals + 1;
  }

  /** From the opening to the closing character, which is at {@code end}. */
  void substitution(int open, int end, boolean inQuotes) {
    if (end >= length) {
      shell.opaque();
    }
    String inner =
        text.substring(Math.min(length, open + 1), Math.max(open + 1, Math.min(end, length)));
    String value = shell.substitute(inner);
    if (inQuotes || redirect != NONE) {
      word.append(value);
    } else {
      split(value);
    }
    inWord |= inQuotes || !value.isEmpty();
    at = Math.min(length, end + 1);
  }
}
