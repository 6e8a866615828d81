/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import java.util.Map;
import java.util.Set;

/**
 * Reads command lines and program text, which may hold each other: a program starts a command, a
 * command is given a program. Nested texts are read to five levels and 128 Ki characters in all;
 * what lies beyond makes the line opaque.
 */
final class Programs {
  private static final int MAX_DEPTH = 6;
  private static final int MAX_CHARACTERS = 128 << 10;
  private static final int COST_OF_READING = 24;

  final Effects effects;
  final CodeFacts code = new CodeFacts();
  private int depth;
  private int left = MAX_CHARACTERS;
  private int globs = 16;

  private Programs(Set<String> domains) {
    this.effects = new Effects(domains);
  }

  /**
   * What a command line and a program do.
   *
   * @param shell facts of the shell view; empty if no command line was found
   * @param code facts of the code view; empty if no program text was found
   */
  record Reading(Map<Fact, Object> shell, Map<Fact, Object> code) {}

  /** Reads a command line and program text; "" where there is none. */
  static Reading read(String line, String program, Set<String> domains) {
    Programs programs = new Programs(domains);
    if (!line.isEmpty()) {
      programs.line(Lookalikes.plain(line), new ShellScope());
    }
    if (!program.isEmpty()) {
      programs.program(Lookalikes.plain(program), CodeReader.ANY, new ShellScope());
    }
    boolean shell = !line.isEmpty() || programs.code.acts();
    return new Reading(
        shell ? programs.effects.facts() : Map.of(), programs.code.facts(program.isEmpty()));
  }

  /** Reads a command line; what it prints at the end. */
  Flow line(String text, ShellScope scope) {
    if (!enter(text)) {
      return Flow.UNKNOWN;
    }
    depth++;
    ShellReader reader = new ShellReader(this, scope);
    new ShellLexer(text, reader).run();
    depth--;
    return reader.output();
  }

  /** Reads program text in a language, named as its interpreter is. */
  void program(String text, String language, ShellScope scope) {
    if (enter(text)) {
      depth++;
      new CodeReader(text, language, this, scope).run();
      depth--;
    }
  }

  /** Whether one more glob may be compared with all names: a few for each action. */
  boolean mayGlob() {
    return globs-- > 0;
  }

  private boolean enter(String text) {
    left -= text.length() + COST_OF_READING;
    if (depth < MAX_DEPTH && left >= 0) {
      return true;
    }
    effects.mark(SHELL_OPAQUE);
    return false;
  }
}
