/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** A command's words before it is read: what they become by the line, and what they touch. */
final class ShellOperands {
  private static final Set<String> OBJECT_VERBS =
      Set.of("stop", "remove", "disable", "clear", "set", "uninstall", "unregister", "invoke");

  private ShellOperands() {}

  /** Commands of PowerShell hand each other things: what a pipe's end acts on stands before it. */
  static ShellCommand objects(
      ShellCommand command, @Nullable ShellCommand source, ShellScope scope) {
    if (source == null) {
      return command;
    }
    String name = LowerCase.of(command.name());
    if (name.equals("%") || name.equals("foreach-object") || name.equals("foreach")) {
      String last = source.last().isEmpty() ? source.name() : source.operand(0);
      scope.assign("_", List.of(last));
      return command;
    }
    int dash = name.indexOf('-');
    boolean acts = dash > 0 && OBJECT_VERBS.contains(name.substring(0, dash));
    if ((!acts && !name.equals("spsv")) || !command.operands(1).isEmpty()) {
      return command;
    }
    List<String> words = new ArrayList<>(command.words);
    List<String> operands = source.operands(1);
    words.addAll(operands.subList(0, Math.min(5, operands.size())));
    return command.with(words);
  }

  /** A line that sets what parts words has its commands parted by it. */
  static ShellCommand split(ShellCommand command, ShellScope scope) {
    String first = command.word(0);
    List<String> set = scope.variable("IFS");
    String marks = set == null || set.isEmpty() ? "" : set.get(0).strip();
    if (marks.isEmpty() || ShellText.assignment(first) > 0 || first.length() > 2_000) {
      return command;
    }
    List<String> words = new ArrayList<>();
    for (StringTokenizer parts = new StringTokenizer(first, marks); parts.hasMoreTokens(); ) {
      words.add(parts.nextToken());
    }
    words.addAll(command.words.subList(Math.min(1, command.size()), command.size()));
    return words.isEmpty() ? command : command.with(words);
  }

  /** Patterns that stand for one program are written as what they mean. */
  static void meant(ShellCommand command, Programs programs) {
    for (int i = 1; i < command.size(); i++) {
      if (ShellGlobs.isGlob(command.words.get(i)) && programs.mayGlob()) {
        if (!(command.words instanceof ArrayList)) {
          command.words = new ArrayList<>(command.words);
        }
        command.words.set(i, ShellGlobs.meant(command.words.get(i)));
      }
    }
  }

  /** What a command's words touch whatever it does with them: hosts and paths. */
  static void operands(ShellCommand command, String name, Effects effects) {
    boolean reads = ShellCatalog.readsContents(name);
    for (int i = 1; i < command.size(); i++) {
      String word = command.words.get(i);
      int length = word.length();
      if (length < 3 || length > 2_000) {
        continue;
      }
      int colon = word.indexOf("://");
      if (colon > 0 && colon < 40) {
        String host = Urls.host(word.substring(Math.max(0, word.lastIndexOf('=', colon) + 1)));
        effects.host(host);
      } else if (word.charAt(0) != '-') {
        path(word, reads, effects);
      }
    }
  }

  private static void path(String word, boolean reads, Effects effects) {
    char first = word.charAt(0);
    if (first == '/' || first == '~' || (first == '.' && word.indexOf('/') > 0)) {
      effects.path(word);
    }
    if (reads && word.indexOf(' ') < 0) {
      effects.reads(word.charAt(0) == '@' ? word.substring(1) : word);
    }
  }
}
