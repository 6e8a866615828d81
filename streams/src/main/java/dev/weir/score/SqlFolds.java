/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import dev.weir.score.SqlTokens.Kind;
import dev.weir.score.SqlTokens.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a text of statements runs that it makes up itself: the strings that it executes, put
 * together as the database would, and what stands in its blocks. What cannot be put together is
 * opaque, never guessed. Values of 4 Ki characters, blocks three deep, linear.
 */
final class SqlFolds {
  private static final int MAX_VALUE = 4 << 10;
  private static final int MAX_DEPTH = 3;

  /** Parts the items of an array where they are kept as one text. */
  static final String BETWEEN = "\u001f";

  private static final Set<String> MAKERS =
      Set.of("do", "exec", "execute", "prepare", "declare", "set", "begin", "sp_executesql");

  /** What of ASCII one of them may begin with, quoted or not. */
  private static final String FIRSTS = "dDeEpPsSbBnN'$";

  private static final Set<String> RUNNERS = Set.of("exec", "execute", "sp_executesql", "from");
  private static final Set<String> VERBS =
      Set.of(
          "delete",
          "update",
          "insert",
          "drop",
          "truncate",
          "alter",
          "grant",
          "create",
          "merge",
          "revoke");
  private static final Set<String> SAME =
      Set.of(
          "concat",
          "cast",
          "convert",
          "quote_ident",
          "trim",
          "isnull",
          "coalesce",
          "quotename",
          "n",
          "to_char",
          "rtrim",
          "ltrim");

  private final StringBuilder out = new StringBuilder();
  private final Map<String, String> variables = new HashMap<>();
  private boolean runs;
  private boolean opaque;

  private String text = "";
  private List<Token> tokens = List.of();
  private int at;
  private int depth;
  private int brackets;

  private SqlFolds() {}

  static SqlFolds of(String text) {
    SqlFolds folds = new SqlFolds();
    folds.statements(text);
    return folds;
  }

  /** Whether it begins as a text does that makes up what it runs. */
  static boolean begins(String text) {
    int start = SqlWords.code(text, 0);
    char first = start < text.length() ? text.charAt(start) : ' ';
    if (first < 128 && FIRSTS.indexOf(first) < 0) {
      return false;
    }
    List<Token> head = SqlTokens.of(text.substring(start, Math.min(text.length(), start + 200)), 3);
    if (head.size() < 2 || !MAKERS.contains(head.get(0).text())) {
      return false;
    }
    Token next = head.get(1);
    return switch (head.get(0).text()) {
      case "do" -> next.kind() == Kind.STRING || next.is("language");
      case "exec", "execute" -> next.is("(") || next.kind() == Kind.STRING || next.is("immediate");
      case "prepare" -> head.size() > 2 && (head.get(2).is("from") || head.get(2).is("as"));
      case "begin" -> true;
      default -> next.text().startsWith("@") || head.get(0).is("declare");
    };
  }

  /** It runs a text, or a block. */
  boolean runs() {
    return runs;
  }

  /** Some of what it runs is not known. */
  boolean opaque() {
    return opaque;
  }

  /** The statements that are known to run. */
  String text() {
    return out.toString();
  }

  private void statements(String source) {
    if (depth >= MAX_DEPTH) {
      opaque = true;
      return;
    }
    depth++;
    String outerText = text;
    List<Token> outer = tokens;
    int outerAt = at;
    text = source;
    tokens = SqlTokens.of(source);
    at = 0;
    while (at < tokens.size()) {
      statement();
    }
    text = outerText;
    tokens = outer;
    at = outerAt;
    depth--;
  }

  private void statement() {
    int from = at;
    int end = from;
    while (end < tokens.size() && !tokens.get(end).is(";")) {
      end++;
    }
    if (end > from && !MAKERS.contains(tokens.get(from).text())) {
      emit(text.substring(tokens.get(from).start(), stop(end)));
    } else {
      made(end);
    }
    at = end + 1;
  }

  private int stop(int end) {
    return end < tokens.size() ? tokens.get(end).start() : text.length();
  }

  private void emit(String statement) {
    if (out.length() + statement.length() < 4 * MAX_VALUE) {
      out.append(out.isEmpty() ? "" : ";\n").append(statement);
    } else {
      opaque = true;
    }
  }

  private void made(int end) {
    boolean prepares = tokens.get(at).is("prepare");
    boolean block = tokens.get(at).is("do");
    String first = "";
    while (at < end) {
      Token token = tokens.get(at);
      if (token.kind() == Kind.WORD && VERBS.contains(token.text())) {
        int next = runner(at + 1, end);
        emit(text.substring(token.start(), stop(next)));
        at = next;
      } else if (token.kind() == Kind.STRING && block) {
        runs = true;
        at++;
        statements(token.text());
      } else if (RUNNERS.contains(token.text()) && (prepares || !token.is("from"))) {
        at++;
        execute();
      } else if (token.is("=") || token.is(":=")) {
        boolean adds = at > 0 && tokens.get(at - 1).is("+");
        String before = adds ? variables.get(first) : "";
        at++;
        String more = expression();
        assign(first, before == null || more == null ? null : before + more);
      } else {
        boolean starts = token.text().startsWith("@") || first.isEmpty();
        first =
            token.kind() == Kind.WORD && starts && !MAKERS.contains(token.text())
                ? token.text()
                : first;
        at++;
      }
    }
  }

  /** Where behind a statement a text is run, without a sign between them; else the end. */
  private int runner(int from, int end) {
    for (int k = from; k + 1 < end; k++) {
      boolean runs = tokens.get(k).is("exec") || tokens.get(k).is("execute");
      Token next = tokens.get(k + 1);
      if (runs
          && (next.is("(")
              || next.is("immediate")
              || next.kind() == Kind.STRING
              || next.text().startsWith("@"))) {
        return k;
      }
    }
    return end;
  }

  private void assign(String name, @Nullable String value) {
    if (variables.size() < 200) {
      variables.put(name, value == null ? "" : value);
    }
    if (value == null) {
      variables.remove(name);
    }
  }

  private void execute() {
    if (is("immediate")) {
      at++;
    }
    boolean name =
        at < tokens.size()
            && tokens.get(at).kind() == Kind.WORD
            && !tokens.get(at).text().startsWith("@")
            && !variables.containsKey(tokens.get(at).text())
            && !(at + 1 < tokens.size() && tokens.get(at + 1).is("("));
    if (at >= tokens.size() || is("sp_executesql") || (name && depth == 1)) {
      return; // a procedure, or what was prepared
    }
    runs = true;
    String value = expression();
    if (value == null) {
      opaque = true;
    } else if (SqlFolds.begins(value)) {
      statements(value);
    } else {
      opaque |= !SqlBeginnings.looksLike(value) && !calls(value);
      emit(value);
    }
  }

  /** Whether a text that is run only calls or sets something. */
  private static boolean calls(String value) {
    String head = LowerCase.of(value.substring(0, Math.min(12, value.length()))).strip();
    return head.isEmpty()
        || head.startsWith("exec")
        || head.startsWith("call")
        || head.startsWith("set ")
        || head.startsWith("sp_")
        || head.startsWith("analyze")
        || head.startsWith("vacuum")
        || head.startsWith("refresh")
        || head.startsWith("show");
  }

  private boolean is(String word) {
    return at < tokens.size() && tokens.get(at).is(word);
  }

  /** The text that an expression gives; null if it is not known. */
  private @Nullable String expression() {
    String value = operand();
    while (is("+") || is("||")) {
      at++;
      String more = operand();
      boolean known = value != null && more != null && value.length() + more.length() < MAX_VALUE;
      value = known ? value + more : null;
    }
    return value;
  }

  private @Nullable String operand() {
    if (at >= tokens.size()) {
      return null;
    }
    Token token = tokens.get(at++);
    if (token.kind() == Kind.STRING) {
      return strings(token.text());
    } else if (token.is("array") && is("[")) {
      at++;
      return String.join(BETWEEN, items());
    } else if (token.is("x") && at < tokens.size() && tokens.get(at).kind() == Kind.STRING) {
      return Decoder.pairs(tokens.get(at++).text());
    } else if (token.is("(")) {
      return first(arguments());
    } else if (token.kind() == Kind.SIGN) {
      return null;
    } else if (is("(")) {
      at++;
      return call(token.text(), arguments());
    } else if (token.text().startsWith("0x")) {
      return Decoder.hex(token.text().substring(2));
    }
    boolean number = ShellText.isNumber(token.text());
    return number ? token.text() : variables.get(token.text());
  }

  /** Strings beside each other are one. */
  private String strings(String first) {
    String all = first;
    while (at < tokens.size() && tokens.get(at).kind() == Kind.STRING && all.length() < MAX_VALUE) {
      all += tokens.get(at++).text();
    }
    return all;
  }

  /** The strings up to a closing bracket. */
  private List<String> items() {
    List<String> all = new ArrayList<>();
    while (at < tokens.size() && !is("]") && all.size() < 200) {
      Token token = tokens.get(at++);
      if (token.kind() == Kind.STRING) {
        all.add(token.text());
      }
    }
    at++;
    return all;
  }

  private static @Nullable String first(List<@Nullable String> values) {
    return values.isEmpty() ? null : values.get(0);
  }

  /** What stands up to the closing bracket: a value each, null where it is not known. */
  private List<@Nullable String> arguments() {
    List<@Nullable String> values = new ArrayList<>();
    if (++brackets > 20) {
      at = tokens.size();
    }
    while (at < tokens.size() && !is(")") && values.size() < 200) {
      values.add(expression());
      while (at < tokens.size() && !is(",") && !is(")")) {
        skip();
      }
      at += is(",") ? 1 : 0;
    }
    at++;
    brackets--;
    return values;
  }

  /** A type or option that follows a value. */
  private void skip() {
    int open = 0;
    do {
      open += is("(") ? 1 : is(")") ? -1 : 0;
      at++;
    } while (open > 0 && at < tokens.size());
  }

  private static @Nullable String call(String function, List<@Nullable String> values) {
    String one = first(values);
    if (function.equals("char") || function.equals("nchar") || function.equals("chr")) {
      return characters(values);
    } else if (function.equals("reverse") && one != null) {
      return new StringBuilder(one).reverse().toString();
    } else if (function.equals("convert")) {
      return values.size() > 1 ? values.get(1) : one;
    }
    String made = SqlTexts.call(function, values);
    if (made != null) {
      return made;
    } else if (!SAME.contains(function)) {
      return null;
    } else if (!function.equals("concat")) {
      return one;
    }
    StringBuilder all = new StringBuilder();
    for (String value : values) {
      if (value == null || all.length() + value.length() > MAX_VALUE) {
        return null;
      }
      all.append(value);
    }
    return all.toString();
  }

  private static @Nullable String characters(List<@Nullable String> codes) {
    StringBuilder all = new StringBuilder();
    for (String code : codes) {
      if (code == null || !ShellText.isNumber(code) || code.length() > 5) {
        return null;
      }
      all.append((char) Integer.parseInt(code));
    }
    return all.toString();
  }
}
