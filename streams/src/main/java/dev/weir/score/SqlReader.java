/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;
import static net.sf.jsqlparser.parser.CCJSqlParserConstants.EOF;

import dev.weir.policy.Fact;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserTokenManager;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.SimpleCharStream;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.alter.Alter;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.drop.Drop;
import net.sf.jsqlparser.statement.grant.Grant;
import net.sf.jsqlparser.statement.insert.Insert;
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
  private static final Set<String> VERBS =
      Set.of(
          "select",
          "insert",
          "update",
          "delete",
          "truncate",
          "drop",
          "alter",
          "create",
          "grant",
          "revoke",
          "with",
          "merge",
          "replace");
  private static final Set<String> DDL = Set.of("drop", "alter", "create", "truncate");
  private static final List<String> BY_LOSS =
      List.of(
          "select",
          "other",
          "create",
          "insert",
          "update",
          "alter",
          "grant",
          "delete",
          "truncate",
          "drop");

  private SqlReader() {}

  /** Whether text begins as a statement does. */
  static boolean looksLike(String text) {
    return VERBS.contains(verb(text));
  }

  static Map<Fact, Object> read(String text) {
    Map<Fact, Object> facts = new EnumMap<>(Fact.class);
    facts.put(SQL_PRESENT, true);
    List<? extends Statement> statements = parse(text);
    if (statements == null) {
      facts.put(SQL_OPAQUE, true);
      verb(facts, worstVerb(text));
      return facts;
    }
    Set<String> tables = new TreeSet<>();
    String worst = "select";
    boolean where = true;
    for (Statement statement : statements) {
      String verb = verb(statement);
      worst = BY_LOSS.indexOf(verb) > BY_LOSS.indexOf(worst) ? verb : worst;
      where &= hasWhere(statement);
      tables.addAll(tables(statement));
    }
    verb(facts, worst);
    facts.put(SQL_HAS_WHERE, where);
    facts.put(SQL_TABLES, List.copyOf(tables));
    facts.put(SQL_STATEMENTS, (long) statements.size());
    return facts;
  }

  private static void verb(Map<Fact, Object> facts, String worst) {
    facts.put(SQL_VERB, worst);
    facts.put(SQL_DDL, DDL.contains(worst));
    facts.put(SQL_GRANT, worst.equals("grant"));
  }

  private static @Nullable List<? extends Statement> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    try {
      if (branching(text) > MAX_BRANCHING) {
        return null;
      }
      List<Statement> statements = new Parser(text).withAllowComplexParsing(false).Statements();
      return statements.isEmpty() || statements.contains(null) ? null : statements;
    } catch (ParseException | RuntimeException | StackOverflowError e) {
      return null;
    }
  }

  /**
   * How often the parser may have to try again: each level of brackets, and each word that it reads
   * ahead of, multiplies its time. Counted on its own tokens, so that comments hide nothing.
   */
  private static int branching(String text) {
    CCJSqlParserTokenManager tokens =
        new CCJSqlParserTokenManager(new SimpleCharStream(new StringProvider(text)));
    int depth = 0;
    int deepest = 0;
    int ahead = 0;
    for (Token t = tokens.getNextToken(); t.kind != EOF; t = tokens.getNextToken()) {
      switch (t.image.toLowerCase(Locale.ROOT)) {
        case "(" -> depth++;
        case "[" -> depth += 2;
        case ")" -> depth = Math.max(0, depth - 1);
        case "]" -> depth = Math.max(0, depth - 2);
        case "case", "interval", "->" -> ahead++;
        default -> {}
      }
      deepest = Math.max(deepest, depth);
    }
    return deepest + ahead;
  }

  /** A parser that does not look for what it expected where it fails: that took seconds. */
  private static final class Parser extends CCJSqlParser {
    Parser(String text) {
      super(new StringProvider(text));
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
    return statement.getClass().getSimpleName().startsWith("Create") ? "create" : "other";
  }

  private static boolean hasWhere(Statement statement) {
    if (statement instanceof Delete delete) {
      return delete.getWhere() != null;
    }
    return !(statement instanceof Update update) || update.getWhere() != null;
  }

  private static Set<String> tables(Statement statement) {
    try {
      return new TablesNamesFinder<Void>().getTables(statement);
    } catch (RuntimeException e) { // it refuses the statements that it does not know
      return Set.of();
    }
  }

  private static String worstVerb(String text) {
    String worst = "other";
    for (String part : text.substring(0, Math.min(text.length(), MAX_LENGTH)).split(";", 50)) {
      String verb = verb(part);
      worst = BY_LOSS.indexOf(verb) > BY_LOSS.indexOf(worst) ? verb : worst;
    }
    return worst;
  }

  private static String verb(String text) {
    int start = 0;
    while (start < text.length() && !Character.isLetter(text.charAt(start)) && start < 40) {
      start++;
    }
    int end = start;
    while (end < text.length() && Character.isLetter(text.charAt(end)) && end - start < 12) {
      end++;
    }
    return text.substring(start, end).toLowerCase(Locale.ROOT);
  }
}
