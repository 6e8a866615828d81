/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.score.ShellLexer.Command;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what a command line does from its commands and their options. Nothing is expanded: a
 * command whose name is a variable, an evaluated string or an unfinished quote makes the line
 * opaque.
 */
final class ShellReader {
  private static final int MAX_DEPTH = 3;

  private static final Set<String> WRAPPERS =
      Set.of(
          "sudo", "doas", "env", "nohup", "time", "timeout", "nice", "ionice", "xargs", "exec",
          "command", "stdbuf", "setsid", "builtin", "then", "do", "else", "if", "while", "until",
          "!", "watch");
  private static final Set<String> SHELLS = Set.of("sh", "bash", "zsh", "dash", "ksh", "fish");
  private static final Set<String> INTERPRETERS =
      Set.of(
          "sh",
          "bash",
          "zsh",
          "dash",
          "ksh",
          "fish",
          "python",
          "python2",
          "python3",
          "perl",
          "ruby",
          "node",
          "php",
          "pwsh",
          "powershell",
          "source",
          ".");
  private static final Set<String> READERS =
      Set.of(
          "ls",
          "cat",
          "grep",
          "egrep",
          "rg",
          "find",
          "head",
          "tail",
          "sed",
          "pwd",
          "cd",
          "echo",
          "wc",
          "which",
          "file",
          "stat",
          "du",
          "df",
          "tree",
          "less",
          "more",
          "sort",
          "uniq",
          "cut",
          "awk",
          "diff",
          "git",
          "ps",
          "env",
          "date",
          "whoami",
          "id",
          "uname",
          "printf",
          "test",
          "[",
          "true",
          "nl",
          "cmp",
          "basename",
          "dirname",
          "realpath",
          "readlink",
          "hostname",
          "type",
          "tr");
  private static final Set<String> DOWNLOADERS = Set.of("curl", "wget", "fetch", "aria2c");

  private final Map<Fact, Object> facts = new EnumMap<>(Fact.class);
  private final Set<String> commands = new LinkedHashSet<>();
  private final Set<String> hosts = new LinkedHashSet<>();
  private final Set<String> paths = new LinkedHashSet<>();

  private ShellReader() {}

  static Map<Fact, Object> read(String line) {
    ShellReader reader = new ShellReader();
    reader.line(line, 0);
    Map<Fact, Object> facts = reader.facts;
    if (facts.isEmpty() && READERS.containsAll(reader.commands)) {
      facts.put(SHELL_READS_ONLY, true);
    }
    facts.put(SHELL_PRESENT, true);
    facts.put(SHELL_MARKS, (long) facts.size());
    facts.put(SHELL_COMMANDS, List.copyOf(reader.commands));
    facts.put(SHELL_HOSTS, List.copyOf(reader.hosts));
    facts.put(SHELL_PATHS, List.copyOf(reader.paths));
    return facts;
  }

  private void mark(Fact fact) {
    facts.put(fact, true);
  }

  private void line(String text, int depth) {
    if (depth > MAX_DEPTH) {
      mark(SHELL_OPAQUE);
      return;
    }
    ShellLexer lexer = new ShellLexer(text);
    if (lexer.opaque()) {
      mark(SHELL_OPAQUE);
    }
    boolean downloads = false;
    boolean decodes = false;
    for (Command command : lexer.commands()) {
      List<String> words = unwrap(command.words());
      command.writes().forEach(this::writes);
      if (words.isEmpty()) {
        continue;
      }
      String name = baseName(words.get(0));
      downloads = DOWNLOADERS.contains(name) || (command.piped() && downloads);
      decodes = decodes(name, words) || (command.piped() && decodes);
      if (command.piped() && INTERPRETERS.contains(name) && !hasScript(words)) {
        if (downloads) {
          mark(SHELL_DOWNLOAD_RUN);
        }
        if (decodes) {
          mark(SHELL_DECODE_RUN);
        }
      }
      command(name, words, command, depth);
    }
    for (String inner : lexer.substitutions()) {
      line(inner, depth + 1);
    }
  }

  private List<String> unwrap(List<String> words) {
    int i = 0;
    while (i < words.size()) {
      String word = words.get(i);
      String name = baseName(word);
      if (name.equals("sudo") || name.equals("doas")) {
        mark(SHELL_SUDO);
      }
      boolean assignment = word.indexOf('=') > 0 && Character.isLetter(word.charAt(0));
      boolean option =
          i > 0 && WRAPPERS.contains(baseName(words.get(i - 1))) && word.startsWith("-");
      boolean amount = i > 0 && Character.isDigit(word.isEmpty() ? 'x' : word.charAt(0));
      if (!WRAPPERS.contains(name) && !assignment && !option && !amount) {
        break;
      }
      i++;
    }
    return words.subList(i, words.size());
  }

  private static String baseName(String word) {
    String name = word.substring(word.lastIndexOf('/') + 1);
    return name.isEmpty() ? word : name;
  }

  private static boolean hasScript(List<String> words) {
    return words.stream().skip(1).anyMatch(w -> !w.startsWith("-"));
  }

  private static boolean decodes(String name, List<String> words) {
    return switch (name) {
      case "base64", "base32" -> has(words, "-d", "-D", "--decode");
      case "xxd" -> has(words, "-r");
      case "openssl" -> has(words, "-d");
      case "gunzip", "zcat" -> true;
      default -> false;
    };
  }

  private void writes(String target) {
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

  private void command(String name, List<String> words, Command command, int depth) {
    commands.add(name);
    if (name.startsWith("$") || name.equals("eval")) {
      mark(SHELL_OPAQUE);
    }
    operands(words);
    switch (name) {
      case "rm", "unlink", "rmdir", "shred", "truncate" -> delete(words);
      case "find" -> find(words);
      case "mv", "cp", "tee", "ln", "install", "rsync", "scp", "sftp" -> copy(name, words);
      case "sed", "perl" -> {
        if (hasPrefix(words, "-i") || hasPrefix(words, "-pi")) {
          words.stream()
              .skip(2)
              .filter(w -> !w.startsWith("-"))
              .reduce((a, b) -> b)
              .ifPresent(this::writes);
        }
        inline(name, words, depth);
      }
      case "dd", "mkfs", "fdisk", "wipefs", "parted" -> disk(name, words);
      case "curl", "wget" -> download(words);
      case "nc", "ncat", "netcat", "socat" -> {
        mark(SHELL_NETWORK);
        if (has(words, "-e", "-c") || hasLetter(words, 'e')) {
          mark(SHELL_PERSISTS);
        }
        if (hasLetter(words, 'l')) {
          mark(SHELL_LISTENS);
        }
      }
      case "ssh", "telnet", "ftp" -> mark(SHELL_NETWORK);
      case "pip",
          "pip3",
          "npm",
          "yarn",
          "apt",
          "apt-get",
          "yum",
          "dnf",
          "brew",
          "gem",
          "cargo",
          "go",
          "apk",
          "snap",
          "conda" -> {
        if (has(words, "install", "add", "i", "get")) {
          mark(SHELL_INSTALLS);
        }
      }
      case "git" -> git(words);
      case "gh", "glab" -> {
        if (has(words, "delete", "archive")) {
          mark(SHELL_DESTROYS_INFRASTRUCTURE);
        }
      }
      case "systemctl", "service", "launchctl", "initctl" -> service(words);
      case "kill", "killall", "pkill", "shutdown", "reboot", "halt", "poweroff" ->
          mark(SHELL_STOPS);
      case "chmod", "chown", "setfacl", "chattr", "setenforce" -> {
        mark(SHELL_PERMISSIONS);
        if (name.equals("setenforce")) {
          mark(SHELL_DISABLES_OVERSIGHT);
        }
      }
      case "useradd",
          "adduser",
          "usermod",
          "userdel",
          "deluser",
          "passwd",
          "chpasswd",
          "visudo",
          "groupadd" ->
          mark(SHELL_ACCOUNTS);
      case "crontab", "at", "ssh-copy-id" -> {
        if (!has(words, "-l")) {
          mark(SHELL_PERSISTS);
        }
      }
      case "ufw", "iptables", "nft", "auditctl", "history" -> {
        if (has(words, "disable", "-F", "-c", "-X", "flush", "-e", "-D")) {
          mark(SHELL_DISABLES_OVERSIGHT);
        }
      }
      case "kubectl",
          "helm",
          "terraform",
          "tofu",
          "pulumi",
          "aws",
          "gcloud",
          "az",
          "docker",
          "podman",
          "oc" ->
          infrastructure(name, words);
      default -> inline(name, words, depth);
    }
    if (SHELLS.contains(name) && !command.input().isEmpty()) {
      line(command.input(), depth + 1);
    }
  }

  private void operands(List<String> words) {
    for (String word : words.subList(1, words.size())) {
      if (paths.size() + hosts.size() > 100) {
        return;
      }
      String host = Urls.host(word);
      if (!host.isEmpty()) {
        hosts.add(host);
      } else if (word.length() < 300
          && (word.startsWith("/") || word.startsWith("~") || word.startsWith("."))) {
        paths.add(word);
        if (Paths.isSecret(word)) {
          mark(SHELL_READS_SECRETS);
        }
      }
    }
  }

  private void delete(List<String> words) {
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

  private void find(List<String> words) {
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

  private void copy(String name, List<String> words) {
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

  private void disk(String name, List<String> words) {
    if (!name.equals("dd") || words.stream().anyMatch(w -> w.startsWith("of=/dev/"))) {
      mark(SHELL_WIPES_DISK);
    }
  }

  private void download(List<String> words) {
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

  private void git(List<String> words) {
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

  private void service(List<String> words) {
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

  private void infrastructure(String name, List<String> words) {
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

  private void inline(String name, List<String> words, int depth) {
    if (SHELLS.contains(name)
        && words.indexOf("-c") >= 0
        && words.indexOf("-c") + 1 < words.size()) {
      line(words.get(words.indexOf("-c") + 1), depth + 1);
    } else if (INTERPRETERS.contains(name) && has(words, "-c", "-e")) {
      mark(SHELL_INLINE_CODE);
      List<String> rest = new ArrayList<>(words.subList(1, words.size()));
      Map<Fact, Object> code = CodeReader.read(String.join("\n", rest));
      carry(code, CODE_DELETES, SHELL_DELETES);
      carry(code, CODE_NETWORK, SHELL_NETWORK);
      carry(code, CODE_UPLOADS, SHELL_UPLOADS);
    } else if (name.startsWith("python") && has(words, "http.server", "SimpleHTTPServer")) {
      mark(SHELL_LISTENS);
    }
  }

  private void carry(Map<Fact, Object> from, Fact fact, Fact to) {
    if (from.containsKey(fact)) {
      mark(to);
    }
  }

  private static boolean has(List<String> words, String... any) {
    return Arrays.stream(any).anyMatch(words.subList(1, words.size())::contains);
  }

  private static boolean hasPrefix(List<String> words, String prefix) {
    return words.stream().skip(1).anyMatch(w -> w.startsWith(prefix));
  }

  /** Whether a group of one-letter options holds this letter. */
  private static boolean hasLetter(List<String> words, char letter) {
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
