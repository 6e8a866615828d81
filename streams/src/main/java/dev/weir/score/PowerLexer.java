/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.ArrayList;
import java.util.List;

/** Parts a line of PowerShell into at most 4,000 pieces: strings, types, words and signs. */
final class PowerLexer {
  private static final int MAX_TOKENS = 4_000;

  private final String source;
  private final List<PowerPiece> pieces = new ArrayList<>();
  private int at;

  private PowerLexer(String source) {
    this.source = source;
  }

  static List<PowerPiece> read(String source) {
    PowerLexer lexer = new PowerLexer(source);
    while (lexer.at < source.length() && lexer.pieces.size() < MAX_TOKENS) {
      lexer.step();
    }
    if (lexer.at < source.length()) {
      String rest = source.substring(lexer.at);
      lexer.pieces.add(new PowerPiece(false, rest, rest));
    }
    return lexer.pieces;
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
    add(
        true,
        text,
        text.equals(plain) ? source.substring(start, at) : PowerPiece.said(text).written());
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
    pieces.add(new PowerPiece(literal, literal ? text : LowerCase.of(text), written));
  }

  private static String filled(String text) {
    return text.indexOf('$') < 0 ? text : PowerBlocks.filled(PowerNumbers.filled(text));
  }
}
