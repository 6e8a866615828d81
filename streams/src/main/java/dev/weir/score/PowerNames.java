/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What names of PowerShell hold, and the tables and lists that are handed on as options. */
final class PowerNames {
  private static final List<String> SCOPES =
      List.of("$global:", "$script:", "$local:", "$private:", "$env:", "$variable:");

  private final PowerPieces pieces;
  private final PowerStrings strings;
  private final UnaryOperator<@Nullable String> past;
  private final Map<String, String> names = new HashMap<>();

  /** Names that hold by {@code past} what earlier lines gave them. */
  PowerNames(PowerPieces pieces, PowerStrings strings, UnaryOperator<@Nullable String> past) {
    this.pieces = pieces;
    this.strings = strings;
    this.past = past;
  }

  /** The options that a table or list of this name is handed on as; null for none. */
  @Nullable String splat(String name) {
    return names.get("@$" + name);
  }

  /** Fields of a table that a name holds: they may be handed on as options. */
  private void fields(String name, int open) {
    StringBuilder options = new StringBuilder();
    int i = pieces.next(open);
    while (i < pieces.size() && !pieces.isAt(i, "}") && options.length() < 2_000) {
      int equals = pieces.next(i);
      int value = pieces.next(equals);
      if (pieces.isAt(equals, "=") && value < pieces.size()) {
        option(options, pieces.get(i).text(), value);
        i = pieces.next(value);
      } else {
        i = pieces.next(i);
      }
    }
    names.merge("@" + name, options.toString(), String::concat);
  }

  private void option(StringBuilder options, String key, int value) {
    PowerPiece said = pieces.get(value);
    boolean truth = said.is("$true") || said.is("-not");
    options.append(" -").append(key);
    options.append(truth ? " $true" : " " + said.written());
  }

  /** {@code $p['key'] = value}. */
  private void field(String name, int open) {
    int close = pieces.next(pieces.next(open));
    int value = pieces.next(pieces.next(close));
    if (pieces.isLiteral(pieces.next(open))
        && pieces.isAt(close, "]")
        && pieces.isAt(pieces.next(close), "=")) {
      StringBuilder option = new StringBuilder();
      if (value < pieces.size()) {
        option(option, pieces.get(pieces.next(open)).text(), value);
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
  @Nullable PowerPiece name(PowerPiece piece, int i, int[] end) {
    int equals = pieces.next(i);
    String own = bare(piece.text());
    if (pieces.isAt(equals, "[")) {
      field(own, equals);
    }
    if (pieces.isAt(equals, "=")
        && pieces.isAt(pieces.next(equals), "@")
        && pieces.isAt(pieces.next(pieces.next(equals)), "(")) {
      StringBuilder words = new StringBuilder();
      for (String word : strings.list(pieces.next(pieces.next(pieces.next(equals))), new int[1])) {
        words.append(' ').append(PowerPiece.said(word).written());
      }
      names.put("@" + own, words.toString());
      return null;
    }
    if (pieces.isAt(equals, "=")
        && pieces.isAt(pieces.next(equals), "@")
        && pieces.isAt(pieces.next(pieces.next(equals)), "{")) {
      fields(own, pieces.next(pieces.next(equals)));
      return null;
    }
    if (pieces.isAt(equals, "=")) {
      int value = pieces.next(equals);
      boolean whole =
          value < pieces.size()
              && pieces.get(value).literal()
              && !(pieces.isAt(pieces.next(value), "+")
                  || pieces.isAt(pieces.next(value), "-f")
                  || pieces.isAt(pieces.next(value), "["));
      if (whole && names.size() < 100) {
        names.put(own, pieces.get(value).text());
      }
      if (!whole || !begins(i) || own.indexOf(':') >= 0 || own.length() < 2) {
        return null;
      }
      end[0] = value + 1; // as a shell gives a variable its value, for whoever asks for it later
      return PowerPiece.plain(
          own.substring(1) + "=" + PowerPiece.said(pieces.get(value).text()).written());
    }
    String held = names.get(own);
    if (held == null && own.length() > 1) {
      held = past.apply(own.substring(1));
    }
    if (held == null || own.equals("$_")) {
      return null;
    }
    end[0] = i + 1;
    return PowerPiece.said(held);
  }
}
