/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

/**
 * Reads database statements with JSqlParser, in the caller's thread. Text that is long, deeply
 * nested or not understood is opaque: then the verb is the first word, and what cannot be seen is
 * taken at its worst (no condition).
 */
final class SqlReader {
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

  private SqlReader() {}

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
    List<? extends Statement> statements = words.hidden() ? null : SqlParser.parse(text);
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
}
