/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Expressions of a program: names and literals, what is joined to them, members, and calls without
 * brackets. It gives what is known of their value.
 */
abstract class CodeExpressions extends CodeBrackets {
  /** Of a longer sum only is known where it comes from: each addition copies. */
  private static final int MAX_SUMS = 500;

  /** Of these a value that is made of letters' numbers or of turned letters comes. */
  private static final Set<String> DECODES = Set.of("chr", "unpack", "pack", "fromCharCode");

  private static final Set<String> PREFIXES = Set.of("await", "new", "void", "typeof", "yield");

  private static final Set<String> CALLS_BARE = Set.of("perl", "ruby");

  private static final Set<String> RUN_BACKQUOTED = Set.of("perl", "ruby", "php", "groovy");

  private static final Set<String> OWN = Set.of("self", "cls", "this");

  final String language;

  final Programs programs;

  final ShellScope scope;

  CodeExpressions(CodeLexer tokens, String language, Programs programs, ShellScope scope) {
    super(tokens, programs.code);
    this.language = language;
    this.programs = programs;
    this.scope = scope;
  }

  /** What it does to the machine; from now on the shell view is present. */
  Effects effects() {
    facts.act();
    programs.effects.runs();
    return programs.effects;
  }

  @Override
  CodeValue expression() {
    CodeValue value = operand();
    int sums = 0;
    while (tokens.is(at, '+') || (tokens.is(at, '.') && tokens.kind(at + 1) == CodeLexer.STRING)) {
      at++;
      if (tokens.is(at, '=')) {
        at++;
      }
      CodeValue more = operand();
      value =
          sums++ < MAX_SUMS ? value.plus(more) : CodeValue.tainted(value.taints() | more.taints());
    }
    if (tokens.is(at, '%') && value.text() != null) {
      at++;
      CodeValue filled = operand();
      return CodeValue.text(
          CodeHoles.placed(value.text(), filled), value.taints() | filled.taints());
    }
    return value;
  }

  private CodeValue operand() {
    CodeValue value = primary();
    while (true) {
      if (tokens.is(at, '.') && tokens.kind(at + 1) == CodeLexer.NAME) {
        value = attribute(value, tokens.text(at + 1));
        at += 2;
      } else if ((tokens.is(at, '-') && tokens.is(at + 1, '>'))
          || (tokens.is(at, ':') && tokens.is(at + 1, ':') && depth == 0)) {
        value = attribute(value, tokens.text(at + 2));
        at += 3;
      } else if (tokens.is(at, '?') && tokens.is(at + 1, '.')) {
        at++;
      } else if (tokens.is(at, '(')) {
        value = call(value);
      } else if (tokens.is(at, '[')) {
        value = subscript(value);
      } else {
        return bareMethod(value);
      }
    }
  }

  /** {@code FileUtils.rm_rf "…"}: a method's arguments stand behind it without brackets. */
  private CodeValue bareMethod(CodeValue value) {
    boolean method =
        CALLS_BARE.contains(language)
            && tokens.kind(at) == CodeLexer.STRING
            && value.name().indexOf('.') > 0
            && depth < MAX_DEPTH;
    if (!method) {
      return value;
    }
    facts.call(value.member());
    return calls().call(value, bareArguments(), Map.of());
  }

  private CodeValue attribute(CodeValue value, String name) {
    if (name.equals("__dict__") || name.equals("default")) {
      return value;
    }
    CodeValue member = value.member(name);
    CodeValue known = dotted ? names.get(member.name()) : null;
    boolean own = value.text() == null && (value.name().isEmpty() || OWN.contains(value.name()));
    if (own && known == null && !tokens.is(at + 2, '(')) {
      CodeValue field = names.get(name);
      known = field == null || field.text() == null ? null : field;
    }
    return known == null ? member : known;
  }

  private CodeValue primary() {
    byte kind = tokens.kind(at);
    String text = tokens.text(at);
    at++;
    switch (kind) {
      case CodeLexer.STRING -> {
        return strings(filled(text));
      }
      case CodeLexer.BACKQUOTED -> {
        return backquoted(filled(text));
      }
      case CodeLexer.NUMBER -> {
        return CodeValue.text(text, 0);
      }
      case CodeLexer.NAME -> {
        return name(text);
      }
      default -> {
        return bracket(text);
      }
    }
  }

  private CodeValue strings(String first) {
    if (tokens.kind(at) != CodeLexer.STRING) {
      return CodeValue.text(first, 0);
    }
    StringBuilder all = new StringBuilder(first);
    while (tokens.kind(at) == CodeLexer.STRING) {
      all.append(filled(tokens.text(at++)));
    }
    return CodeValue.text(all.toString(), 0);
  }

  private String filled(String text) {
    return CodeHoles.filled(text, language, names);
  }

  private CodeValue backquoted(String text) {
    if (RUN_BACKQUOTED.contains(language)) {
      effects();
      facts.mark(CODE_EXECUTES);
      programs.line(text, scope);
      return CodeValue.UNKNOWN;
    }
    return CodeValue.text(text, 0);
  }

  private CodeValue name(String text) {
    if (PREFIXES.contains(text) && depth < MAX_DEPTH && goesOn()) {
      depth++;
      CodeValue value = operand();
      depth--;
      return value;
    }
    if (SKIPPED.contains(text) && !tokens.is(at, '(') && !tokens.is(at, '.')) {
      return bareCall(text);
    }
    if (CodePrints.isPrint(text) && !tokens.is(at, '(')) {
      return bareCall(text);
    }
    CodeValue known = names.get(text.startsWith("$") ? text.substring(1) : text);
    if (known == null) {
      known = names.get(text);
    }
    if (known == null && text.equals("$_")) {
      String line = scope.text("_");
      known = line == null ? null : CodeValue.text(line, 0);
    }
    known =
        known == null && scope.hasPast() && language.equals(CodeReader.ANY)
            ? CodeMemory.recalled(text, scope)
            : known;
    return known == null ? bareCall(text) : known;
  }

  /** Whether an operand stands here that the word before says something of. */
  private boolean goesOn() {
    byte kind = tokens.kind(at);
    boolean named = kind == CodeLexer.NAME && !SKIPPED.contains(tokens.text(at));
    return named || kind == CodeLexer.STRING || tokens.is(at, '(');
  }

  /** Perl, Ruby and PHP call without brackets: {@code system "…"}. */
  private CodeValue bareCall(String text) {
    boolean follows = operandStarts() || tokens.kind(at) == CodeLexer.NAME;
    if (CodePrints.isPrint(text) && follows && !tokens.is(at, '(') && depth < MAX_DEPTH) {
      depth++;
      prints.add(expression());
      depth--;
      return CodeValue.UNKNOWN;
    }
    CodeValue value =
        DECODES.contains(text) && !tokens.is(at, '(')
            ? CodeValue.named(text).with(Flow.DECODED)
            : CodeValue.named(text);
    if (depth < MAX_DEPTH && (evaluates(text) || takesBare(text))) {
      facts.call(text);
      return calls().call(value, bareArguments(), Map.of());
    }
    if (tokens.kind(at) == CodeLexer.STRING && CodeCalls.isBare(text)) {
      facts.call(text);
      List<CodeValue> arguments = new ArrayList<>();
      arguments.add(expression());
      while (tokens.is(at, ',') && tokens.kind(at + 1) == CodeLexer.STRING) {
        at++;
        arguments.add(expression());
      }
      return calls().call(value, arguments, Map.of());
    }
    return value;
  }

  /** Whether a word is a function that a name follows, which it is given. */
  private boolean evaluates(String text) {
    return CodeCalls.isBare(text)
        && !text.equals("require")
        && tokens.kind(at) == CodeLexer.NAME
        && !SKIPPED.contains(tokens.text(at));
  }

  /** What a function without brackets is given: parted by commas where the language has it so. */
  private List<CodeValue> bareArguments() {
    depth++;
    List<CodeValue> given = new ArrayList<>(List.of(expression()));
    while (CALLS_BARE.contains(language) && tokens.is(at, ',') && given.size() < 20) {
      at++;
      given.add(expression());
    }
    depth--;
    return given;
  }

  /** Whether a function stands before an operand without brackets, on the same line of thought. */
  private boolean takesBare(String text) {
    byte kind = tokens.kind(at);
    String next = tokens.text(at);
    boolean operand = kind == CodeLexer.STRING || (kind == CodeLexer.NAME && next.startsWith("$"));
    return operand
        && CALLS_BARE.contains(language)
        && !SKIPPED.contains(text)
        && !text.startsWith("$");
  }
}
