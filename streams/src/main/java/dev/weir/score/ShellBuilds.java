/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.score.ShellCatalog.Program;
import java.util.Map;

/** Programs that run what files say: make and its like, tests, compilers, tools of Tcl. */
final class ShellBuilds {
  private ShellBuilds() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(programs, ShellBuilds::words, "tclsh expect wish");
    ShellCatalog.all(programs, ShellBuilds::make, "make gmake just task");
    ShellCatalog.all(
        programs,
        ShellBuilds::build,
        """
          cmake ninja gcc g++ cc clang rustc javac java mvn gradle tox pytest nox
          ctest jest tsc eslint black ruff flake8 mypy isort pylint ld ar as dotnet bazel
          configure
          """);
  }

  /** Tcl and its like start programs as a shell does. */
  private static Flow words(ShellCommand c, ShellReader r) {
    r.effects().runs();
    String inline = c.option("-c");
    if (!inline.isEmpty()) {
      r.interpret(Flow.ofWord(inline.replace("{", " ").replace("}", " ")), "sh");
      return Flow.UNKNOWN;
    }
    r.interpret(c.size() > 1 ? r.content(c.last()) : r.input(), "sh");
    return Flow.UNKNOWN;
  }

  /** Tests and checks run what they are given, where an earlier action wrote it. */
  private static Flow build(ShellCommand c, ShellReader r) {
    r.effects().runs();
    for (String operand : c.operands(1)) {
      Flow file = r.scope().file(operand);
      if (file != null && file.text() == null) {
        r.interpret(file, "python");
      } else if (file != null) {
        r.interpret(file, Languages.of(operand, ""));
      }
    }
    return Flow.UNKNOWN;
  }

  private static Flow make(ShellCommand c, ShellReader r) {
    r.effects().runs();
    String named = c.option("-f", "--file", "--makefile");
    String path = named.isEmpty() ? "Makefile" : named;
    Flow file = path.equals("/dev/stdin") || path.equals("-") ? r.input() : r.scope().file(path);
    if (file != null) {
      String text = file.text();
      boolean known = text != null && text.length() < 16_000;
      r.interpret(
          known && text != null
              ? new Flow(text.replace("\t@", "\t"), file.taints(), file.deeds())
              : file,
          "sh");
    }
    return Flow.UNKNOWN;
  }
}
