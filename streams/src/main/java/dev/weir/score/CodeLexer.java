/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.Set;

/**
 * The words, strings and signs of program text in Python, JavaScript and their like, comments left
 * out. One pass. At most 30,000 tokens.
 */
final class CodeLexer {
  static final byte END = 0;
  static final byte NAME = 1;
  static final byte STRING = 2;
  static final byte NUMBER = 3;
  static final byte SIGN = 4;

  /** A string in back quotes, which some languages run. */
  static final byte BACKQUOTED = 5;

  /** Between these stands the name of what fills a hole in a string. */
  static final char OPEN = '\uE0F0';

  static final char CLOSE = '\uE0F1';

  private static final int MAX_TOKENS = 30_000;
  private static final int MAX_CHAINED = 400;
  private static final Set<String> PREFIXES = Set.of("f", "r", "b", "u", "br", "rb", "fr", "rf");

  private final String text;
  private int at;

  /** Where the next closing brace is, as far as it was looked for. */
  private int brace = -1;

  private int count;
  private byte[] kinds = new byte[64];
  private String[] texts = new String[64];
  private final StringBuilder buffer = new StringBuilder();

  CodeLexer(String text) {
    this.text = text;
    while (at < text.length() && count < MAX_TOKENS) {
      step();
    }
  }

  byte kind(int i) {
    return i < count ? kinds[i] : END;
  }

  /** The text of a token: a string's without quotes and escapes. */
  String text(int i) {
    return i < count ? texts[i] : "";
  }

  boolean is(int i, char sign) {
    return i < count && kinds[i] == SIGN && texts[i].charAt(0) == sign;
  }

  int size() {
    return count;
  }

  private void step() {
    char c = text.charAt(at);
    if (c <= ' ') {
      at++;
    } else if (Character.isLetter(c) || c == '_' || c == '$' || escape(at) > 0) {
      name();
    } else if (c >= '0' && c <= '9') {
      number();
    } else if (c == '"' || c == '\'' || c == '`') {
      string(c, false, false);
    } else if (c == '#' && (at == 0 || text.charAt(at - 1) != '.')) {
      skipLine();
    } else if (c == '/' && comment()) {
      return;
    } else {
      add(SIGN, c < 128 ? SIGNS[c] : String.valueOf(c));
      at++;
    }
  }

  private static final String[] SIGNS = new String[128];

  static {
    for (char c = 0; c < 128; c++) {
      SIGNS[c] = String.valueOf(c);
    }
  }

  private boolean comment() {
    char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    boolean operand = count > 0 && (kinds[count - 1] != SIGN || ")]}".contains(texts[count - 1]));
    boolean ownLine = at == 0 || lineStart();
    if (next == '*') {
      int end = text.indexOf("*/", at + 2);
      at = end < 0 ? text.length() : end + 2;
      return true;
    }
    if (next == '/' && (!operand || ownLine || chained())) {
      skipLine();
      return true;
    }
    return false;
  }

  /**
   * Whether the next line goes on with a member, so that this line ends in a comment. Looks no
   * further than {@value #MAX_CHAINED} characters: a text may hold many such signs and no line end.
   */
  private boolean chained() {
    int most = Math.min(text.length() - 1, at + MAX_CHAINED);
    int i = at;
    while (i < most && text.charAt(i) != '\n') {
      i++;
    }
    int blank = Math.min(most, i + 200);
    while (i < blank && text.charAt(i) <= ' ') {
      i++;
    }
    return i < most && text.charAt(i) == '.';
  }

  private boolean lineStart() {
    int i = at - 1;
    while (i >= 0 && (text.charAt(i) == ' ' || text.charAt(i) == '\t') && at - i < 200) {
      i--;
    }
    return i < 0 || text.charAt(i) == '\n';
  }

  private void skipLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  private void name() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at))
            || text.charAt(at) == '_'
            || text.charAt(at) == '$')) {
      at++;
    }
    if (escape(at) > 0) {
      escapedName(start);
      return;
    }
    char next = at < text.length() ? text.charAt(at) : ' ';
    if ((next == '"' || next == '\'') && at - start <= 2) {
      String prefix = LowerCase.of(text.substring(start, at));
      if (PREFIXES.contains(prefix)) {
        string(next, prefix.indexOf('r') >= 0, prefix.indexOf('f') >= 0);
        return;
      }
    }
    add(NAME, text.substring(start, Math.min(at, start + 80)));
  }

  /** A letter of a name may be written by its number. */
  private void escapedName(int start) {
    StringBuilder name = new StringBuilder(text.substring(start, Math.min(at, start + 80)));
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = escape(at);
      if (end > 0) {
        boolean braced = text.charAt(at + 2) == '{';
        String code = text.substring(at + (braced ? 3 : 2), braced ? end - 1 : end);
        name.append((char) Integer.parseInt(code, 16));
        at = end;
      } else if (Character.isLetterOrDigit(c) || c == '_' || c == '$') {
        name.append(c);
        at++;
      } else {
        break;
      }
    }
    add(NAME, name.substring(0, Math.min(80, name.length())));
  }

  /** Where a letter ends that is written by its number here; 0 if none is. */
  private int escape(int from) {
    if (!text.startsWith("\\u", from)) {
      return 0;
    }
    boolean braced = text.startsWith("{", from + 2);
    int i = from + (braced ? 3 : 2);
    int first = i;
    while (i < text.length() && i < first + 4 && Character.digit(text.charAt(i), 16) >= 0) {
      i++;
    }
    if (braced) {
      return i > first && text.startsWith("}", i) ? i + 1 : 0;
    }
    return i == first + 4 ? i : 0;
  }

  private void number() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at))
            || text.charAt(at) == '.'
            || text.charAt(at) == '_')) {
      at++;
    }
    add(NUMBER, text.substring(start, Math.min(at, start + 20)));
  }

  private void string(char quote, boolean raw, boolean formatted) {
    boolean triple =
        quote != '`'
            && at + 2 < text.length()
            && text.charAt(at + 1) == quote
            && text.charAt(at + 2) == quote;
    at += triple ? 3 : 1;
    buffer.setLength(0);
    boolean template = formatted || quote == '`';
    while (at < text.length() && !closes(quote, triple)) {
      char c = text.charAt(at);
      if (c == '\\' && !raw && at + 1 < text.length()) {
        at = escaped(at + 1);
      } else if (template && c == '{') {
        hole();
      } else {
        buffer.append(c);
        at++;
      }
    }
    at = Math.min(text.length(), at + (triple ? 3 : 1));
    add(quote == '`' ? BACKQUOTED : STRING, buffer.toString());
  }

  /** One escape of a string, read from behind its backslash; where it ends. */
  private int escaped(int from) {
    char c = text.charAt(from);
    if (c == 'u' && text.startsWith("{", from + 1)) {
      int end = escape(from - 1);
      if (end > 0) {
        int code = Integer.parseInt(text.substring(from + 2, end - 1), 16);
        buffer.append((char) code);
        return end;
      }
    }
    if (c == '\n' || c == 'e') { // a line goes on; not a letter's escape in most languages
      buffer.append(c == 'e' ? "e" : "");
      return from + 1;
    }
    return ShellText.escape(text, from, buffer);
  }

  private boolean closes(char quote, boolean triple) {
    char c = text.charAt(at);
    if (triple) {
      return c == quote && text.startsWith(quote == '"' ? "\"\"\"" : "'''", at);
    }
    return c == quote || (c == '\n' && quote != '`');
  }

  /** What is filled in later is not known, unless it is a name that the reader knows. */
  private void hole() {
    if (brace < at) { // kept: a text may open many and close none
      int found = text.indexOf('}', at);
      brace = found < 0 ? Integer.MAX_VALUE : found;
    }
    boolean near = brace - at < 200;
    int last = buffer.length() - 1;
    if (near && last >= 0 && buffer.charAt(last) == '$') {
      buffer.setLength(last);
    }
    if (near && (isName(at + 1, brace) || says(at + 1, brace))) {
      buffer.append(OPEN).append(text, at + 1, brace).append(CLOSE);
    } else {
      buffer.append(near ? Flow.UNKNOWN.word() : "{");
    }
    at = near ? brace + 1 : at + 1;
  }

  /** Whether nothing but strings and signs that join them fill a hole. */
  private boolean says(int from, int end) {
    char first = from < end ? text.charAt(from) : ' ';
    return (first == '\'' || first == '"' || first == '`') && end - from < 100;
  }

  private boolean isName(int from, int end) {
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '_' && c != '.' && c != '$') {
        return false;
      }
    }
    return end > from && end - from <= 80;
  }

  private void add(byte kind, String value) {
    if (count == kinds.length) {
      kinds = java.util.Arrays.copyOf(kinds, count * 2);
      texts = java.util.Arrays.copyOf(texts, count * 2);
    }
    kinds[count] = kind;
    texts[count++] = value;
  }
}
