/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.Map;

/** Which language a file is a program in, if it is run. */
final class Languages {
  private static final Map<String, String> BY_END =
      Map.ofEntries(
          Map.entry("py", "python"),
          Map.entry("ipynb", "python"),
          Map.entry("js", "node"),
          Map.entry("mjs", "node"),
          Map.entry("cjs", "node"),
          Map.entry("ts", "node"),
          Map.entry("rb", "ruby"),
          Map.entry("pl", "perl"),
          Map.entry("pm", "perl"),
          Map.entry("php", "php"),
          Map.entry("lua", "lua"),
          Map.entry("groovy", "groovy"),
          Map.entry("java", "java"),
          Map.entry("go", "go"),
          Map.entry("rs", "rust"),
          Map.entry("c", "c"));

  private Languages() {}

  /** The language as its interpreter is named; "" for a shell's. */
  static String of(String path, String text) {
    if (text.startsWith("#!")) {
      String named = ShellStarters.language(Flow.of(text));
      return named.equals("sh") ? "" : named;
    }
    String known = BY_END.get(path.substring(path.lastIndexOf('.') + 1));
    if (known != null) {
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
}
