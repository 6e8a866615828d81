/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

/** Which language a file is a program in, if it is run. */
final class Languages {
  private Languages() {}

  /** The language as its interpreter is named; "" for a shell's. */
  static String of(String path, String text) {
    if (text.startsWith("#!")) {
      String named = ShellStarters.language(Flow.of(text));
      return named.equals("sh") ? "" : named;
    }
    String known = byEnd(path.substring(path.lastIndexOf('.') + 1));
    if (!known.isEmpty()) {
      return known;
    }
    boolean code =
        text.startsWith("import ")
            || text.startsWith("from ")
            || text.startsWith("<?php")
            || text.contains("\nimport ")
            || text.contains("require(");
    return code ? "python" : "";
  }

  private static String byEnd(String end) {
    return switch (end) {
      case "py", "ipynb" -> "python";
      case "js", "mjs", "cjs", "ts" -> "node";
      case "rb" -> "ruby";
      case "pl", "pm" -> "perl";
      case "rs" -> "rust";
      case "php", "lua", "groovy", "java", "go", "c" -> end;
      default -> "";
    };
  }
}
