/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.score.Arguments.Leaf;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** File paths: what kind of place they lie in, by the conventions of Unix, macOS and Windows. */
final class Paths {
  private static final int MAX_LENGTH = 300;
  private static final Set<String> PATH_NAMES =
      Set.of(
          "path",
          "file",
          "filename",
          "filepath",
          "folder",
          "directory",
          "dir",
          "destination",
          "source");
  private static final List<String> SYSTEM =
      List.of(
          "/etc/",
          "/usr/",
          "/bin/",
          "/sbin/",
          "/boot/",
          "/lib/",
          "/opt/",
          "/sys/",
          "/proc/sys/",
          "/var/lib/",
          "/library/",
          "/system/",
          "c:\\windows",
          "c:/windows");
  private static final List<String> SECRET =
      List.of(
          "/.ssh/id_",
          ".pem",
          ".key",
          ".p12",
          ".pfx",
          ".kdbx",
          "/etc/shadow",
          "/etc/sudoers",
          "/.aws/credentials",
          "/.netrc",
          "/.pgpass",
          "/.kube/config",
          "/.docker/config.json",
          "/.gnupg/",
          "/.env",
          "id_rsa",
          "id_ed25519",
          "credentials.json",
          "/.git-credentials",
          "/proc/self/environ",
          "/var/run/secrets/");
  private static final List<String> STARTUP =
      List.of(
          "authorized_keys",
          "/.bashrc",
          "/.zshrc",
          "/.profile",
          "/.bash_profile",
          "/etc/cron",
          "/var/spool/cron",
          "/etc/systemd/system",
          "/etc/rc.local",
          "/launchagents/",
          "/launchdaemons/",
          "/etc/profile",
          "/etc/ld.so.preload",
          "/.git/hooks/",
          "\\startup\\",
          "/autostart/");
  private static final Set<String> ROOTS =
      Set.of(
          "/",
          "/*",
          "~",
          "~/",
          "~/*",
          "$HOME",
          "$HOME/",
          "$HOME/*",
          "/home",
          "/home/",
          "/home/*",
          "/etc",
          "/etc/",
          "/usr",
          "/usr/",
          "/var",
          "/var/",
          "/var/*",
          "/root",
          "/root/",
          "/boot",
          "/lib",
          "/opt",
          "/.",
          "/bin",
          "/srv",
          "/data",
          "--no-preserve-root");

  private Paths() {}

  static Map<Fact, Object> read(Arguments arguments) {
    Set<String> paths = new LinkedHashSet<>();
    for (Leaf leaf : arguments.leaves()) {
      String text = leaf.text();
      if (!text.isBlank() && text.length() <= MAX_LENGTH && paths.size() < 100 && isPath(leaf)) {
        paths.add(text);
      }
    }
    if (paths.isEmpty()) {
      return Map.of();
    }
    Map<Fact, Object> facts = new EnumMap<>(Fact.class);
    facts.put(PATH_PRESENT, true);
    facts.put(PATH_PATHS, List.copyOf(paths));
    facts.put(PATH_SYSTEM, paths.stream().anyMatch(Paths::isSystem));
    facts.put(PATH_SECRET, paths.stream().anyMatch(Paths::isSecret));
    facts.put(PATH_STARTUP, paths.stream().anyMatch(Paths::isStartup));
    facts.put(PATH_HOME, paths.stream().anyMatch(Paths::isHome));
    facts.put(PATH_TEMPORARY, paths.stream().allMatch(Paths::isTemporary));
    return facts;
  }

  private static boolean isPath(Leaf leaf) {
    String text = leaf.text();
    boolean shape =
        text.startsWith("/")
            || text.startsWith("~/")
            || text.startsWith("./")
            || text.startsWith("../");
    boolean plain = text.indexOf(' ') < 0 && text.indexOf('\n') < 0;
    return (plain && shape) || leaf.isNamed(PATH_NAMES);
  }

  static boolean isSystem(String path) {
    String p = lower(path);
    return SYSTEM.stream().anyMatch(p::startsWith);
  }

  static boolean isSecret(String path) {
    String p = "/" + lower(path);
    return !p.endsWith(".pub") && SECRET.stream().anyMatch(p::contains);
  }

  static boolean isStartup(String path) {
    String p = "/" + lower(path);
    return STARTUP.stream().anyMatch(p::contains);
  }

  static boolean isLog(String path) {
    String p = lower(path);
    return p.startsWith("/var/log") || p.endsWith(".bash_history");
  }

  static boolean isHome(String path) {
    String p = lower(path);
    return p.startsWith("~")
        || p.startsWith("/home/")
        || p.startsWith("/users/")
        || p.startsWith("/root");
  }

  static boolean isTemporary(String path) {
    String p = lower(path);
    return p.startsWith("/tmp/") || p.startsWith("/var/tmp/") || p.startsWith("/dev/shm/");
  }

  /** A place whose recursive deletion takes a machine or a person's work with it. */
  static boolean isRoot(String path) {
    return ROOTS.contains(path);
  }

  private static String lower(String path) {
    return path.toLowerCase(Locale.ROOT);
  }
}
