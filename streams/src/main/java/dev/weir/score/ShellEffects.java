/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What single commands do, from their names and options; gathers the marks of one command line. */
final class ShellEffects {
  final Map<Fact, Object> facts = new EnumMap<>(Fact.class);
  final Set<String> paths = new LinkedHashSet<>();

  void mark(Fact fact) {
    facts.put(fact, true);
  }

  void writes(String target) {
    mark(SHELL_WRITES);
    paths.add(target);
    if (Paths.isStartup(target)) {
      mark(SHELL_PERSISTS);
    }
    if (Paths.isSystem(target)) {
      mark(SHELL_WRITES_SYSTEM);
    }
    if (Paths.isLog(target)) {
      mark(SHELL_DISABLES_OVERSIGHT);
    }
    if (target.startsWith("/dev/sd") || target.startsWith("/dev/nvme")) {
      mark(SHELL_WIPES_DISK);
    }
    if (target.startsWith("/dev/tcp/")) {
      mark(SHELL_NETWORK);
      mark(SHELL_UPLOADS);
    }
  }

  void delete(List<String> words) {
    mark(SHELL_DELETES);
    boolean recursive = hasLetter(words, 'r') || hasLetter(words, 'R') || has(words, "--recursive");
    if (recursive) {
      mark(SHELL_RECURSIVE);
    }
    for (String word : words.subList(1, words.size())) {
      if (recursive && Paths.isRoot(word)) {
        mark(SHELL_DELETES_ROOT);
      }
      if (Paths.isLog(word)) {
        mark(SHELL_DISABLES_OVERSIGHT);
      }
      if (Paths.isSystem(word)) {
        mark(SHELL_WRITES_SYSTEM);
      }
    }
  }

  void find(List<String> words) {
    int exec = Math.max(words.indexOf("-exec"), words.indexOf("-execdir"));
    boolean deletes =
        has(words, "-delete") || (exec >= 0 && words.subList(exec, words.size()).contains("rm"));
    if (deletes) {
      mark(SHELL_DELETES);
      mark(SHELL_RECURSIVE);
      if (words.size() > 1 && Paths.isRoot(words.get(1))) {
        mark(SHELL_DELETES_ROOT);
      }
    }
  }

  void copy(String name, List<String> words) {
    List<String> targets = words.stream().skip(1).filter(w -> !w.startsWith("-")).toList();
    if (targets.isEmpty()) {
      return;
    }
    String last = targets.get(targets.size() - 1);
    boolean remote = targets.stream().anyMatch(t -> t.indexOf(':') > 0 && !t.startsWith("/"));
    if (remote || name.equals("scp") || name.equals("sftp")) {
      mark(SHELL_NETWORK);
      if (last.indexOf(':') > 0) {
        mark(SHELL_UPLOADS);
      }
    } else {
      writes(last);
    }
  }

  void disk(String name, List<String> words) {
    if (!name.equals("dd") || words.stream().anyMatch(w -> w.startsWith("of=/dev/"))) {
      mark(SHELL_WIPES_DISK);
    }
  }

  void download(List<String> words) {
    mark(SHELL_NETWORK);
    for (String word : words) {
      boolean method =
          word.equals("POST")
              || word.equals("PUT")
              || word.equals("DELETE")
              || word.equals("PATCH");
      boolean upload =
          word.equals("-T")
              || word.equals("-F")
              || word.startsWith("--upload")
              || word.startsWith("--data")
              || word.equals("-d")
              || word.startsWith("--form")
              || word.startsWith("--post-");
      if (method || upload) {
        mark(SHELL_UPLOADS);
      }
      if (word.equals("DELETE") || word.equals("-XDELETE")) {
        mark(SHELL_DELETES);
      }
    }
  }

  void git(List<String> words) {
    boolean force = has(words, "--force", "-f", "--force-with-lease", "--mirror", "--delete");
    if (has(words, "push")) {
      mark(SHELL_NETWORK);
      mark(SHELL_PUSHES);
      if (force) {
        mark(SHELL_REWRITES);
      }
    } else if ((has(words, "reset") && has(words, "--hard"))
        || (has(words, "clean") && force)
        || has(words, "filter-branch", "filter-repo")) {
      mark(SHELL_REWRITES);
    } else if (!has(
        words, "log", "show", "status", "diff", "blame", "grep", "branch", "ls-files")) {
      mark(SHELL_WRITES);
    }
  }

  void service(List<String> words) {
    if (has(words, "stop", "disable", "mask", "kill", "restart")) {
      mark(SHELL_STOPS);
    }
    boolean watcher =
        words.stream()
            .anyMatch(
                w ->
                    w.contains("audit")
                        || w.contains("syslog")
                        || w.contains("falco")
                        || w.contains("monitor")
                        || w.contains("firewall")
                        || w.contains("crowdstrike"));
    if (watcher && has(words, "stop", "disable", "mask", "kill")) {
      mark(SHELL_DISABLES_OVERSIGHT);
    }
    if (has(words, "enable")) {
      mark(SHELL_PERSISTS);
    }
  }

  void infrastructure(String name, List<String> words) {
    boolean local = name.equals("docker") || name.equals("podman");
    boolean destroys =
        words.stream()
            .skip(1)
            .anyMatch(
                w ->
                    w.equals("destroy")
                        || w.equals("delete")
                        || w.equals("uninstall")
                        || w.startsWith("delete-")
                        || w.startsWith("terminate-")
                        || w.equals("rb")
                        || w.equals("drain"));
    boolean changes =
        has(
            words, "apply", "scale", "rollout", "upgrade", "exec", "patch", "create", "up",
            "deploy");
    if (destroys) {
      mark(SHELL_DESTROYS_INFRASTRUCTURE);
    } else if (local && has(words, "rm", "rmi", "prune", "stop", "kill")) {
      mark(SHELL_STOPS);
    } else if (changes && !local) {
      mark(SHELL_CHANGES_INFRASTRUCTURE);
    }
  }

  static boolean has(List<String> words, String... any) {
    return Arrays.stream(any).anyMatch(words.subList(1, words.size())::contains);
  }

  static boolean hasPrefix(List<String> words, String prefix) {
    return words.stream().skip(1).anyMatch(w -> w.startsWith(prefix));
  }

  /** Whether a group of one-letter options holds this letter. */
  static boolean hasLetter(List<String> words, char letter) {
    return words.stream()
        .skip(1)
        .anyMatch(
            w ->
                w.length() > 1
                    && w.length() < 8
                    && w.charAt(0) == '-'
                    && w.charAt(1) != '-'
                    && w.indexOf(letter) > 0);
  }
}
