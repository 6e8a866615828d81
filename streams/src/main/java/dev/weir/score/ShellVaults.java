/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.score.ShellCatalog.Program;
import java.util.Map;

/** Stores of secrets: what is read from them, and what is changed. */
final class ShellVaults {
  private ShellVaults() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(
        programs,
        ShellVaults::vault,
        """
        vault op bw pass lpass gopass chamber sops doppler security keyring secret-tool
        cmdkey infisical berglas keepassxc-cli vaultcmd
        """);
  }

  private static Flow vault(ShellCommand c, ShellReader r) {
    boolean reads =
        c.has(
                "read",
                "get",
                "show",
                "item",
                "export",
                "find-generic-password",
                "find-internet-password",
                "dump-keychain",
                "-d",
                "--decrypt",
                "decrypt",
                "lookup",
                "download",
                "list-items",
                "unlock",
                "secrets",
                "inject")
            || c.name().endsWith("pass");
    boolean changes =
        c.has(
            "write", "put", "delete", "destroy", "set", "insert", "edit", "rm", "seal", "disable",
            "revoke", "policy");
    if (c.has("audit") && c.has("disable")) {
      r.effects().mark(SHELL_DISABLES_OVERSIGHT);
    } else if (changes) {
      r.effects().mark(SHELL_STORES_SECRETS);
    } else if (reads) {
      r.effects().mark(SHELL_READS_SECRETS);
      return Flow.tainted(Flow.SECRET | Flow.LOCAL);
    }
    r.effects().runs();
    return Flow.UNKNOWN;
  }
}
