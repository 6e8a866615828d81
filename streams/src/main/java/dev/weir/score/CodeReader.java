/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads program text as far as names, literals and calls tell what it does: imports and their
 * aliases, strings that are put together, calls with their arguments. It follows no control flow:
 * what is written is taken as done. Each token is read once, to forty levels of brackets.
 */
final class CodeReader extends CodeExpressions {
  /** Any language: Python, JavaScript or their like. */
  static final String ANY = "";

  private static final Set<String> COMMANDS = Set.of("perl", "ruby", "php", "lua", "awk", "tcl");
  private static final Set<String> DEFINES = Set.of("def", "function", "sub", "fn", "func");
  private static final Set<String> DECLARES = Set.of("const", "let", "var");
  private final String source;
  private final CodeCalls calls;
  private CodeValue last = CodeValue.UNKNOWN;

  private final Map<String, CodeValue> looped = new HashMap<>(0);

  CodeReader(String text, String language, Programs programs, ShellScope scope) {
    super(new CodeLexer(text), language, programs, scope);
    this.source = text;
    this.calls = new CodeCalls(this);
  }

  /** The facts of a program by itself. */
  static Map<Fact, Object> read(String text) {
    return Programs.read("", text, Set.of()).code();
  }

  void run() {
    facts.present();
    if (CodeMagics.read(source, this)) {
      return;
    }
    while (at < tokens.size()) {
      statement();
    }
    if (language.equals(ANY)) {
      handed();
    }
    if (facts.empties()) {
      for (int i = 0; i < Math.min(tokens.size(), 2_000); i++) {
        String path = tokens.kind(i) == CodeLexer.STRING ? tokens.text(i) : "";
        if (path.startsWith("/") && path.length() > 1) {
          effects().deletes(path, scope.folder(), facts.emptiesFolders());
        }
      }
    }
  }

  @Override
  @Nullable CodeValue loads(String module) {
    CodeValue loaded = new CodeMemory(this).loads(module, language);
    dotted |= loaded != null;
    return loaded;
  }

  /** What own functions are handed, where they run or delete what they are handed. */
  private void handed() {
    if (facts.runsUnknown()) {
      CodeHoles.commands(tokens).forEach(line -> programs.line(line, scope));
    }
    for (String text : facts.handed()) {
      if (facts.runsUnknown() && text.indexOf(' ') > 0) {
        programs.line(text, scope);
      }
      if (facts.deletesUnknown() && text.indexOf('/') >= 0 && text.indexOf(' ') < 0) {
        effects().deletes(text, scope.folder(), true);
      }
    }
  }

  /** What a name, or a field of some object, stands for. */
  CodeValue nameOrField(String name) {
    return names.getOrDefault(name, CodeValue.UNKNOWN);
  }

  Programs programs() {
    return programs;
  }

  @Override
  CodeCalls calls() {
    return calls;
  }

  /** Whether {@code exec} runs a command in this language, and no program text. */
  boolean execsCommands() {
    return COMMANDS.contains(language);
  }

  CodeFacts facts() {
    return facts;
  }

  ShellScope scope() {
    return scope;
  }

  @Override
  void statement() {
    if (tokens.kind(at) != CodeLexer.NAME) {
      if (!operandStarts()) {
        at++;
      } else {
        expression();
      }
      return;
    }
    String word = tokens.text(at);
    if (word.equals("import") || word.equals("from")) {
      imports(word.equals("from"));
    } else if (loops(at)) {
      at += 2;
      CodeValue all = expression();
      names.put(word, all.items().isEmpty() ? CodeValue.tainted(all.taints()) : all.items().get(0));
      if (!all.items().isEmpty()) {
        looped.put(word, all);
      }
    } else if (tokens.is(at + 1, '+') && tokens.is(at + 2, '=') && names.containsKey(word)) {
      added(word);
    } else if (DEFINES.contains(word) && tokens.kind(at + 1) == CodeLexer.NAME) {
      facts.defines(tokens.text(at + 1));
      at++;
    } else if (tokens.is(at + 1, '{') && DECLARES.contains(word)) {
      destructured();
    } else if (depth == 0 && several(at)) {
      listed(',');
    } else if (tokens.is(at + 1, '[') && DECLARES.contains(word)) {
      at += 2;
      listed(']');
    } else if (assigns(at + 1)) {
      at += 2;
      if (tokens.text(at).equals("lambda") || isArrow(at)) {
        facts.defines(word);
      }
      CodeValue value = expression();
      if (names.size() < 1_000) {
        names.put(word, value);
      }
      named.put(word, value);
    } else if (word.equals("as") && tokens.kind(at + 1) == CodeLexer.NAME) {
      names.put(tokens.text(at + 1), last);
      at += 2;
    } else {
      last = expression();
      if (last.name().indexOf('.') > 0 && tokens.is(at, '=') && !tokens.is(at + 1, '=')) {
        at++;
        names.put(last.name(), expression());
        dotted = true;
      }
    }
  }

  /** {@code NAME += …}; what a loop adds is all that it goes through. */
  private void added(String word) {
    at += 3;
    CodeValue before = names.getOrDefault(word, CodeValue.UNKNOWN);
    boolean alone = tokens.kind(at) == CodeLexer.NAME && !tokens.is(at + 1, '(');
    CodeValue all = alone && before.text() != null ? looped.get(tokens.text(at)) : null;
    CodeValue more = expression();
    CodeValue joined = all == null ? null : CodeTexts.joined(all);
    if (before.text() != null) {
      names.put(word, before.plus(joined == null ? more : joined));
    } else if (!before.items().isEmpty() && before.items().size() < 100) {
      List<CodeValue> items = new ArrayList<>(before.items());
      items.addAll(more.items().isEmpty() ? List.of(more) : more.items());
      names.put(word, CodeValue.list(items));
    }
  }

  /** {@code (a, b) => …}, {@code a => …}. */
  private boolean isArrow(int i) {
    for (int k = i; k < i + 8; k++) {
      if (tokens.is(k, '=') && tokens.is(k + 1, '>')) {
        return true;
      }
    }
    return false;
  }

  /** {@code for NAME in …}, {@code for (const NAME of …)}. */
  private boolean loops(int i) {
    String next = tokens.text(i + 1);
    if (i == 0 || !(next.equals("in") || next.equals("of"))) {
      return false;
    }
    String before = tokens.text(i - 1);
    return before.equals("for") || DECLARES.contains(before);
  }
}
