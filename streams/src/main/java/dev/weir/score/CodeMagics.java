/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.List;

/** Lines and cells of a notebook that are command lines. */
final class CodeMagics {
  private static final int MAX_LINES = 50;

  private CodeMagics() {}

  /** Reads those that a cell holds; true if the whole cell is one. */
  static boolean read(String source, CodeReader reader) {
    for (String magic : List.of("%system ", "%sx ", "!!")) {
      if (source.startsWith(magic)) {
        reader.effects();
        reader.programs().line(source.substring(magic.length()), reader.scope());
        return true;
      }
    }
    if (source.startsWith("%%bash") || source.startsWith("%%sh") || source.startsWith("%%script")) {
      int newline = source.indexOf('\n');
      reader.effects();
      reader.programs().line(newline < 0 ? "" : source.substring(newline + 1), reader.scope());
      return true;
    }
    int bang = source.startsWith("!") ? 0 : source.indexOf("\n!") + 1;
    for (int n = 0;
        n < MAX_LINES && bang >= 0 && bang < source.length() && source.charAt(bang) == '!';
        n++) {
      int end = source.indexOf('\n', bang);
      String line = source.substring(bang + 1, end < 0 ? source.length() : end);
      reader.effects();
      reader.programs().line(line, reader.scope());
      int next = end < 0 ? -1 : source.indexOf("\n!", end);
      bang = next < 0 ? -1 : next + 1;
    }
    return false;
  }
}
