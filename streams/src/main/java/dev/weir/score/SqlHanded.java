/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import dev.weir.score.SqlTokens.Kind;
import dev.weir.score.SqlTokens.Token;
import java.util.List;
import java.util.Set;

/**
 * Statements that others run: strings that are handed to functions which run them, bodies of
 * triggers, events and rules, and of procedures and functions that the same text calls. Linear in
 * the tokens, at most 8 statements.
 */
final class SqlHanded {
  private static final int MAX_FOUND = 8;
  private static final List<String> RUNNERS =
      List.of("query_to_", "cron.schedule", "dblink", "pg_background", "cursor_to_", "sqlplus");
  private static final Set<String> LATER = Set.of("trigger", "event", "rule", "job", "task");
  private static final Set<String> BODIES = Set.of("procedure", "proc", "function", "macro");
  private static final Set<String> BEFORE =
      Set.of("begin", "do", "row", "instead", "then", "also", "as");
  private static final Set<String> VERBS =
      Set.of("delete", "drop", "truncate", "update", "grant", "alter", "insert");

  private SqlHanded() {}

  /** These statements, each behind a semicolon; "" where there are none. */
  static String of(String text) {
    String lower = LowerCase.of(text.substring(0, Math.min(text.length(), 4_000)));
    boolean runs = RUNNERS.stream().anyMatch(lower::contains);
    boolean creates = lower.contains("create") || lower.contains("alter");
    if (!runs && !creates) {
      return "";
    }
    StringBuilder found = new StringBuilder();
    List<Token> tokens = SqlTokens.of(text);
    boolean body = creates && isRun(tokens);
    int count = 0;
    for (int i = 0; i < tokens.size() && count < MAX_FOUND; i++) {
      Token token = tokens.get(i);
      boolean string = token.kind() == Kind.STRING && (runs || body);
      boolean verb = body && i > 0 && VERBS.contains(token.text()) && follows(tokens.get(i - 1));
      if (string && SqlBeginnings.looksPlain(token.text())) {
        found.append(";\n").append(token.text());
        count++;
      } else if (verb && token.kind() == Kind.WORD) {
        int end = text.indexOf(';', token.start());
        found.append(";\n").append(text, token.start(), end < 0 ? text.length() : end);
        count++;
      }
    }
    return found.toString();
  }

  private static boolean follows(Token before) {
    return BEFORE.contains(before.text()) || before.is(")");
  }

  /** Whether what is made runs by itself, or is called in the same text. */
  private static boolean isRun(List<Token> tokens) {
    String name = "";
    boolean called = false;
    boolean later = false;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean made = i > 0 && i < 6;
      later |= made && LATER.contains(token.text());
      if (made && BODIES.contains(token.text()) && i + 1 < tokens.size()) {
        name = tokens.get(i + 1).text();
        i++;
      } else {
        called |= !name.isEmpty() && token.is(name);
      }
    }
    return later || called;
  }
}
