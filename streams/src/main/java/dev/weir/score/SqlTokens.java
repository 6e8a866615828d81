/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.ArrayList;
import java.util.List;

/**
 * The words, strings and signs of a database statement, in its order, without comments. A string is
 * what it says: without quotes, with dollars or an N before it. Linear, at most 2,000 tokens.
 */
final class SqlTokens {
  private static final int MAX_TOKENS = 2_000;

  enum Kind {
    WORD,
    STRING,
    SIGN
  }

  /**
   * One token.
   *
   * @param text a word in lower case, a string's content, a sign
   * @param start where it begins in the text
   */
  record Token(Kind kind, String text, int start) {
    boolean is(String word) {
      return kind != Kind.STRING && text.equals(word);
    }
  }

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private SqlTokens(String text) {
    this.text = text;
  }

  static List<Token> of(String text) {
    return of(text, MAX_TOKENS);
  }

  /** At most so many, from the beginning. */
  static List<Token> of(String text, int most) {
    SqlTokens all = new SqlTokens(text);
    while (all.at < text.length() && all.tokens.size() < most) {
      all.step();
    }
    return all.tokens;
  }

  private void step() {
    char c = text.charAt(at);
    if (c <= ' ' || c == '`') {
      at++;
    } else if (text.startsWith("--", at)) {
      at = after("\n", at);
    } else if (text.startsWith("/*", at)) {
      at = after("*/", at + 2);
    } else if (c == '\'') {
      string(at);
    } else if (c == '$') {
      dollars();
    } else if (isWord(c)) {
      word();
    } else {
      int start = at;
      at += text.startsWith("||", at) || text.startsWith(":=", at) ? 2 : 1;
      add(Kind.SIGN, text.substring(start, at), start);
    }
  }

  private void string(int start) {
    StringBuilder said = new StringBuilder();
    at = text.indexOf('\'', start) + 1;
    while (at < text.length()) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
        said.append(text.charAt(at++));
        continue;
      }
      if (text.charAt(at) == '\'') {
        if (!text.startsWith("''", at)) {
          break;
        }
        at++;
      }
      said.append(text.charAt(at++));
    }
    at++;
    add(Kind.STRING, said.toString(), start);
  }

  /** {@code $tag$ … $tag$}. */
  private void dollars() {
    int start = at;
    int end = at + 1;
    while (end < text.length() && isWord(text.charAt(end)) && end - start < 40) {
      end++;
    }
    if (end >= text.length() || text.charAt(end) != '$') {
      at = Math.max(end, start + 1);
      add(Kind.WORD, text.substring(start, at), start);
      return;
    }
    String tag = text.substring(start, end + 1);
    int close = text.indexOf(tag, end + 1);
    int stop = close < 0 ? text.length() : close;
    at = Math.min(text.length(), stop + tag.length());
    add(Kind.STRING, text.substring(end + 1, stop), start);
  }

  private void word() {
    int start = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    boolean marked = at - start == 1 && "nNeE".indexOf(text.charAt(start)) >= 0;
    if (marked && at < text.length() && text.charAt(at) == '\'') {
      string(start);
    } else {
      add(Kind.WORD, LowerCase.of(text.substring(start, at)), start);
    }
  }

  private void add(Kind kind, String said, int start) {
    tokens.add(new Token(kind, said, start));
  }

  private int after(String mark, int from) {
    int end = text.indexOf(mark, from);
    return end < 0 ? text.length() : end + mark.length();
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '@';
  }
}
