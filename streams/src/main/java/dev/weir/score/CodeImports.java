/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a program's imports bring in, and under which names. */
abstract class CodeImports {
  final CodeLexer tokens;
  final CodeFacts facts;

  /** What the program's own names stand for. */
  final Map<String, CodeValue> names = new HashMap<>();

  /** The next token. */
  int at;

  CodeImports(CodeLexer tokens, CodeFacts facts) {
    this.tokens = tokens;
    this.facts = facts;
  }

  /** Reads one expression; what it gives. */
  abstract CodeValue expression();

  /** A module is loaded; what its name stands for where that is known, else null. */
  abstract @Nullable CodeValue loads(String module);

  void imports(boolean from) {
    at++;
    if (tokens.is(at, '(')) {
      at--;
      tokens.text(at);
      expression();
      return;
    }
    at += from && tokens.is(at, '.') ? 1 : 0;
    String module = dotted();
    facts.imported(module);
    loads(module);
    if (from && tokens.text(at).equals("import")) {
      at++;
      members(module);
    } else if (tokens.text(at).equals("as")) {
      names.put(tokens.text(at + 1), CodeValue.named(module));
      at += 2;
    } else if (tokens.text(at).equals("from") || tokens.is(at, '{') || tokens.is(at, '*')) {
      script(module);
    }
    while (tokens.is(at, ',') && tokens.kind(at + 1) == CodeLexer.NAME) {
      at++;
      String next = dotted();
      facts.imported(next);
      loads(next);
    }
  }

  String dotted() {
    StringBuilder name =
        new StringBuilder(tokens.kind(at) == CodeLexer.SIGN ? "" : tokens.text(at));
    at += tokens.kind(at) == CodeLexer.SIGN ? 0 : 1;
    while (tokens.is(at, '.') && tokens.kind(at + 1) == CodeLexer.NAME && name.length() < 100) {
      name.append('.').append(tokens.text(at + 1));
      at += 2;
    }
    return name.toString();
  }

  void members(String module) {
    at += tokens.is(at, '(') ? 1 : 0;
    while (tokens.kind(at) == CodeLexer.NAME) {
      String member = tokens.text(at);
      boolean renamed = tokens.text(at + 1).equals("as");
      CodeValue known = names.get(module + "." + member);
      names.put(
          renamed ? tokens.text(at + 2) : member,
          known == null ? CodeValue.named(module + "." + member) : known);
      at += renamed ? 3 : 1;
      if (!tokens.is(at, ',')) {
        return;
      }
      at++;
    }
  }

  /** {@code import a from 'b'}, {@code import {a, b} from 'c'}. */
  void script(String first) {
    List<String> members = new ArrayList<>(List.of(first));
    while (at < tokens.size() && !tokens.text(at).equals("from") && members.size() < 60) {
      if (tokens.kind(at) == CodeLexer.NAME) {
        members.add(tokens.text(at));
      }
      at++;
    }
    at++;
    if (tokens.kind(at) == CodeLexer.STRING) {
      String module = CodeCalls.module(tokens.text(at));
      facts.imported(module);
      loads(module);
      for (int i = 0; i + 2 < members.size(); i++) {
        if (members.get(i + 1).equals("as")) {
          names.put(members.get(i + 2), CodeValue.named(module + "." + members.get(i)));
          members.set(i + 2, members.get(i));
        }
      }
      names.put(first, CodeValue.named(module));
      members.forEach(
          m -> names.put(m, CodeValue.named(m.equals(first) ? module : module + "." + m)));
      at++;
    }
  }

  /** Whether several names are given values here: {@code a, b = …}. */
  boolean several(int from) {
    int i = from;
    int n = 0;
    while (tokens.kind(i) == CodeLexer.NAME && tokens.is(i + 1, ',') && n++ < 12) {
      i += 2;
    }
    return n > 0
        && tokens.kind(i) == CodeLexer.NAME
        && tokens.is(i + 1, '=')
        && !tokens.is(i + 2, '=');
  }

  /** Names parted by commas, up to a sign, are given the items of what follows. */
  void listed(char close) {
    List<String> own = new ArrayList<>();
    while (tokens.kind(at) == CodeLexer.NAME && own.size() < 20) {
      own.add(tokens.text(at));
      at += tokens.is(at + 1, ',') ? 2 : 1;
    }
    at += tokens.is(at, close) ? 1 : 0;
    if (!tokens.is(at, '=')) {
      return;
    }
    at++;
    List<CodeValue> values = new ArrayList<>(List.of(expression()));
    while (tokens.is(at, ',') && values.size() < own.size()) {
      at++;
      values.add(expression());
    }
    List<CodeValue> all = values.size() == 1 ? values.get(0).items() : values;
    for (int i = 0; i < Math.min(own.size(), all.size()) && names.size() < 1_000; i++) {
      names.put(own.get(i), all.get(i));
    }
  }

  /** {@code const {a, b: c} = …}. */
  void destructured() {
    at += 2;
    Map<String, String> own = new HashMap<>();
    while ((tokens.kind(at) == CodeLexer.NAME || tokens.is(at, '[')) && own.size() < 60) {
      if (tokens.is(at, '[')) {
        at++;
        CodeValue key = expression();
        at += tokens.is(at, ']') ? 1 : 0;
        if (key.text() == null || !tokens.is(at, ':')) {
          return;
        }
        own.put(tokens.text(at + 1), key.text());
        at += tokens.is(at + 2, ',') ? 3 : 2;
        continue;
      }
      boolean renamed = tokens.is(at + 1, ':');
      own.put(tokens.text(renamed ? at + 2 : at), tokens.text(at));
      at += renamed ? 3 : 1;
      at += tokens.is(at, ',') ? 1 : 0;
    }
    if (tokens.is(at, '}') && tokens.is(at + 1, '=')) {
      at += 2;
      CodeValue whole = expression();
      own.forEach((name, member) -> names.put(name, whole.member(member)));
    }
  }
}
