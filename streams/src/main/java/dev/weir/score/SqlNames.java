/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.score.Leftover.Kind;
import dev.weir.score.SqlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Names that statements give to what later ones then mean by them: a table's new name, its copy, a
 * view of it, a prepared statement, a procedure, a session's variable. One pass over the tokens.
 */
final class SqlNames {
  private static final int MAX_NAMES = 8;
  private static final int MAX_BODY = 300;
  private static final Set<String> COPIES = Set.of("table", "view", "synonym", "into");
  private static final Set<String> BODIES =
      Set.of("procedure", "proc", "function", "macro", "task", "event");
  private static final Set<String> SKIPPED =
      Set.of("if", "not", "exists", "or", "replace", "column");

  private final String text;
  private final List<Token> tokens;
  private final List<Leftover> left = new ArrayList<>(0);

  private SqlNames(String text) {
    this.text = text;
    this.tokens = SqlTokens.of(text);
  }

  /** The names that these statements give. */
  static List<Leftover> of(String text) {
    if (!gives(text)) {
      return List.of();
    }
    SqlNames names = new SqlNames(text);
    for (int i = 0; i < names.tokens.size() && names.left.size() < MAX_NAMES; i++) {
      names.token(i);
    }
    return names.left;
  }

  /** A query that is only read gives none, unless it says into what. */
  private static boolean gives(String text) {
    boolean queries = text.regionMatches(true, 0, "select", 0, 6);
    return !queries || text.contains("into") || text.contains("INTO") || text.indexOf(';') > 0;
  }

  private void token(int i) {
    Token token = tokens.get(i);
    if (token.kind() != SqlTokens.Kind.WORD) {
      return;
    }
    String word = token.text();
    if (word.equals("rename")) {
      renamed(i);
    } else if (COPIES.contains(word)
        && before(
            i,
            "create",
            "into",
            "temp",
            "temporary",
            "materialized",
            "unlogged",
            "replace",
            "select",
            "insert")) {
      copied(i);
    } else if (word.equals("into")) {
      copied(i);
    } else if (BODIES.contains(word) && before(i, "create", "replace", "alter")) {
      body(name(i + 1));
    } else if (word.equals("prepare")) {
      body(name(i + 1));
    } else if (word.equals("set") && next(i + 1).startsWith("@")) {
      body(i + 1);
    } else if (word.equals("declare") && next(i + 1).startsWith("@")) {
      body(i + 1);
    }
  }

  private boolean before(int i, String... words) {
    for (int k = Math.max(0, i - 3); k < i; k++) {
      for (String word : words) {
        if (tokens.get(k).is(word)) {
          return true;
        }
      }
    }
    return false;
  }

  private String next(int i) {
    return i < tokens.size() ? tokens.get(i).text() : "";
  }

  /** Where the name stands at or behind a place. */
  private int name(int i) {
    int at = i;
    while (at < tokens.size() && (SKIPPED.contains(next(at)) || isSign(at))) {
      at++;
    }
    return at;
  }

  private boolean isSign(int i) {
    return tokens.get(i).kind() == SqlTokens.Kind.SIGN;
  }

  /** ALTER TABLE a RENAME TO b; RENAME TABLE a TO b. */
  private void renamed(int i) {
    int from = next(i + 1).equals("table") ? name(i + 2) : back(i);
    int to = -1;
    for (int k = i + 1; k < Math.min(tokens.size(), i + 8); k++) {
      to = next(k).equals("to") ? name(k + 1) : to;
    }
    if (to > 0 && from >= 0) {
      give(to, next(from));
    }
  }

  private int back(int i) {
    int at = i - 1;
    while (at >= 0 && isSign(at)) {
      at--;
    }
    return at;
  }

  /** CREATE TABLE b AS SELECT … FROM a; SELECT … INTO b FROM a; INSERT INTO b SELECT … FROM a. */
  private void copied(int i) {
    int to = name(i + 1);
    for (int k = to + 1; k < Math.min(tokens.size(), to + 200); k++) {
      Token token = tokens.get(k);
      if (token.is(";")) {
        return;
      }
      if (token.is("from") || token.is("for") || token.is("join")) {
        give(to, next(name(k + 1)));
        return;
      }
    }
  }

  /** Behind a name stands what running it does. */
  private void body(int i) {
    if (i + 1 >= tokens.size()) {
      return;
    }
    String said = "";
    for (int k = i + 1; k < Math.min(tokens.size(), i + 60) && said.isEmpty(); k++) {
      Token token = tokens.get(k);
      boolean string =
          token.kind() == SqlTokens.Kind.STRING && SqlBeginnings.looksLike(token.text());
      boolean verb =
          Set.of(
                  "delete",
                  "drop",
                  "truncate",
                  "update",
                  "grant",
                  "insert",
                  "alter",
                  "copy",
                  "select")
              .contains(token.text());
      if (string) {
        said = token.text();
      } else if (verb && token.kind() == SqlTokens.Kind.WORD) {
        int end = text.indexOf(';', token.start());
        said = text.substring(token.start(), end < 0 ? text.length() : end);
      }
    }
    if (!said.isEmpty()) {
      give(i, said.length() > MAX_BODY ? said.substring(0, MAX_BODY) : said);
    }
  }

  private void give(int to, String value) {
    if (to < tokens.size()
        && !value.isEmpty()
        && !next(to).equals(value)
        && next(to).length() > 1) {
      left.add(Leftover.text(Kind.NAME, next(to), value));
    }
  }
}
