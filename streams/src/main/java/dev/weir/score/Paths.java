/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.policy.LowerCase;
import dev.weir.score.Arguments.Leaf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * File paths: what kind of place they lie in, by the conventions of Unix, macOS and Windows. Judged
 * in plain form: lower case, forward slashes, without {@code //}, {@code /./} and {@code x/../}.
 */
final class Paths {
  private static final int MAX_LENGTH = 300;
  private static final int MAX_PATHS = 100;
  private static final Set<String> PATH_NAMES =
      Set.of(
          "path",
          "paths",
          "file",
          "files",
          "filename",
          "filepath",
          "folder",
          "directory",
          "dir",
          "destination",
          "source",
          "dest",
          "src",
          "output",
          "cwd");
  private static final Set<String> NOT_PATHS =
      Set.of("text", "content", "id", "ids", "type", "size");
  private static final List<String> SYSTEM =
      List.of(
          "/etc/",
          "/usr/",
          "/bin/",
          "/sbin/",
          "/boot/",
          "/lib/",
          "/lib64/",
          "/opt/",
          "/sys/",
          "/proc/sys/",
          "/var/lib/",
          "/library/",
          "/system/",
          "/dev/sd",
          "/dev/nvme",
          "c:/windows",
          "c:/program files",
          "c:/programdata");
  private static final List<String> SECRET =
      List.of(
          "/.ssh/id_",
          "/etc/shadow",
          "/etc/sudoers",
          "/etc/gshadow",
          "/.aws/",
          "/.azure/",
          "/.config/gcloud/",
          "/.netrc",
          "/.pgpass",
          "/.my.cnf",
          "/.kube/config",
          "/.docker/config.json",
          "/.gnupg/",
          "/.env",
          "id_rsa",
          "id_ed25519",
          "id_ecdsa",
          "credentials.",
          "/credentials",
          "/.git-credentials",
          "/proc/self/environ",
          "/var/run/secrets/",
          "/.npmrc",
          "/.pypirc",
          "secrets.",
          "/secrets/",
          "vault_token",
          "/.vault-token",
          "service-account",
          "serviceaccount",
          "wallet.dat",
          "/keychains/",
          "login data",
          "cookies.sqlite",
          "terraform.tfstate",
          "/config/sam",
          "ntds.dit",
          "passwords.",
          "/.htpasswd",
          "master.key");
  private static final List<String> SECRET_ENDS =
      List.of(".pem", ".key", ".p12", ".pfx", ".kdbx", ".jks", ".keystore", ".ppk", ".asc");
  private static final List<String> STARTUP =
      List.of(
          "authorized_keys",
          "/.bashrc",
          "/.zshrc",
          "/.profile",
          "/.bash_profile",
          "/.zprofile",
          "/.zshenv",
          "/etc/cron",
          "/var/spool/cron",
          "/etc/systemd/system",
          "/systemd/user/",
          "/etc/rc.local",
          "/etc/init.d",
          "/launchagents/",
          "/launchdaemons/",
          "/etc/profile",
          "/etc/ld.so.preload",
          "/.git/hooks/",
          "/startup/",
          "/autostart/",
          "/.ssh/config",
          "/.ssh/rc",
          "sitecustomize.py",
          "/system32/tasks",
          "/etc/pam.d/",
          "/etc/xinetd",
          "/.vscode/tasks.json",
          "/etc/sudoers",
          "/etc/udev/rules.d");
  private static final List<String> WORKFLOW =
      List.of(
          "/.github/workflows/",
          "/.gitlab-ci",
          "/jenkinsfile",
          "/.circleci/",
          "/azure-pipelines",
          "/.travis.yml",
          "/.buildkite/",
          "/bitbucket-pipelines",
          "/codeowners",
          "/.drone.yml");
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
          "${HOME}",
          "${HOME}/",
          "/home",
          "/home/",
          "/home/*",
          "/etc",
          "/etc/",
          "/etc/*",
          "/usr",
          "/usr/",
          "/usr/*",
          "/var",
          "/var/",
          "/var/*",
          "/root",
          "/root/",
          "/root/*",
          "/boot",
          "/boot/",
          "/lib",
          "/lib/",
          "/opt",
          "/opt/",
          "/.",
          "/./",
          "/bin",
          "/bin/",
          "/sbin",
          "/srv",
          "/srv/",
          "/data",
          "/data/",
          "/mnt",
          "/users",
          "/users/",
          "c:/",
          "c:",
          "c:/*",
          "c:/users",
          "--no-preserve-root");

  private Paths() {}

  static Map<Fact, Object> read(Arguments arguments) {
    Set<String> paths = new LinkedHashSet<>();
    for (Leaf leaf : arguments.leaves()) {
      String text = leaf.text();
      if (!text.isBlank()
          && text.length() <= MAX_LENGTH
          && paths.size() < MAX_PATHS
          && isPath(leaf)) {
        paths.add(text);
      }
    }
    return paths.isEmpty() ? Map.of() : facts(paths);
  }

  private static Map<Fact, Object> facts(Set<String> paths) {
    Map<Fact, Object> facts = new FactMap();
    boolean temporary = true;
    for (String path : paths) {
      String p = plain(path);
      String again = plain(p); // what was encoded twice
      temporary &= isTemporary(again);
      mark(facts, PATH_SYSTEM, isSystem(again));
      mark(facts, PATH_SECRET, isSecret(again));
      mark(facts, PATH_STARTUP, contains("/" + again, STARTUP));
      mark(facts, PATH_HOME, isHome(again));
      mark(facts, PATH_LOG, isLog(again));
      mark(facts, PATH_WORKFLOW, contains("/" + p, WORKFLOW));
      mark(facts, PATH_ROOT, ROOTS.contains(p) || ROOTS.contains(path));
      mark(facts, PATH_TRAVERSAL, climbs(path));
    }
    facts.put(PATH_PRESENT, true);
    facts.put(PATH_PATHS, List.copyOf(paths));
    facts.put(PATH_TEMPORARY, temporary);
    return facts;
  }

  private static void mark(Map<Fact, Object> facts, Fact fact, boolean holds) {
    if (holds) {
      facts.put(fact, true);
    }
  }

  private static boolean isPath(Leaf leaf) {
    String text = leaf.text();
    boolean shape =
        text.startsWith("/")
            || text.startsWith("~/")
            || text.startsWith("./")
            || text.startsWith("../")
            || text.startsWith("..\\")
            || (text.length() > 2 && text.charAt(1) == ':' && text.charAt(2) == '\\');
    boolean plain = text.indexOf(' ') < 0 && text.indexOf('\n') < 0;
    return (plain && shape) || named(leaf);
  }

  private static boolean named(Leaf leaf) {
    return leaf.isNamed(PATH_NAMES) && !leaf.isNamed(NOT_PATHS) && leaf.text().indexOf('\n') < 0;
  }

  /** Lower case, forward slashes, nothing that leads back to where it was. */
  private static String plain(String path) {
    String p = LowerCase.of(path).replace('\\', '/').replace("%2e", ".").replace("%2f", "/");
    if (!p.contains("//") && !p.contains("/.")) {
      return p;
    }
    Deque<String> parts = new ArrayDeque<>();
    for (String part : p.split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!part.equals(".") && !part.isEmpty()) {
        parts.addLast(part);
      }
    }
    String joined = String.join("/", parts);
    String head = p.startsWith("/") ? "/" : "";
    return head + joined + (p.endsWith("/") && !joined.isEmpty() ? "/" : "");
  }

  /** It leads out of where it starts: two steps up or more, or hidden ones. */
  private static boolean climbs(String path) {
    String p = LowerCase.of(path).replace('\\', '/');
    return p.contains("../../")
        || p.contains("%2e%2e")
        || p.contains("..%2f")
        || p.contains("/../");
  }

  private static boolean isSystem(String p) {
    for (String start : SYSTEM) {
      if (p.startsWith(start)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSecret(String plain) {
    String p = "/" + plain;
    if (p.endsWith(".pub") || p.endsWith(".example") || p.endsWith(".sample")) {
      return false;
    }
    for (String end : SECRET_ENDS) {
      if (p.endsWith(end)) {
        return true;
      }
    }
    return contains(p, SECRET);
  }

  private static boolean isLog(String p) {
    return p.startsWith("/var/log")
        || p.endsWith("_history")
        || p.endsWith("/audit.log")
        || p.endsWith(".evtx");
  }

  private static boolean isHome(String p) {
    return p.startsWith("~")
        || p.startsWith("/home/")
        || p.startsWith("/users/")
        || p.startsWith("/root")
        || p.startsWith("c:/users/");
  }

  private static boolean isTemporary(String p) {
    return p.startsWith("/tmp/")
        || p.startsWith("/var/tmp/")
        || p.startsWith("/dev/shm/")
        || p.contains("/appdata/local/temp/")
        || p.equals("/dev/null");
  }

  private static boolean contains(String path, List<String> marks) {
    for (String mark : marks) {
      if (path.contains(mark)) {
        return true;
      }
    }
    return false;
  }
}
