/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;

/**
 * A piece of a line of PowerShell; a literal's text is what it says, of others it is in small
 * letters.
 */
record PowerPiece(boolean literal, String text, String written) {
  boolean is(String other) {
    return !literal && text.equals(other);
  }

  /** A literal that says this. */
  static PowerPiece said(String text) {
    String quoted = "'" + text.replace("'", "'\\''") + "'";
    return new PowerPiece(true, text, quoted);
  }

  /** What stands for itself. */
  static PowerPiece plain(String text) {
    return new PowerPiece(false, LowerCase.of(text), text);
  }
}
