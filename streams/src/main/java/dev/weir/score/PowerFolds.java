/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lines of PowerShell with what they only put together put together: strings that are added,
 * formatted, joined, turned round or decoded, letters by their numbers, names that hold strings. A
 * few passes over at most 4,000 tokens; what does not fold stands as it was.
 */
final class PowerFolds {
  private static final int MAX_TOKENS = 4_000;
  private static final int MAX_TEXT = 16 << 10;
  private static final List<String> SCOPES =
      List.of("$global:", "$script:", "$local:", "$private:", "$env:", "$variable:");
  private static final int MAX_PASSES = 8;

  /** A piece of the text; a literal's text is what it says. */
  private record Piece(boolean literal, String text, String written) {
    boolean is(String other) {
      return !literal && text.equals(other);
    }
  }

  private final String source;
  private final UnaryOperator<@Nullable String> past;
  private boolean last;
  private final Map<String, String> names = new HashMap<>();
  private List<Piece> pieces = new ArrayList<>();
  private int at;

  private PowerFolds(String source, UnaryOperator<@Nullable String> past) {
    this.source = source;
    this.past = past;
  }

  /** Whether a line is worth folding: plain lines have none of these. */
  static boolean mayFold(String text) {
    return text.indexOf('$') >= 0
        || text.indexOf('`') >= 0
        || text.indexOf('[') >= 0
        || text.indexOf('+') >= 0
        || text.indexOf(").") >= 0
        || text.indexOf("-replace") >= 0
        || text.indexOf("-f") >= 0
        || text.indexOf("-join") >= 0
        || text.indexOf('&') >= 0;
  }

  /** The text with what folds folded. */
  static String of(String text) {
    return of(text, name -> null);
  }

  /** The same, with what names stand for by earlier lines. */
  static String of(String text, UnaryOperator<@Nullable String> past) {
    if (text.length() > MAX_TEXT || !mayFold(text)) {
      return text;
    }
    PowerFolds folds = new PowerFolds(text, past);
    folds.read();
    for (int pass = 0; pass < MAX_PASSES && folds.pass(); pass++) {}
    folds.last = true;
    folds.pass();
    return folds.written();
  }

  private void read() {
    while (at < source.length() && pieces.size() < MAX_TOKENS) {
      step();
    }
    if (at < source.length()) {
      pieces.add(new Piece(false, source.substring(at), source.substring(at)));
    }
  }

  private void step() {
    char c = source.charAt(at);
    if (c == '\'' || c == '"') {
      string(c);
    } else if (c == '`' && at + 1 < source.length()) {
      at += source.charAt(at + 1) == '\n' ? 2 : 1;
    } else if (c == '[') {
      type();
    } else if (isPart(c)) {
      StringBuilder word = new StringBuilder();
      while (at < source.length() && (isPart(source.charAt(at)) || source.charAt(at) == '`')) {
        if (source.charAt(at) != '`') {
          word.append(source.charAt(at));
        }
        at++;
      }
      add(false, word.toString(), word.toString());
    } else {
      at++;
      add(false, String.valueOf(c), String.valueOf(c));
    }
  }

  private void string(char quote) {
    int start = at;
    StringBuilder said = new StringBuilder();
    at++;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == quote && at + 1 < source.length() && source.charAt(at + 1) == quote) {
        at++;
      } else if (c == quote) {
        break;
      } else if (c == '`' && quote == '"' && at + 1 < source.length()) {
        at++;
        c = source.charAt(at);
      }
      said.append(c);
      at++;
    }
    at = Math.min(source.length(), at + 1);
    String plain = said.toString();
    String text = quote == '"' ? filled(plain) : plain;
    add(true, text, text.equals(plain) ? source.substring(start, at) : said(text).written());
  }

  /** {@code [char]}, {@code [Convert]::FromBase64String}: a type with what is called of it. */
  private void type() {
    int end = source.indexOf(']', at);
    boolean near =
        end > 0 && end - at < 60 && end - at > 1 && Character.isLetter(source.charAt(at + 1));
    if (!near) {
      add(false, "[", "[");
      at++;
      return;
    }
    int stop = source.startsWith("[]", end - 1) ? end + 2 : end + 1;
    stop = Math.min(stop, source.length());
    while (stop < source.length() && (isPart(source.charAt(stop)) || source.charAt(stop) == ':')) {
      stop++;
    }
    String written = source.substring(at, stop);
    add(false, LowerCase.of(written), written);
    at = stop;
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c)
        || c == '_'
        || c == '-'
        || c == '$'
        || c == '.'
        || c == ':'
        || c == '\\'
        || c == '/';
  }

  private void add(boolean literal, String text, String written) {
    pieces.add(new Piece(literal, literal ? text : LowerCase.of(text), written));
  }

  private String filled(String text) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    String done = PowerBlocks.filled(PowerNumbers.filled(text));
    for (Map.Entry<String, String> e : names.entrySet()) {
      if (done.length() < MAX_TEXT) {
        done =
            done.replace(e.getKey(), e.getValue())
                .replace("${" + e.getKey().substring(1) + "}", e.getValue());
      }
    }
    return done;
  }

  /** One pass from left to right; whether anything folded. */
  private boolean pass() {
    List<Piece> out = new ArrayList<>(pieces.size());
    boolean folded = false;
    int i = 0;
    while (i < pieces.size()) {
      int[] end = {i};
      Piece made = fold(i, end);
      if (made != null) {
        out.add(made);
        folded = true;
        i = end[0];
      } else {
        out.add(pieces.get(i));
        i++;
      }
    }
    pieces = out;
    return folded;
  }

  private @Nullable Piece fold(int i, int[] end) {
    Piece piece = pieces.get(i);
    String numbers = PowerNumbers.read(this::code, i, end);
    if (numbers != null) {
      return said(numbers);
    }
    if ((piece.is("get-command") || piece.is("gcm")) && isLiteral(next(i))) {
      end[0] = next(i) + 1;
      return pieces.get(next(i));
    }
    String block = PowerBlocks.read(this::code, i, end);
    if (block != null) {
      return plain(block);
    }
    if (PowerBlocks.runs(piece.text()) && isAt(next(i), "(") && isLiteral(next(next(i)))) {
      end[0] = next(next(i)) + 1;
      return plain(
          "; invoke-expression " + said(pieces.get(next(next(i))).text()).written() + " #");
    }
    if (piece.is("@") && next(i) == i + 1) {
      String splat = i + 1 < pieces.size() ? names.get("@$" + pieces.get(i + 1).text()) : null;
      if (splat != null) {
        end[0] = i + 2;
        return plain(splat);
      }
    }
    if (piece.literal()) {
      return literal(i, end);
    }
    if (piece.is("(") || piece.is("-join")) {
      return bracketed(i, end);
    }
    if (piece.text().startsWith("[char]")) {
      return letter(piece, i, end);
    }
    if (piece.text().startsWith("$")) {
      return name(piece, i, end);
    }
    if (piece.is("&") || piece.is(".")) {
      int next = next(i);
      boolean chosen = last && code(next).startsWith("$") && isAt(next + 1, "[");
      if (chosen) {
        end[0] = next;
        return plain("invoke-expression [made]::of ");
      }
      if (isAt(next, "(") && last && !isPlace(next(next))) {
        end[0] = next;
        return plain("invoke-expression [made]::of ");
      }
      boolean called = next < pieces.size() && pieces.get(next).literal();
      if (called) {
        end[0] = next + 1;
        return plain(pieces.get(next).text());
      }
    }
    boolean decodes =
        piece.text().endsWith("frombase64string") || piece.text().endsWith("getstring");
    int open = next(i);
    int value = decodes ? next(open) : pieces.size();
    if (value < pieces.size()
        && isAt(open, "(")
        && pieces.get(value).literal()
        && isAt(next(value), ")")) {
      end[0] = next(value) + 1;
      String text = pieces.get(value).text();
      String decoded = piece.text().endsWith("getstring") ? text : Decoder.mime(text);
      return said(decoded == null ? "" : decoded);
    }
    return null;
  }

  /** Whether brackets only say where a program lies. */
  private boolean isPlace(int i) {
    return isAt(i, "join-path") || isAt(i, "resolve-path") || isAt(i, "split-path");
  }

  private @Nullable Piece letter(Piece piece, int i, int[] end) {
    String number = piece.text().substring(6);
    int last = i;
    if (number.isEmpty() && next(i) < pieces.size()) {
      last = next(i);
      number = pieces.get(last).text();
    }
    try {
      int code =
          number.startsWith("0x")
              ? Integer.parseInt(number.substring(2), 16)
              : Integer.parseInt(number);
      if (code <= 0 || code > 0xD7FF) {
        return null;
      }
      end[0] = last + 1;
      return said(String.valueOf((char) code));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private boolean isLiteral(int i) {
    return i < pieces.size() && pieces.get(i).literal();
  }

  /** What stands at a place in small letters, blanks left out; "" for a text and at the end. */
  private String code(int i) {
    return i >= pieces.size() || pieces.get(i).literal() ? "" : pieces.get(i).text();
  }

  /** Fields of a table that a name holds: they may be handed on as options. */
  private void fields(String name, int open) {
    StringBuilder options = new StringBuilder();
    int i = next(open);
    while (i < pieces.size() && !isAt(i, "}") && options.length() < 2_000) {
      int equals = next(i);
      int value = next(equals);
      if (isAt(equals, "=") && value < pieces.size()) {
        option(options, pieces.get(i).text(), value);
        i = next(value);
      } else {
        i = next(i);
      }
    }
    names.merge("@" + name, options.toString(), String::concat);
  }

  private void option(StringBuilder options, String key, int value) {
    Piece said = pieces.get(value);
    boolean truth = said.is("$true") || said.is("-not");
    options.append(" -").append(key);
    options.append(truth ? " $true" : " " + said.written());
  }

  /** {@code $p['key'] = value}. */
  private void field(String name, int open) {
    int close = next(next(open));
    int value = next(next(close));
    if (isLiteral(next(open)) && isAt(close, "]") && isAt(next(close), "=")) {
      StringBuilder option = new StringBuilder();
      if (value < pieces.size()) {
        option(option, pieces.get(next(open)).text(), value);
        names.put("@" + name, names.getOrDefault("@" + name, "") + option);
      }
    }
  }

  /** The same name in any scope. */
  private static String bare(String name) {
    for (String scope : SCOPES) {
      if (name.startsWith(scope)) {
        return "$" + name.substring(scope.length());
      }
    }
    return name;
  }

  private boolean begins(int i) {
    int before = i - 1;
    while (before >= 0 && pieces.get(before).text().isBlank()) {
      if (pieces.get(before).text().indexOf('\n') >= 0) {
        return true;
      }
      before--;
    }
    return before < 0 || pieces.get(before).is(";") || pieces.get(before).is("{");
  }

  /** A name that is given a string, or that holds one. */
  private @Nullable Piece name(Piece piece, int i, int[] end) {
    int equals = next(i);
    String own = bare(piece.text());
    if (isAt(equals, "[")) {
      field(own, equals);
    }
    if (isAt(equals, "=") && isAt(next(equals), "@") && isAt(next(next(equals)), "(")) {
      StringBuilder words = new StringBuilder();
      for (String word : list(next(next(next(equals))), new int[1])) {
        words.append(' ').append(said(word).written());
      }
      names.put("@" + own, words.toString());
      return null;
    }
    if (isAt(equals, "=") && isAt(next(equals), "@") && isAt(next(next(equals)), "{")) {
      fields(own, next(next(equals)));
      return null;
    }
    if (isAt(equals, "=")) {
      int value = next(equals);
      boolean whole =
          value < pieces.size()
              && pieces.get(value).literal()
              && !(isAt(next(value), "+") || isAt(next(value), "-f") || isAt(next(value), "["));
      if (whole && names.size() < 100) {
        names.put(own, pieces.get(value).text());
      }
      if (!whole || !begins(i) || own.indexOf(':') >= 0 || own.length() < 2) {
        return null;
      }
      end[0] = value + 1; // as a shell gives a variable its value, for whoever asks for it later
      return plain(own.substring(1) + "=" + said(pieces.get(value).text()).written());
    }
    String held = names.get(own);
    if (held == null && own.length() > 1) {
      held = past.apply(own.substring(1));
    }
    if (held == null || own.equals("$_")) {
      return null;
    }
    end[0] = i + 1;
    return said(held);
  }

  private @Nullable Piece literal(int i, int[] end) {
    String text = pieces.get(i).text();
    int sign = next(i);
    int value = next(sign);
    boolean two = value < pieces.size() && pieces.get(value).literal();
    if (isAt(sign, "+") && two) {
      end[0] = value + 1;
      return said(text + pieces.get(value).text());
    }
    if (isAt(sign, "-f") && two) {
      return said(formatted(text, list(value, end)));
    }
    boolean replaces = isAt(sign, "-replace") || isAt(sign, "-creplace");
    if (replaces && two && PowerBlocks.isPlain(pieces.get(value).text())) {
      int comma = next(value);
      boolean other = isAt(comma, ",") && isLiteral(next(comma));
      String with = other ? pieces.get(next(comma)).text() : "";
      end[0] = other ? next(comma) + 1 : value + 1;
      return text.length() < 4_000 && with.length() < 100
          ? said(text.replace(pieces.get(value).text(), with))
          : null;
    }
    return isAt(sign, "[") ? turned(text, sign, end) : null;
  }

  /** {@code 'text'[-1..-4] -join ''}: from behind. */
  private @Nullable Piece turned(String text, int open, int[] end) {
    int close = open;
    while (close < pieces.size() && close - open < 12 && !isAt(close, "]")) {
      close++;
    }
    boolean back = next(open) < pieces.size() && pieces.get(next(open)).text().startsWith("-1..");
    if (!back || !isAt(close, "]")) {
      return null;
    }
    int join = next(close);
    int glue = next(join);
    boolean joined = isAt(join, "-join") && glue < pieces.size() && pieces.get(glue).literal();
    end[0] = joined ? glue + 1 : close + 1;
    return said(new StringBuilder(text).reverse().toString());
  }

  /** Brackets round one string, or a list that is joined. */
  private @Nullable Piece bracketed(int i, int[] end) {
    boolean join = pieces.get(i).is("-join");
    int open = join ? next(i) : i;
    int value = next(open);
    if (!isAt(open, "(") || value >= pieces.size() || !pieces.get(value).literal()) {
      return null;
    }
    int[] after = {value + 1};
    List<String> all = list(value, after);
    int close = next(after[0] - 1);
    boolean glued =
        isAt(close, "-join") && next(close) < pieces.size() && pieces.get(next(close)).literal();
    if (glued) {
      String glue = pieces.get(next(close)).text();
      close = next(next(close));
      if (!isAt(close, ")")) {
        return null;
      }
      end[0] = close + 1;
      return said(String.join(glue, all));
    }
    if (!isAt(close, ")") || (!join && all.size() > 1 && !isAt(next(close), "-join"))) {
      return null;
    }
    if (!join && all.size() > 1) {
      int glue = next(next(close));
      boolean said = glue < pieces.size() && pieces.get(glue).literal();
      end[0] = said ? glue + 1 : next(close) + 1;
      return said(String.join(said ? pieces.get(glue).text() : "", all));
    }
    end[0] = close + 1;
    return said(String.join("", all));
  }

  /** The strings from here on, parted by commas. */
  private List<String> list(int first, int[] end) {
    List<String> all = new ArrayList<>();
    int i = first;
    while (i < pieces.size() && pieces.get(i).literal() && all.size() < 500) {
      all.add(pieces.get(i).text());
      end[0] = i + 1;
      int comma = next(i);
      i = isAt(comma, ",") ? next(comma) : pieces.size();
    }
    return all;
  }

  private static String formatted(String pattern, List<String> values) {
    String text = pattern;
    for (int n = 0; n < Math.min(values.size(), 40) && text.length() < 4_000; n++) {
      text = text.replace("{" + n + "}", values.get(n));
    }
    return text;
  }

  private int next(int i) {
    int at = i + 1;
    while (at < pieces.size() && !pieces.get(at).literal() && pieces.get(at).text().isBlank()) {
      at++;
    }
    return at;
  }

  private boolean isAt(int i, String text) {
    return i < pieces.size() && pieces.get(i).is(text);
  }

  private static Piece said(String text) {
    String quoted = "'" + text.replace("'", "'\\''") + "'";
    return new Piece(true, text, quoted);
  }

  private static Piece plain(String text) {
    return new Piece(false, LowerCase.of(text), text);
  }

  private String written() {
    StringBuilder out = new StringBuilder(source.length());
    for (Piece piece : pieces) {
      out.append(piece.written());
    }
    return out.toString();
  }
}
