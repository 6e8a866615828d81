/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static net.sf.jsqlparser.parser.CCJSqlParserConstants.EOF;

import dev.weir.policy.LowerCase;
import java.util.ArrayList;
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
      if (unclosed(text) > MAX_UNCLOSED) {
        return null;
      }
      Tokens tokens = new Tokens(text);
      if (branching(tokens.all) > MAX_BRANCHING) {
        return null;
      }
      List<Statement> statements = new Grammar(tokens).withAllowComplexParsing(false).Statements();
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
  private static int branching(List<Token> tokens) {
    int depth = 0;
    int deepest = 0;
    int ahead = 0;
    for (Token t : tokens) {
      switch (t.image.length() > 8 ? "" : LowerCase.of(t.image)) {
        case "(" -> depth++;
        case "[" -> depth += 2;
        case ")" -> depth = Math.max(0, depth - 1);
        case "]" -> depth = Math.max(0, depth - 2);
        case "case", "interval", "->" -> ahead++;
        default -> {}
      }
      deepest = Math.max(deepest, depth);
    }
    return tokens.size() > MAX_TOKENS ? Integer.MAX_VALUE : deepest + ahead;
  }

  /** A text's tokens, up to one too many: read once, to be counted and then to be parsed. */
  private static final class Tokens extends CCJSqlParserTokenManager {
    final List<Token> all = new ArrayList<>();
    private int given;

    Tokens(String text) {
      super(new SqlCharacters(text));
      Token token = super.getNextToken();
      while (token.kind != EOF && all.size() <= MAX_TOKENS) {
        all.add(token);
        token = super.getNextToken();
      }
    }

    @Override
    public Token getNextToken() {
      return given < all.size() ? all.get(given++) : super.getNextToken();
    }
  }

  /** A parser that does not look for what it expected where it fails: that took seconds. */
  private static final class Grammar extends CCJSqlParser {
    Grammar(Tokens tokens) {
      super(tokens);
    }

    @Override
    public ParseException generateParseException() {
      return new ParseException("not a statement that is understood");
    }
  }
}
