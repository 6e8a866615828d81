/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.LowerCase;
import dev.weir.score.ShellCatalog.Program;
import java.util.Map;

/** Infrastructure that is written as code: what is planned, made, or taken down. */
final class ShellInfrastructure {
  private ShellInfrastructure() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(
        programs,
        ShellInfrastructure::code,
        "terraform tofu terragrunt pulumi cdktf packer atlantis");
  }

  private static Flow code(ShellCommand c, ShellReader r) {
    Effects effects = r.effects();
    String verb = c.operand(0).equals("run-all") ? c.operand(1) : c.operand(0);
    boolean gone = verb.equals("destroy") || c.has("-destroy", "--destroy");
    effects.runs();
    switch (LowerCase.of(verb)) {
      case "plan",
          "show",
          "validate",
          "fmt",
          "init",
          "output",
          "version",
          "graph",
          "providers",
          "preview",
          "get",
          "console",
          "login",
          "whoami",
          "logs",
          "test",
          "build",
          "inspect" ->
          effects.runs();
      case "apply", "up", "deploy", "refresh", "import", "taint", "replace" ->
          effects.mark(gone ? SHELL_DESTROYS_INFRASTRUCTURE : SHELL_CHANGES_INFRASTRUCTURE);
      case "state" -> {
        if (c.has("rm", "push", "mv", "delete", "replace-provider")) {
          effects.mark(SHELL_CHANGES_INFRASTRUCTURE);
          effects.mark(SHELL_IRREVERSIBLE);
        }
      }
      case "force-unlock", "workspace", "stack" -> {
        if (c.has("delete", "rm", "force-unlock")) {
          effects.mark(SHELL_CHANGES_INFRASTRUCTURE);
        }
      }
      default -> {
        if (gone) {
          effects.mark(SHELL_DESTROYS_INFRASTRUCTURE);
          effects.mark(SHELL_EVERYTHING);
        }
      }
    }
    if (gone && c.operands(1).size() < 2 && !c.hasPrefix("-target") && !c.hasPrefix("--target")) {
      effects.mark(SHELL_EVERYTHING);
    }
    return Flow.UNKNOWN;
  }
}
