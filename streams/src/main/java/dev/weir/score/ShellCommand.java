/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One simple command: its words, unquoted and expanded, and what it is connected to. The first word
 * is its name; wrappers such as sudo are gone once it has been unwrapped.
 */
final class ShellCommand {
  List<String> words = new ArrayList<>(8);

  /** Targets of output redirections. */
  List<String> writes = List.of();

  /** Whether the last of them is added to. */
  boolean appends;

  /** Text of a here-document or here-string, or null. */
  @Nullable String input;

  /** The file that its input is, or "". */
  String inputFile = "";

  /** Whether its input is the output of the command before. */
  boolean piped;

  boolean background;

  /** Whether quotes or escapes stand in the middle of its name. */
  boolean disguised;

  void write(String target) {
    if (writes.isEmpty()) {
      writes = new ArrayList<>(2);
    }
    writes.add(target);
  }

  String name() {
    return words.get(0);
  }

  int size() {
    return words.size();
  }

  /** The word at this place, or "". */
  String word(int i) {
    return i < words.size() ? words.get(i) : "";
  }

  /** Whether one of these is among its arguments. */
  boolean has(String a) {
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i).equals(a)) {
        return true;
      }
    }
    return false;
  }

  boolean has(String... any) {
    for (String a : any) {
      if (has(a)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an argument begins so. */
  boolean hasPrefix(String prefix) {
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i).startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a group of one-letter options holds this letter. */
  boolean hasLetter(char letter) {
    for (int i = 1; i < words.size(); i++) {
      String w = words.get(i);
      if (w.length() > 1
          && w.length() < 12
          && w.charAt(0) == '-'
          && w.charAt(1) != '-'
          && w.indexOf(letter) > 0) {
        return true;
      }
    }
    return false;
  }

  /** What follows an option, as the next word or after =, or "". */
  String option(String... names) {
    for (int i = 1; i < words.size(); i++) {
      String w = words.get(i);
      for (String name : names) {
        if (w.equals(name)) {
          return word(i + 1);
        }
        if (w.length() > name.length() && w.startsWith(name) && w.charAt(name.length()) == '=') {
          return w.substring(name.length() + 1);
        }
      }
    }
    return "";
  }

  /** The arguments from this place on that are no options. */
  List<String> operands(int from) {
    List<String> operands = new ArrayList<>(words.size());
    boolean end = false;
    for (int i = from; i < words.size(); i++) {
      String w = words.get(i);
      if (!end && w.equals("--")) {
        end = true;
      } else if (end || w.isEmpty() || w.charAt(0) != '-' || w.length() == 1) {
        operands.add(w);
      }
    }
    return operands;
  }

  /** The n-th argument that is no option, from 0, or "". */
  String operand(int n) {
    int seen = 0;
    for (int i = 1; i < words.size(); i++) {
      String w = words.get(i);
      if ((w.isEmpty() || w.charAt(0) != '-') && seen++ == n) {
        return w;
      }
    }
    return "";
  }

  /** The last argument, or "". */
  String last() {
    return words.size() < 2 ? "" : words.get(words.size() - 1);
  }

  /** The words from a place on, as a line that is read again. */
  String rest(int from) {
    return String.join(" ", words.subList(Math.min(from, words.size()), words.size()));
  }

  /** The same connections with other words. */
  ShellCommand with(List<String> other) {
    ShellCommand c = new ShellCommand();
    c.words = other;
    c.writes = writes;
    c.appends = appends;
    c.input = input;
    c.inputFile = inputFile;
    c.piped = piped;
    c.background = background;
    c.disguised = disguised;
    return c;
  }
}
