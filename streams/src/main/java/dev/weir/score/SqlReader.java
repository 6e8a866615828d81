/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;
import static net.sf.jsqlparser.parser.CCJSqlParserConstants.EOF;

import dev.weir.policy.Fact;
import dev.weir.policy.LowerCase;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserTokenManager;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.alter.Alter;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.drop.Drop;
import net.sf.jsqlparser.statement.grant.Grant;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.truncate.Truncate;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.util.TablesNamesFinder;
import org.jspecify.annotations.Nullable;

/**
 * Reads database statements with JSqlParser, in the caller's thread. Text that is long, deeply
 * nested or not understood is opaque: then the verb is the first word, and what cannot be seen is
 * taken at its worst (no condition).
 */
final class SqlReader {
  private static final int MAX_LENGTH = 4 << 10;
  private static final int MAX_BRANCHING = 6;

  /** The parser takes up to 10 µs for a token. */
  private static final int MAX_TOKENS = 320;

  private static final Set<String> DDL = Set.of("drop", "alter", "create", "truncate");
  private static final List<String> BY_LOSS =
      List.of(
          "select",
          "other",
          "create",
          "insert",
          "update",
          "alter",
          "revoke",
          "grant",
          "delete",
          "truncate",
          "drop");

  /** One of these words, before long, tells a statement from a sentence that begins like one. */
  private static final Map<String, Set<String>> SECOND = second();

  private static final int LOOK = 400;
  private static final int MAX_UNCLOSED = 32 << 10;
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

  private SqlReader() {}

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

  static Map<Fact, Object> read(String text) {
    SqlFolds folds = SqlFolds.of(text);
    String run = SqlHanded.of(text);
    Map<Fact, Object> facts = said((folds.runs() ? folds.text() : text) + run);
    mark(facts, SQL_DYNAMIC, folds.opaque() || text.contains("\\gexec"));
    return facts;
  }

  private static Map<Fact, Object> said(String text) {
    Map<Fact, Object> facts = new EnumMap<>(Fact.class);
    facts.put(SQL_PRESENT, true);
    SqlWords words = new SqlWords(text);
    List<? extends Statement> statements = words.hidden() ? null : parse(text);
    String worst = "select";
    if (statements == null) {
      facts.put(SQL_OPAQUE, true);
      worst = worse("other", worstVerb(words));
      facts.put(SQL_STATEMENTS, (long) words.starts().size());
    } else {
      worst = worse(worst, worstVerb(words));
      for (Statement statement : statements) {
        worst = worse(worst, verb(statement));
      }
      parsed(statements, worst, facts);
    }
    verb(facts, worst);
    said(words, worst, facts);
    return facts;
  }

  private static void parsed(
      List<? extends Statement> statements, String worst, Map<Fact, Object> facts) {
    Set<String> tables = new TreeSet<>();
    boolean where = true;
    boolean narrow = true;
    boolean ranges = false;
    for (Statement statement : SqlConditions.parts(statements)) {
      boolean counts = verb(statement).equals(worst) || !worst.equals("select");
      ranges |= ranges(statement);
      where &= !counts || hasWhere(statement, worst.equals("select"));
      narrow &= SqlConditions.isNarrow(statement) && !(statement instanceof Merge);
      tables.addAll(tables(statement));
    }
    facts.put(SQL_HAS_WHERE, where);
    mark(facts, SQL_NARROW, narrow);
    mark(facts, SQL_RANGES, ranges);
    facts.put(SQL_TABLES, List.copyOf(tables));
    facts.put(SQL_STATEMENTS, (long) statements.size());
  }

  /** What the words tell, parsed or not. */
  private static void said(SqlWords words, String worst, Map<Fact, Object> facts) {
    facts.put(SQL_OBJECT, words.object(worst));
    facts.put(SQL_LIMIT, words.limit());
    mark(facts, SQL_LEAVES, words.leaves());
    mark(facts, SQL_FILES, words.files());
    mark(facts, SQL_SECRETS, words.secrets());
    mark(facts, SQL_PERSONAL, words.personal());
    boolean writes = worst.equals("update") || worst.equals("insert") || worst.equals("delete");
    mark(facts, SQL_GRANT, (writes && words.rights()) || worst.equals("grant"));
  }

  private static void mark(Map<Fact, Object> facts, Fact fact, boolean holds) {
    if (holds) {
      facts.put(fact, true);
    }
  }

  private static String worse(String worst, String verb) {
    return BY_LOSS.indexOf(verb) > BY_LOSS.indexOf(worst) ? verb : worst;
  }

  private static void verb(Map<Fact, Object> facts, String worst) {
    facts.put(SQL_VERB, worst);
    facts.put(SQL_DDL, DDL.contains(worst));
  }

  private static @Nullable List<? extends Statement> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    try {
      if (unclosed(text) > MAX_UNCLOSED || branching(text) > MAX_BRANCHING) {
        return null;
      }
      List<Statement> statements = new Parser(text).withAllowComplexParsing(false).Statements();
      return statements.isEmpty() || statements.contains(null) ? null : statements;
    } catch (ParseException | RuntimeException | StackOverflowError e) {
      return null;
    }
  }

  /**
   * How many characters the parser's tokens go through in vain: behind each bracket that its line
   * does not close, all of the line, since a name may stand in brackets.
   */
  private static int unclosed(String text) {
    int vain = 0;
    int open = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      open = c == '[' ? open + 1 : c == ']' || c == '\n' || c == '\r' ? 0 : open;
      vain += open;
    }
    return vain;
  }

  /**
   * How often the parser may have to try again, or too often for a text of too many tokens: each
   * level of brackets, and each word that it reads ahead of, multiplies its time. Counted on its
   * own tokens, so that comments hide nothing.
   */
  private static int branching(String text) {
    CCJSqlParserTokenManager tokens = new CCJSqlParserTokenManager(new SqlCharacters(text));
    int depth = 0;
    int deepest = 0;
    int ahead = 0;
    int count = 0;
    for (Token t = tokens.getNextToken(); t.kind != EOF; t = tokens.getNextToken()) {
      switch (t.image.length() > 8 ? "" : LowerCase.of(t.image)) {
        case "(" -> depth++;
        case "[" -> depth += 2;
        case ")" -> depth = Math.max(0, depth - 1);
        case "]" -> depth = Math.max(0, depth - 2);
        case "case", "interval", "->" -> ahead++;
        default -> {}
      }
      deepest = Math.max(deepest, depth);
      if (++count > MAX_TOKENS) {
        return Integer.MAX_VALUE;
      }
    }
    return deepest + ahead;
  }

  /** A parser that does not look for what it expected where it fails: that took seconds. */
  private static final class Parser extends CCJSqlParser {
    Parser(String text) {
      super(new CCJSqlParserTokenManager(new SqlCharacters(text)));
    }

    @Override
    public ParseException generateParseException() {
      return new ParseException("not a statement that is understood");
    }
  }

  private static String verb(Statement statement) {
    if (statement instanceof Select) {
      return "select";
    } else if (statement instanceof Insert) {
      return "insert";
    } else if (statement instanceof Update) {
      return "update";
    } else if (statement instanceof Delete) {
      return "delete";
    } else if (statement instanceof Truncate) {
      return "truncate";
    } else if (statement instanceof Drop) {
      return "drop";
    } else if (statement instanceof Alter) {
      return "alter";
    } else if (statement instanceof Grant) {
      return "grant";
    }
    String kind = statement.getClass().getSimpleName();
    return kind.startsWith("Create") ? "create" : kind.equals("Merge") ? "update" : "other";
  }

  private static boolean hasWhere(Statement statement, boolean reading) {
    if (statement instanceof Delete delete) {
      return SqlConditions.selects(delete.getWhere()) || delete.getLimit() != null;
    } else if (statement instanceof Update update) {
      return SqlConditions.selects(update.getWhere()) || update.getLimit() != null;
    }
    return !reading
        || !(statement instanceof PlainSelect select)
        || SqlConditions.selects(select.getWhere());
  }

  private static boolean ranges(Statement statement) {
    if (statement instanceof Delete delete) {
      return SqlConditions.ranges(delete.getWhere()) && delete.getLimit() == null;
    }
    return statement instanceof Update update
        && SqlConditions.ranges(update.getWhere())
        && update.getLimit() == null;
  }

  private static Set<String> tables(Statement statement) {
    try {
      return new TablesNamesFinder<Void>().getTables(statement);
    } catch (RuntimeException e) { // it refuses the statements that it does not know
      return Set.of();
    }
  }

  private static String worstVerb(SqlWords words) {
    String worst = "select";
    for (int start : words.starts()) {
      worst = worse(worst, replaces(words.words(), start) ? "drop" : words.words().get(start));
    }
    return worst;
  }

  /** What is created, or filled, in the place of what was there. */
  private static boolean replaces(List<String> words, int start) {
    int end = Math.min(words.size(), start + 4);
    List<String> head = words.subList(Math.min(start, end), end);
    return (head.size() > 3
            && head.get(0).equals("create")
            && head.get(2).equals("replace")
            && head.get(3).equals("table"))
        || (head.size() > 1 && head.get(0).equals("insert") && head.get(1).equals("overwrite"));
  }

  private static String verb(String text) {
    int end = 0;
    while (end < text.length() && Character.isLetter(text.charAt(end)) && end < 12) {
      end++;
    }
    return LowerCase.of(text.substring(0, end));
  }
}
