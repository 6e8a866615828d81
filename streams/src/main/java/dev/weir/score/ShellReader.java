/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.score.ShellLexer.Command;
import java.util.ArrayList;
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

  private final ShellEffects effects = new ShellEffects();
  private final Set<String> commands = new LinkedHashSet<>();
  private final Set<String> hosts = new LinkedHashSet<>();

  private ShellReader() {}

  static Map<Fact, Object> read(String line) {
    ShellReader reader = new ShellReader();
    reader.line(line, 0);
    Map<Fact, Object> facts = reader.effects.facts;
    if (facts.isEmpty() && READERS.containsAll(reader.commands)) {
      facts.put(SHELL_READS_ONLY, true);
    }
    facts.put(SHELL_PRESENT, true);
    facts.put(SHELL_MARKS, (long) facts.size());
    facts.put(SHELL_COMMANDS, List.copyOf(reader.commands));
    facts.put(SHELL_HOSTS, List.copyOf(reader.hosts));
    facts.put(SHELL_PATHS, List.copyOf(reader.effects.paths));
    return facts;
  }

  private void line(String text, int depth) {
    if (depth > MAX_DEPTH) {
      effects.mark(SHELL_OPAQUE);
      return;
    }
    ShellLexer lexer = new ShellLexer(text);
    if (lexer.opaque()) {
      effects.mark(SHELL_OPAQUE);
    }
    boolean downloads = false;
    boolean decodes = false;
    for (Command command : lexer.commands()) {
      List<String> words = unwrap(command.words());
      command.writes().forEach(effects::writes);
      if (words.isEmpty()) {
        continue;
      }
      String name = baseName(words.get(0));
      downloads = DOWNLOADERS.contains(name) || (command.piped() && downloads);
      decodes = decodes(name, words) || (command.piped() && decodes);
      if (command.piped() && INTERPRETERS.contains(name) && !hasScript(words)) {
        if (downloads) {
          effects.mark(SHELL_DOWNLOAD_RUN);
        }
        if (decodes) {
          effects.mark(SHELL_DECODE_RUN);
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
        effects.mark(SHELL_SUDO);
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
      case "base64", "base32" -> ShellEffects.has(words, "-d", "-D", "--decode");
      case "xxd" -> ShellEffects.has(words, "-r");
      case "openssl" -> ShellEffects.has(words, "-d");
      case "gunzip", "zcat" -> true;
      default -> false;
    };
  }

  private void command(String name, List<String> words, Command command, int depth) {
    commands.add(name);
    if (name.startsWith("$") || name.equals("eval")) {
      effects.mark(SHELL_OPAQUE);
    }
    operands(words);
    switch (name) {
      case "rm", "unlink", "rmdir", "shred", "truncate" -> effects.delete(words);
      case "find" -> effects.find(words);
      case "mv", "cp", "tee", "ln", "install", "rsync", "scp", "sftp" -> effects.copy(name, words);
      case "sed", "perl" -> {
        if (ShellEffects.hasPrefix(words, "-i") || ShellEffects.hasPrefix(words, "-pi")) {
          words.stream()
              .skip(2)
              .filter(w -> !w.startsWith("-"))
              .reduce((a, b) -> b)
              .ifPresent(effects::writes);
        }
        inline(name, words, depth);
      }
      case "dd", "mkfs", "fdisk", "wipefs", "parted" -> effects.disk(name, words);
      case "curl", "wget" -> effects.download(words);
      case "nc", "ncat", "netcat", "socat" -> {
        effects.mark(SHELL_NETWORK);
        if (ShellEffects.has(words, "-e", "-c") || ShellEffects.hasLetter(words, 'e')) {
          effects.mark(SHELL_PERSISTS);
        }
        if (ShellEffects.hasLetter(words, 'l')) {
          effects.mark(SHELL_LISTENS);
        }
      }
      case "ssh", "telnet", "ftp" -> effects.mark(SHELL_NETWORK);
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
        if (ShellEffects.has(words, "install", "add", "i", "get")) {
          effects.mark(SHELL_INSTALLS);
        }
      }
      case "git" -> effects.git(words);
      case "gh", "glab" -> {
        if (ShellEffects.has(words, "delete", "archive")) {
          effects.mark(SHELL_DESTROYS_INFRASTRUCTURE);
        }
      }
      case "systemctl", "service", "launchctl", "initctl" -> effects.service(words);
      case "kill", "killall", "pkill", "shutdown", "reboot", "halt", "poweroff" ->
          effects.mark(SHELL_STOPS);
      case "chmod", "chown", "setfacl", "chattr", "setenforce" -> {
        effects.mark(SHELL_PERMISSIONS);
        if (name.equals("setenforce")) {
          effects.mark(SHELL_DISABLES_OVERSIGHT);
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
          effects.mark(SHELL_ACCOUNTS);
      case "crontab", "at", "ssh-copy-id" -> {
        if (!ShellEffects.has(words, "-l")) {
          effects.mark(SHELL_PERSISTS);
        }
      }
      case "ufw", "iptables", "nft", "auditctl", "history" -> {
        if (ShellEffects.has(words, "disable", "-F", "-c", "-X", "flush", "-e", "-D")) {
          effects.mark(SHELL_DISABLES_OVERSIGHT);
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
          effects.infrastructure(name, words);
      default -> inline(name, words, depth);
    }
    if (SHELLS.contains(name) && !command.input().isEmpty()) {
      line(command.input(), depth + 1);
    }
  }

  private void operands(List<String> words) {
    for (String word : words.subList(1, words.size())) {
      if (effects.paths.size() + hosts.size() > 100) {
        return;
      }
      String host = Urls.host(word);
      if (!host.isEmpty()) {
        hosts.add(host);
      } else if (word.length() < 300
          && (word.startsWith("/") || word.startsWith("~") || word.startsWith("."))) {
        effects.paths.add(word);
        if (Paths.isSecret(word)) {
          effects.mark(SHELL_READS_SECRETS);
        }
      }
    }
  }

  private void inline(String name, List<String> words, int depth) {
    if (SHELLS.contains(name)
        && words.indexOf("-c") >= 0
        && words.indexOf("-c") + 1 < words.size()) {
      line(words.get(words.indexOf("-c") + 1), depth + 1);
    } else if (INTERPRETERS.contains(name) && ShellEffects.has(words, "-c", "-e")) {
      effects.mark(SHELL_INLINE_CODE);
      List<String> rest = new ArrayList<>(words.subList(1, words.size()));
      Map<Fact, Object> code = CodeReader.read(String.join("\n", rest));
      carry(code, CODE_DELETES, SHELL_DELETES);
      carry(code, CODE_NETWORK, SHELL_NETWORK);
      carry(code, CODE_UPLOADS, SHELL_UPLOADS);
    } else if (name.startsWith("python")
        && ShellEffects.has(words, "http.server", "SimpleHTTPServer")) {
      effects.mark(SHELL_LISTENS);
    }
  }

  private void carry(Map<Fact, Object> from, Fact fact, Fact to) {
    if (from.containsKey(fact)) {
      effects.mark(to);
    }
  }
}
