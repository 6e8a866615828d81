/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.SHELL_SUDO;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes away what only stands before a command: assignments, keywords, sudo, env, timeout … */
final class ShellWrappers {
  private static final int MAX_LAYERS = 16;

  /**
   * A program that starts another one.
   *
   * @param valued its one-letter options that take a value
   * @param operands how many of its own arguments come before the command
   */
  private record Wrapper(String valued, int operands) {}

  private static final Map<String, Wrapper> WRAPPERS =
      Map.ofEntries(
          Map.entry("sudo", new Wrapper("ughpCTDRrt", 0)),
          Map.entry("doas", new Wrapper("uC", 0)),
          Map.entry("pkexec", new Wrapper("", 0)),
          Map.entry("env", new Wrapper("uC", 0)),
          Map.entry("nohup", new Wrapper("", 0)),
          Map.entry("time", new Wrapper("fo", 0)),
          Map.entry("timeout", new Wrapper("ks", 1)),
          Map.entry("nice", new Wrapper("n", 0)),
          Map.entry("ionice", new Wrapper("cnp", 0)),
          Map.entry("exec", new Wrapper("a", 0)),
          Map.entry("command", new Wrapper("", 0)),
          Map.entry("builtin", new Wrapper("", 0)),
          Map.entry("stdbuf", new Wrapper("ioe", 0)),
          Map.entry("setsid", new Wrapper("", 0)),
          Map.entry("watch", new Wrapper("n", 0)),
          Map.entry("strace", new Wrapper("oepsa", 0)),
          Map.entry("ltrace", new Wrapper("oeps", 0)),
          Map.entry("flock", new Wrapper("wE", 1)),
          Map.entry("chroot", new Wrapper("", 1)),
          Map.entry("unshare", new Wrapper("", 0)),
          Map.entry("busybox", new Wrapper("", 0)),
          Map.entry("toybox", new Wrapper("", 0)),
          Map.entry("taskset", new Wrapper("", 1)),
          Map.entry("chrt", new Wrapper("", 1)),
          Map.entry("systemd-run", new Wrapper("pu", 0)),
          Map.entry("caffeinate", new Wrapper("tw", 0)),
          Map.entry("unbuffer", new Wrapper("", 0)),
          Map.entry("spawn", new Wrapper("", 0)),
          Map.entry("faketime", new Wrapper("", 1)),
          Map.entry("proxychains", new Wrapper("f", 0)),
          Map.entry("torsocks", new Wrapper("", 0)),
          Map.entry("setarch", new Wrapper("", 1)),
          Map.entry("uv", new Wrapper("", 0)),
          Map.entry("poetry", new Wrapper("", 0)),
          Map.entry("pipenv", new Wrapper("", 0)));
  private static final Set<String> KEYWORDS =
      Names.of(
          """
          then do else elif if while until ! time & coproc
          """);
  private static final Set<String> RUNNERS = Set.of("uv", "poetry", "pipenv");
  private static final Set<String> DECLARATIONS =
      Set.of("export", "declare", "local", "readonly", "typeset", "set");

  private ShellWrappers() {}

  /** The command without its wrappers; null if nothing is left that runs. */
  static @Nullable ShellCommand unwrap(ShellCommand command, ShellReader reader) {
    List<String> words = command.words;
    int i = 0;
    for (int layer = 0; layer < MAX_LAYERS && i < words.size(); layer++) {
      int next = step(command, i, reader);
      if (next == i) {
        break;
      }
      i = next;
    }
    if (i >= words.size()) {
      return null;
    }
    return i == 0 ? command : command.with(words.subList(i, words.size()));
  }

  private static int step(ShellCommand command, int i, ShellReader reader) {
    List<String> words = command.words;
    String word = words.get(i);
    int assigned = word.indexOf('=') > 0 ? ShellText.assignment(word) : 0;
    if (assigned > 0) {
      assign(word, assigned, false, reader);
      return i + 1;
    }
    if (assigned == 0 && word.indexOf("]=") > 1 && element(word, reader)) {
      return i + 1;
    }
    if (KEYWORDS.contains(word)) {
      return i + 1;
    }
    if (word.equals("for") || word.equals("select")) {
      loop(words, i, reader);
      return words.size();
    }
    if (DECLARATIONS.contains(word)) {
      return declare(words, i, reader);
    }
    Wrapper wrapper = WRAPPERS.get(base(word));
    return wrapper == null ? i : skip(command, i, wrapper, reader);
  }

  private static String base(String word) {
    int slash = word.lastIndexOf('/');
    return slash < 0 ? word : word.substring(slash + 1);
  }

  private static void assign(String word, int value, boolean exported, ShellReader reader) {
    int name = value - (word.charAt(value - 2) == '+' ? 2 : 1);
    String variable = word.substring(0, name);
    String text = word.substring(value);
    if (value - name == 2) {
      List<String> before = reader.scope().variable(variable);
      text = (before == null || before.isEmpty() ? "" : before.get(0)) + text;
    }
    reader.scope().assign(variable, List.of(text));
    ShellMachine.variable(variable, text, exported, reader);
  }

  /** {@code NAME[KEY]=VALUE}; whether it was one. */
  private static boolean element(String word, ShellReader reader) {
    int end = ShellText.nameEnd(word, 0);
    int close = word.indexOf("]=");
    if (end == 0 || word.charAt(end) != '[' || close < end) {
      return false;
    }
    String name = word.substring(0, end);
    String key = word.substring(end + 1, close);
    String value = word.substring(close + 2);
    if (name.equals("BASH_ALIASES")) {
      reader.scope().alias(key, value);
    } else {
      reader.scope().element(name, key, value);
    }
    return true;
  }

  private static void loop(List<String> words, int i, ShellReader reader) {
    if (i + 3 < words.size() && words.get(i + 2).equals("in")) {
      int end = Math.min(words.size(), i + 3 + 64);
      reader.scope().assign(words.get(i + 1), new ArrayList<>(words.subList(i + 3, end)));
    }
  }

  private static int declare(List<String> words, int i, ShellReader reader) {
    if (words.get(i).equals("set")) {
      int dashes = words.indexOf("--");
      if (dashes > i) {
        List<String> values = words.subList(dashes + 1, words.size());
        reader.scope().assign("@", values);
        reader.scope().assign("*", values);
        for (int n = 0; n < Math.min(9, values.size()); n++) {
          reader.scope().assign(Integer.toString(n + 1), List.of(values.get(n)));
        }
      }
      ShellMachine.options(words, reader);
      return words.size();
    }
    boolean refers = words.size() > i + 2 && words.get(i + 1).equals("-n");
    for (int k = i + 1; k < words.size(); k++) {
      int assigned = ShellText.assignment(words.get(k));
      if (assigned > 0 && refers) {
        String ref = words.get(k);
        reader.scope().refer(ref.substring(0, assigned - 1), ref.substring(assigned));
      } else if (assigned > 0) {
        assign(words.get(k), assigned, true, reader);
      }
    }
    return words.size();
  }

  private static int skip(ShellCommand command, int i, Wrapper wrapper, ShellReader reader) {
    String name = base(command.words.get(i));
    if (name.equals("sudo") || name.equals("doas") || name.equals("pkexec")) {
      reader.effects().mark(SHELL_SUDO);
    }
    if (RUNNERS.contains(name)) {
      return command.word(i + 1).equals("run") ? i + 2 : i;
    }
    if (name.equals("command") && command.word(i + 1).startsWith("-")) {
      return command.word(i + 1).equals("-p") ? i + 2 : i + 1;
    }
    int next = options(command, i + 1, wrapper, reader);
    if (name.equals("watch")) {
      reader.line(command.rest(next));
      return command.size();
    }
    int end = Math.min(command.size(), next + wrapper.operands());
    return name.equals("env") && end >= command.size() && end == i + 1 ? i : end;
  }

  private static int options(ShellCommand command, int from, Wrapper wrapper, ShellReader reader) {
    int k = from;
    while (k < command.size() && command.words.get(k).startsWith("-")) {
      String option = command.words.get(k);
      if (option.equals("-S") || option.startsWith("--split-string")) {
        int equals = option.indexOf('=');
        reader.line(equals > 0 ? option.substring(equals + 1) : command.rest(k + 1));
        return command.size();
      }
      if (option.equals("--")) {
        return k + 1;
      }
      boolean valued = option.length() == 2 && wrapper.valued().indexOf(option.charAt(1)) >= 0;
      k += valued ? 2 : 1;
    }
    return k;
  }
}
