/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.List;

/** The pieces of a line of PowerShell as far as they are folded; places are from 0. */
final class PowerPieces {
  private List<PowerPiece> all;

  PowerPieces(List<PowerPiece> all) {
    this.all = all;
  }

  int size() {
    return all.size();
  }

  PowerPiece get(int i) {
    return all.get(i);
  }

  /** Other pieces stand in their place. */
  void become(List<PowerPiece> others) {
    all = others;
  }

  /** What is written, all together. */
  String written() {
    StringBuilder out = new StringBuilder();
    for (PowerPiece piece : all) {
      out.append(piece.written());
    }
    return out.toString();
  }

  /** The next place that is not blank. */
  int next(int i) {
    int at = i + 1;
    while (at < all.size() && !all.get(at).literal() && all.get(at).text().isBlank()) {
      at++;
    }
    return at;
  }

  boolean isAt(int i, String text) {
    return i < all.size() && all.get(i).is(text);
  }

  boolean isLiteral(int i) {
    return i < all.size() && all.get(i).literal();
  }

  /** What stands at a place in small letters, blanks left out; "" for a text and at the end. */
  String code(int i) {
    return i >= all.size() || all.get(i).literal() ? "" : all.get(i).text();
  }
}
