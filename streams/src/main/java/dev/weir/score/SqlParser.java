/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static net.sf.jsqlparser.parser.CCJSqlParserConstants.EOF;

import dev.weir.policy.LowerCase;
import java.util.List;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserTokenManager;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.statement.Statement;
import org.jspecify.annotations.Nullable;

/**
 * JSqlParser in the caller's thread, kept from texts on which it would take long: by length,
 * tokens, nesting, and brackets that a line does not close.
 */
final class SqlParser {
  private static final int MAX_LENGTH = 4 << 10;

  private static final int MAX_BRANCHING = 6;

  /** The parser takes up to 10 µs for a token. */
  private static final int MAX_TOKENS = 320;

  private static final int MAX_UNCLOSED = 32 << 10;

  private SqlParser() {}

  /** The statements of a text; null where it is not understood, or would take too long. */
  static @Nullable List<? extends Statement> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    try {
      if (unclosed(text) > MAX_UNCLOSED || branching(text) > MAX_BRANCHING) {
        return null;
      }
      List<Statement> statements = new Grammar(text).withAllowComplexParsing(false).Statements();
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
  private static final class Grammar extends CCJSqlParser {
    Grammar(String text) {
      super(new CCJSqlParserTokenManager(new SqlCharacters(text)));
    }

    @Override
    public ParseException generateParseException() {
      return new ParseException("not a statement that is understood");
    }
  }
}
