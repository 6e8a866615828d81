/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Heads of blocks and calls of PowerShell as other shells write them: {@code function f($n)} names
 * its parameters, {@code foreach ($n in …)} its values, a method of what brackets give goes through
 * a pipe.
 */
final class PowerBlocks {
  private static final int MAX_HEAD = 40;
  private static final int MAX_FILLED = 8;
  private static final Set<String> STOPS = Set.of(".stop", ".delete", ".kill", ".disable");
  private static final Set<String> RUNS =
      Set.of(
          "[scriptblock]::create",
          "[powershell]::create",
          "$executioncontext.invokecommand.invokescript",
          "$executioncontext.invokecommand.newscriptblock",
          "[system.management.automation.scriptblock]::create");

  private PowerBlocks() {}

  /** Whether a call of this name runs the text that it is given. */
  static boolean runs(String name) {
    return RUNS.contains(name);
  }

  /** Whether a pattern stands for nothing but itself. */
  static boolean isPlain(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      if (".*+?[](){}^$|\\".indexOf(pattern.charAt(i)) >= 0) {
        return false;
      }
    }
    return !pattern.isEmpty();
  }

  /**
   * Reads a head that begins at a place; null if none does.
   *
   * @param pieces what stands at a place in small letters, "" at the end and for strings
   * @param end where the place behind it is written
   */
  static @Nullable String read(IntFunction<String> pieces, int i, int[] end) {
    String first = pieces.apply(i);
    if (first.equals("function")) {
      return function(pieces, i, end);
    }
    boolean method = STOPS.contains(first) && i > 0 && pieces.apply(i - 1).equals(")");
    if (method && pieces.apply(i + 1).equals("(") && pieces.apply(i + 2).equals(")")) {
      end[0] = i + 3;
      return switch (first) {
        case ".stop" -> " | stop-service";
        case ".kill" -> " | stop-process";
        case ".disable" -> " | disable-object";
        default -> " | remove-item -recurse";
      };
    }
    return null;
  }

  private static @Nullable String function(IntFunction<String> pieces, int i, int[] end) {
    int at = next(pieces, i);
    String name = pieces.apply(at);
    at = next(pieces, at);
    if (!pieces.apply(at).equals("(")) {
      return null;
    }
    StringBuilder given = new StringBuilder();
    int count = 0;
    int most = at + MAX_HEAD;
    while (at < most && !pieces.apply(at).isEmpty() && !pieces.apply(at).equals(")")) {
      String piece = pieces.apply(at);
      if (piece.length() > 1 && piece.charAt(0) == '$') {
        count++;
        given.append(' ').append(piece.substring(1)).append("=$").append(count).append(';');
      }
      at = next(pieces, at);
    }
    int brace = next(pieces, at);
    if (!pieces.apply(brace).equals("{") || count == 0 || count > 9) {
      return null;
    }
    end[0] = brace + 1;
    return "function " + name + " {" + given;
  }

  private static int next(IntFunction<String> pieces, int i) {
    int at = i + 1;
    while (!pieces.apply(at).isEmpty() && pieces.apply(at).isBlank()) {
      at++;
    }
    return at;
  }

  /** Expressions within a text that are but strings put together: {@code $('a'+'b')}. */
  static String filled(String text) {
    int from = text.indexOf("$(");
    if (from < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int done = 0;
    for (int n = 0; n < MAX_FILLED && from >= 0; n++) {
      int close = text.indexOf(')', from);
      String inner = close < 0 || close - from > 200 ? "" : text.substring(from + 2, close);
      boolean strings = !inner.isEmpty() && "'\"".indexOf(inner.charAt(0)) >= 0;
      String folded = strings ? PowerFolds.of(inner) : "";
      boolean one =
          folded.length() > 1
              && folded.charAt(0) == '\''
              && folded.indexOf('\'', 1) == folded.length() - 1;
      if (one) {
        out.append(text, done, from).append(folded, 1, folded.length() - 1);
        done = close + 1;
      }
      from = text.indexOf("$(", Math.max(from + 2, done));
    }
    return out.append(text.substring(done)).toString();
  }
}
