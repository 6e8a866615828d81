/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Strings of PowerShell that a line puts together: added, formatted, replaced in, turned round,
 * joined from a list, letters by their numbers. What folds says where it ends in {@code end}.
 */
final class PowerStrings {
  private final PowerPieces pieces;

  PowerStrings(PowerPieces pieces) {
    this.pieces = pieces;
  }

  /** {@code [char]65}: a letter by its number. */
  @Nullable PowerPiece letter(PowerPiece piece, int i, int[] end) {
    String number = piece.text().substring(6);
    int last = i;
    if (number.isEmpty() && pieces.next(i) < pieces.size()) {
      last = pieces.next(i);
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
      return PowerPiece.said(String.valueOf((char) code));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** A string with what is done to it: added, filled, replaced in, turned. */
  @Nullable PowerPiece literal(int i, int[] end) {
    String text = pieces.get(i).text();
    int sign = pieces.next(i);
    int value = pieces.next(sign);
    boolean two = value < pieces.size() && pieces.get(value).literal();
    if (pieces.isAt(sign, "+") && two) {
      end[0] = value + 1;
      return PowerPiece.said(text + pieces.get(value).text());
    }
    if (pieces.isAt(sign, "-f") && two) {
      return PowerPiece.said(formatted(text, list(value, end)));
    }
    boolean replaces = pieces.isAt(sign, "-replace") || pieces.isAt(sign, "-creplace");
    if (replaces && two && PowerBlocks.isPlain(pieces.get(value).text())) {
      int comma = pieces.next(value);
      boolean other = pieces.isAt(comma, ",") && pieces.isLiteral(pieces.next(comma));
      String with = other ? pieces.get(pieces.next(comma)).text() : "";
      end[0] = other ? pieces.next(comma) + 1 : value + 1;
      return text.length() < 4_000 && with.length() < 100
          ? PowerPiece.said(text.replace(pieces.get(value).text(), with))
          : null;
    }
    return pieces.isAt(sign, "[") ? turned(text, sign, end) : null;
  }

  /** {@code 'text'[-1..-4] -join ''}: from behind. */
  private @Nullable PowerPiece turned(String text, int open, int[] end) {
    int close = open;
    while (close < pieces.size() && close - open < 12 && !pieces.isAt(close, "]")) {
      close++;
    }
    boolean back =
        pieces.next(open) < pieces.size()
            && pieces.get(pieces.next(open)).text().startsWith("-1..");
    if (!back || !pieces.isAt(close, "]")) {
      return null;
    }
    int join = pieces.next(close);
    int glue = pieces.next(join);
    boolean joined =
        pieces.isAt(join, "-join") && glue < pieces.size() && pieces.get(glue).literal();
    end[0] = joined ? glue + 1 : close + 1;
    return PowerPiece.said(new StringBuilder(text).reverse().toString());
  }

  /** Brackets round one string, or a list that is joined. */
  @Nullable PowerPiece bracketed(int i, int[] end) {
    boolean join = pieces.get(i).is("-join");
    int open = join ? pieces.next(i) : i;
    int value = pieces.next(open);
    if (!pieces.isAt(open, "(") || value >= pieces.size() || !pieces.get(value).literal()) {
      return null;
    }
    int[] after = {value + 1};
    List<String> all = list(value, after);
    int close = pieces.next(after[0] - 1);
    boolean glued =
        pieces.isAt(close, "-join")
            && pieces.next(close) < pieces.size()
            && pieces.get(pieces.next(close)).literal();
    if (glued) {
      String glue = pieces.get(pieces.next(close)).text();
      close = pieces.next(pieces.next(close));
      if (!pieces.isAt(close, ")")) {
        return null;
      }
      end[0] = close + 1;
      return PowerPiece.said(String.join(glue, all));
    }
    if (!pieces.isAt(close, ")")
        || (!join && all.size() > 1 && !pieces.isAt(pieces.next(close), "-join"))) {
      return null;
    }
    if (!join && all.size() > 1) {
      int glue = pieces.next(pieces.next(close));
      boolean said = glue < pieces.size() && pieces.get(glue).literal();
      end[0] = said ? glue + 1 : pieces.next(close) + 1;
      return PowerPiece.said(String.join(said ? pieces.get(glue).text() : "", all));
    }
    end[0] = close + 1;
    return PowerPiece.said(String.join("", all));
  }

  /** The strings from here on, parted by commas. */
  List<String> list(int first, int[] end) {
    List<String> all = new ArrayList<>();
    int i = first;
    while (i < pieces.size() && pieces.get(i).literal() && all.size() < 500) {
      all.add(pieces.get(i).text());
      end[0] = i + 1;
      int comma = pieces.next(i);
      i = pieces.isAt(comma, ",") ? pieces.next(comma) : pieces.size();
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
}
