/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a text begins as a database's statement does, and with which verb: by its first words,
 * whatever stands before them only prepares. Looks at 400 characters at most.
 */
final class SqlBeginnings {
  /** One of these words, before long, tells a statement from a sentence that begins like one. */
  private static final Map<String, Set<String>> SECOND = second();

  private static final int LOOK = 400;

  private static final Set<String> PRELUDES =
      Set.of(
          "use",
          "set",
          "begin",
          "start",
          "lock",
          "pragma",
          "commit",
          "declare",
          "explain",
          "savepoint",
          "print");

  private SqlBeginnings() {}

  /** Whether text begins as a statement does. Looks at 400 characters at most. */
  static boolean looksLike(String text) {
    return looksPlain(text) || SqlFolds.begins(text) || looksPlain(afterPrelude(text));
  }

  /** A text without the statements that only prepare others: USE, SET, BEGIN, EXPLAIN ANALYZE. */
  private static String afterPrelude(String text) {
    String rest = text;
    for (int n = 0; n < 6; n++) {
      int start = SqlWords.code(rest, 0);
      String verb =
          start >= rest.length()
              ? ""
              : verb(rest.substring(start, Math.min(rest.length(), start + 12)));
      int end = verb.equals("explain") ? analyze(rest, start) : rest.indexOf(';', start);
      if (!PRELUDES.contains(verb) || end < 0 || end - start > LOOK) {
        return n == 0 ? "" : rest;
      }
      rest = rest.substring(end + (verb.equals("explain") ? 7 : 1));
    }
    return rest;
  }

  /** Where ANALYZE stands soon behind a place, or −1. */
  private static int analyze(String text, int from) {
    String head = text.substring(from, Math.min(text.length(), from + 80));
    int at = LowerCase.of(head).indexOf("analyze");
    return at < 0 ? -1 : from + at;
  }

  /** The same but of texts that make up what they run: those begin as some command lines do. */
  static boolean looksPlain(String text) {
    int start = SqlWords.code(text, 0);
    if (start >= text.length() || !begins(text.charAt(start))) {
      return false;
    }
    String head = text.substring(start, Math.min(text.length(), start + LOOK));
    String verb = verb(head);
    Set<String> second = SECOND.get(verb);
    if (second == null) {
      return verb.equals("select") && head.length() > verb.length();
    }
    List<String> words = new SqlWords(head).words();
    return words.stream().skip(1).anyMatch(second::contains)
        || (verb.equals("truncate") && words.size() == 2);
  }

  private static boolean begins(char c) {
    return "acdegilmrstuwACDEGILMRSTUW".indexOf(c) >= 0;
  }

  private static Map<String, Set<String>> second() {
    Set<String> things =
        Set.of(
            "table",
            "database",
            "schema",
            "index",
            "view",
            "user",
            "role",
            "function",
            "trigger",
            "procedure",
            "sequence",
            "type",
            "extension",
            "policy",
            "login",
            "column",
            "tablespace",
            "collection",
            "keyspace",
            "materialized",
            "server",
            "publication",
            "subscription",
            "synonym",
            "event",
            "rule",
            "package",
            "job",
            "task",
            "link",
            "credential",
            "share",
            "stage",
            "partition",
            "constraint",
            "foreign",
            "aggregate",
            "proc");
    return Map.ofEntries(
        Map.entry("insert", Set.of("into", "overwrite")),
        Map.entry("replace", Set.of("into")),
        Map.entry("merge", Set.of("into", "using")),
        Map.entry("update", Set.of("set")),
        Map.entry("delete", Set.of("from")),
        Map.entry("truncate", Set.of("table", "cascade", "restart")),
        Map.entry("drop", things),
        Map.entry("alter", things),
        Map.entry("create", things),
        Map.entry("rename", things),
        Map.entry("grant", Set.of("to")),
        Map.entry("revoke", Set.of("from")),
        Map.entry("with", Set.of("as")),
        Map.entry("copy", Set.of("from", "to")),
        Map.entry("exec", Set.of("xp_cmdshell", "sp_executesql", "master..xp_cmdshell")),
        Map.entry("execute", Set.of("immediate", "procedure", "xp_cmdshell")),
        Map.entry("attach", Set.of("database")),
        Map.entry("unload", Set.of("to")),
        Map.entry("load", Set.of("infile", "into")));
  }

  private static String verb(String text) {
    int end = 0;
    while (end < text.length() && Character.isLetter(text.charAt(end)) && end < 12) {
      end++;
    }
    return LowerCase.of(text.substring(0, end));
  }
}
