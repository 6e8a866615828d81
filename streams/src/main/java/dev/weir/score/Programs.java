/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads command lines and program text, which may hold each other: a program starts a command, a
 * command is given a program. Nested texts are read to five levels and 128 Ki characters in all,
 * and 1,000 calls; what lies beyond makes the line, or the program, opaque.
 */
final class Programs {
  private static final int MAX_DEPTH = 6;
  private static final int MAX_CHARACTERS = 128 << 10;
  private static final int COST_OF_READING = 24;
  private static final int MAX_CALLS = 1_000;

  final Effects effects;
  final CodeFacts code = new CodeFacts();
  private int depth;
  private int left = MAX_CHARACTERS;
  private int globs = 16;
  private int calls = MAX_CALLS;

  private static final Reading NOTHING = new Reading(Map.of(), Map.of(), List.of(), false);

  private Programs(Set<String> domains) {
    this.effects = new Effects(domains);
  }

  /**
   * What a command line and a program do.
   *
   * @param shell facts of the shell view; empty if no command line was found
   * @param code facts of the code view; empty if no program text was found
   * @param left what they leave for later actions
   * @param recalled whether anything was found that an earlier action left
   */
  record Reading(
      Map<Fact, Object> shell, Map<Fact, Object> code, List<Leftover> left, boolean recalled) {}

  /** Reads a command line and program text by themselves; "" where there is none. */
  static Reading read(String line, String program, Set<String> domains) {
    return new Programs(domains).read(line, program, new ShellScope(), false);
  }

  /** Reads them after what earlier actions left, and tells what they leave. */
  static Reading read(String line, String program, Set<String> domains, Recall past) {
    if (line.isEmpty() && program.isEmpty()) {
      return NOTHING;
    }
    return new Programs(domains).read(line, program, new ShellScope(past), true);
  }

  private Reading read(String line, String program, ShellScope scope, boolean leaves) {
    if (!line.isEmpty()) {
      line(Lookalikes.plain(line), scope);
    }
    List<Leftover> left = new ArrayList<>(0);
    if (!program.isEmpty() && enter(program)) {
      depth++;
      CodeReader reader = new CodeReader(Lookalikes.plain(program), CodeReader.ANY, this, scope);
      reader.run();
      if (leaves) {
        CodeMemory.left(reader.names, left);
      }
    }
    if (leaves) {
      left.addAll(scope.left());
    }
    boolean shell = !line.isEmpty() || code.acts();
    return new Reading(
        shell ? effects.facts() : Map.of(), code.facts(program.isEmpty()), left, scope.recalled());
  }

  /** What running a text does, by the language that its file's name or its first line tells. */
  static long deeds(String text, String path) {
    Programs programs = new Programs(Set.of());
    String lines = path.endsWith(".service") ? ShellLater.started(text) : text;
    String plain = Lookalikes.plain(lines);
    String language = Languages.of(path, plain);
    if (language.isEmpty()) {
      programs.line(plain, new ShellScope());
    } else {
      programs.program(plain, language, new ShellScope());
    }
    return Deeds.of(programs.effects, programs.code);
  }

  /** Reads a command line; what it prints at the end. */
  Flow line(String text, ShellScope scope) {
    return line(text, scope, Flow.EMPTY);
  }

  /** The same, with something at its input. */
  Flow line(String text, ShellScope scope, Flow input) {
    if (!enter(text)) {
      return Flow.UNKNOWN;
    }
    depth++;
    ShellReader reader = new ShellReader(this, scope, input);
    new ShellLexer(text, reader).run();
    depth--;
    return reader.output();
  }

  /** Reads program text in a language, named as its interpreter is; what it prints. */
  Flow program(String text, String language, ShellScope scope) {
    if (!enter(text)) {
      return Flow.UNKNOWN;
    }
    depth++;
    CodeReader reader = new CodeReader(text, language, this, scope);
    reader.run();
    depth--;
    return reader.printed();
  }

  /** Reads program text that another one loads; what its names stand for. */
  Map<String, CodeValue> module(String text, String language, ShellScope scope) {
    if (!enter(text)) {
      return Map.of();
    }
    depth++;
    CodeReader reader = new CodeReader(text, language, this, scope);
    reader.run();
    depth--;
    return reader.names;
  }

  /** Whether one more glob may be compared with all names: a few for each action. */
  boolean mayGlob() {
    return globs-- > 0;
  }

  /** Whether one more call of a program may be looked into. */
  boolean mayCall() {
    if (calls-- > 0) {
      return true;
    }
    code.mark(CODE_OPAQUE);
    return false;
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
