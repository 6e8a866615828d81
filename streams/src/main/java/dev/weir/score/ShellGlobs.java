/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.List;

/**
 * Paths that are written with signs for any letter ({@code /e?c/shado[w]}): where they fit a folder
 * or file that matters, that is what they mean. A sign for all of a name says nothing.
 */
final class ShellGlobs {
  private static final int MAX_LENGTH = 200;
  private static final int MAX_PART = 40;
  private static final List<String> ROOTS =
      List.of(
          "etc", "srv", "opt", "home", "var", "usr", "root", "boot", "bin", "sbin", "lib", "mnt",
          "data", "dev", "media", "backup", "backups", "tmp");
  private static final List<String> PARTS =
      List.of(
          "lib",
          "log",
          "backups",
          "www",
          "spool",
          "mysql",
          "postgresql",
          "docker",
          "local",
          "ssh",
          "shadow",
          "passwd",
          "sudoers",
          "gshadow",
          "crontab",
          "sudoers.d",
          "kubernetes",
          "pki",
          "auth.log",
          "audit",
          "bash",
          "sh",
          "rm",
          "find",
          "systemd",
          "system",
          ".ssh",
          ".aws",
          ".kube",
          ".gnupg",
          ".docker",
          ".config",
          ".azure",
          "id_rsa",
          "id_ed25519",
          "id_ecdsa",
          "authorized_keys",
          "credentials",
          "config",
          ".env",
          ".netrc",
          ".pgpass",
          ".my.cnf",
          ".git-credentials",
          ".bash_history",
          "kubeconfig",
          "sda",
          "sdb",
          "nvme0n1",
          "vda");

  private ShellGlobs() {}

  /** Whether a word may be a path with such signs. */
  static boolean isGlob(String word) {
    if (word.length() < 4 || word.length() > MAX_LENGTH) {
      return false;
    }
    char first = word.charAt(0);
    boolean path = first == '/' || first == '~' || first == '.' || first == '@';
    return path
        && word.indexOf(' ') < 0
        && (word.indexOf('?') >= 0 || word.indexOf('[') > 0 || word.indexOf('*') > 0)
        && word.indexOf("://") < 0;
  }

  /** The path that is meant, as far as it is known. */
  static String meant(String word) {
    boolean at = word.startsWith("@");
    String[] parts = (at ? word.substring(1) : word).split("/", -1);
    for (int i = 0; i < Math.min(parts.length, 12); i++) {
      if (says(parts[i])) {
        parts[i] = fitting(parts[i], i == 1 && parts[0].isEmpty() ? ROOTS : PARTS);
      }
    }
    return (at ? "@" : "") + String.join("/", parts);
  }

  /** Whether a part has a sign and letters of its own, so that it fits little. */
  private static boolean says(String part) {
    int letters = 0;
    boolean sign = false;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      letters += Character.isLetterOrDigit(c) ? 1 : 0;
      sign |= c == '?' || c == '*' || c == '[';
    }
    return sign && part.length() <= MAX_PART && (letters > 0 || part.startsWith("??"));
  }

  private static String fitting(String pattern, List<String> names) {
    for (String name : names) {
      if (ShellNames.matches(pattern, name)) {
        return name;
      }
    }
    return pattern;
  }
}
