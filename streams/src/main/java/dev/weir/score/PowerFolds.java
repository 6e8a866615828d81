/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lines of PowerShell with what they only put together put together: strings that are added,
 * formatted, joined, turned round or decoded, letters by their numbers, names that hold strings. A
 * few passes over at most 4,000 tokens; what does not fold stands as it was.
 */
final class PowerFolds {
  private static final int MAX_TEXT = 16 << 10;
  private static final int MAX_PASSES = 8;

  private boolean last;
  private final PowerPieces pieces;
  private final PowerStrings strings;
  private final PowerNames names;

  private PowerFolds(String source, UnaryOperator<@Nullable String> past) {
    this.pieces = new PowerPieces(PowerLexer.read(source));
    this.strings = new PowerStrings(pieces);
    this.names = new PowerNames(pieces, strings, past);
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
    for (int pass = 0; pass < MAX_PASSES && folds.pass(); pass++) {}
    folds.last = true;
    folds.pass();
    return folds.pieces.written();
  }

  /** One pass from left to right; whether anything folded. */
  private boolean pass() {
    List<PowerPiece> out = new ArrayList<>(pieces.size());
    boolean folded = false;
    int i = 0;
    while (i < pieces.size()) {
      int[] end = {i};
      PowerPiece made = fold(i, end);
      if (made != null) {
        out.add(made);
        folded = true;
        i = end[0];
      } else {
        out.add(pieces.get(i));
        i++;
      }
    }
    pieces.become(out);
    return folded;
  }

  private @Nullable PowerPiece fold(int i, int[] end) {
    PowerPiece piece = pieces.get(i);
    String numbers = PowerNumbers.read(pieces::code, i, end);
    if (numbers != null) {
      return PowerPiece.said(numbers);
    }
    if ((piece.is("get-command") || piece.is("gcm")) && pieces.isLiteral(pieces.next(i))) {
      end[0] = pieces.next(i) + 1;
      return pieces.get(pieces.next(i));
    }
    String block = PowerBlocks.read(pieces::code, i, end);
    if (block != null) {
      return PowerPiece.plain(block);
    }
    if (PowerBlocks.runs(piece.text())
        && pieces.isAt(pieces.next(i), "(")
        && pieces.isLiteral(pieces.next(pieces.next(i)))) {
      end[0] = pieces.next(pieces.next(i)) + 1;
      return PowerPiece.plain(
          "; invoke-expression "
              + PowerPiece.said(pieces.get(pieces.next(pieces.next(i))).text()).written()
              + " #");
    }
    if (piece.is("@") && pieces.next(i) == i + 1) {
      String splat = i + 1 < pieces.size() ? names.splat(pieces.get(i + 1).text()) : null;
      if (splat != null) {
        end[0] = i + 2;
        return PowerPiece.plain(splat);
      }
    }
    if (piece.literal()) {
      return strings.literal(i, end);
    }
    if (piece.is("(") || piece.is("-join")) {
      return strings.bracketed(i, end);
    }
    if (piece.text().startsWith("[char]")) {
      return strings.letter(piece, i, end);
    }
    if (piece.text().startsWith("$")) {
      return names.name(piece, i, end);
    }
    if (piece.is("&") || piece.is(".")) {
      int next = pieces.next(i);
      boolean chosen = last && pieces.code(next).startsWith("$") && pieces.isAt(next + 1, "[");
      if (chosen) {
        end[0] = next;
        return PowerPiece.plain("invoke-expression [made]::of ");
      }
      if (pieces.isAt(next, "(") && last && !isPlace(pieces.next(next))) {
        end[0] = next;
        return PowerPiece.plain("invoke-expression [made]::of ");
      }
      boolean called = next < pieces.size() && pieces.get(next).literal();
      if (called) {
        end[0] = next + 1;
        return PowerPiece.plain(pieces.get(next).text());
      }
    }
    boolean decodes =
        piece.text().endsWith("frombase64string") || piece.text().endsWith("getstring");
    int open = pieces.next(i);
    int value = decodes ? pieces.next(open) : pieces.size();
    if (value < pieces.size()
        && pieces.isAt(open, "(")
        && pieces.get(value).literal()
        && pieces.isAt(pieces.next(value), ")")) {
      end[0] = pieces.next(value) + 1;
      String text = pieces.get(value).text();
      String decoded = piece.text().endsWith("getstring") ? text : Decoder.mime(text);
      return PowerPiece.said(decoded == null ? "" : decoded);
    }
    return null;
  }

  /** Whether brackets only say where a program lies. */
  private boolean isPlace(int i) {
    return pieces.isAt(i, "join-path")
        || pieces.isAt(i, "resolve-path")
        || pieces.isAt(i, "split-path");
  }
}
