/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Calls of a program that run a command: which do, and the line that they run. */
final class CodeCommands {
  private static final Set<String> RUNNERS =
      Names.of(
          """
          subprocess os child_process pty commands asyncio sh cp popen2 Kernel Open3 execa
          shelljs pexpect posix nt shell Deno Bun get_ipython IO
          """);

  private final CodeReader reader;

  CodeCommands(CodeReader reader) {
    this.reader = reader;
  }

  /** Whether a module runs commands, or a name of one. */
  static boolean isRunner(String module) {
    return RUNNERS.contains(module);
  }

  /** Whether a call runs a command. */
  boolean runs(CodeValue callee, String member) {
    String owner = callee.owner();
    boolean runner =
        RUNNERS.contains(owner) || owner.startsWith("os.") || owner.startsWith("child_process");
    return switch (member) {
      case "system",
          "popen",
          "check_output",
          "check_call",
          "Popen",
          "getoutput",
          "getstatusoutput",
          "execSync",
          "execFile",
          "execFileSync",
          "spawnSync",
          "shell_exec",
          "passthru",
          "proc_open",
          "qx",
          "create_subprocess_shell",
          "create_subprocess_exec",
          "startfile",
          "pcntl_exec",
          "run_line_magic",
          "run_cell_magic",
          "getRuntime",
          "exec_command",
          "capture2",
          "capture2e",
          "capture3",
          "posix_spawn",
          "doShellScript" ->
          true;
      case "execute" -> owner.equals("os");
      case "script" -> callee.name().equals("script");
      case "run",
          "call",
          "spawn",
          "exec",
          "execv",
          "execve",
          "execvp",
          "execl",
          "execlp",
          "spawnl",
          "spawnlp",
          "spawnv",
          "Command",
          "sudo" ->
          runner
              || callee.name().equals("spawn")
              || isRemote(owner)
              || (callee.name().equals("exec") && reader.execsCommands());
      default -> false;
    };
  }

  /** Libraries that run commands on other machines or in containers. */
  private boolean isRemote(String owner) {
    CodeFacts facts = reader.facts();
    return owner.endsWith("containers")
        || owner.equals("exec")
        || facts.imports("fabric")
        || facts.imports("invoke")
        || facts.imports("plumbum")
        || facts.imports("testinfra");
  }

  /** Reads what such a call runs. */
  void execute(String member, List<CodeValue> arguments, CodeValue first) {
    reader.facts().mark(CODE_EXECUTES);
    Effects effects = reader.effects();
    judge(first);
    String line = line(member, arguments, first);
    if (line.isEmpty()) {
      reader.facts().runUnknown();
      return;
    }
    if (isShell(line)) {
      reader.facts().startsShell();
    }
    if (isShell(line) && reader.facts().marked(CODE_NETWORK)) {
      effects.mark(SHELL_REMOTE_SHELL);
    }
    reader.programs().line(line, reader.scope());
    String second = arguments.size() > 1 ? arguments.get(1).text() : null;
    if (second != null && second.indexOf(' ') > 0 && line.indexOf(' ') < 0) {
      reader.programs().line(second, reader.scope()); // what a container is to run
    }
  }

  /** A shell by itself, that does what comes to it. */
  private static boolean isShell(String line) {
    String bare = line.replace("'", "").strip();
    int blank = bare.indexOf(' ');
    String rest = blank < 0 ? "" : bare.substring(blank).strip();
    boolean alone = rest.isEmpty() || rest.startsWith("-i") || rest.startsWith("<&");
    String name = blank < 0 ? bare : bare.substring(0, blank);
    return alone
        && ShellCatalog.isShell(name.substring(name.lastIndexOf('/') + 1).replace(".exe", ""));
  }

  /** Where what is run comes from says how bad that is. */
  void judge(CodeValue command) {
    Effects effects = reader.effects();
    int taints = command.taints();
    if ((taints & Flow.DOWNLOADED) != 0) {
      boolean socket = reader.facts().imports("socket") || reader.facts().imports("net");
      effects.mark(socket ? SHELL_REMOTE_SHELL : SHELL_DOWNLOAD_RUN);
    } else if ((taints & Flow.DECODED) != 0) {
      effects.mark(SHELL_DECODE_RUN);
    } else if ((taints & Flow.MADE) != 0) {
      effects.mark(SHELL_DYNAMIC);
    }
  }

  private static String line(String member, List<CodeValue> arguments, CodeValue first) {
    List<String> words = new ArrayList<>();
    for (CodeValue item : first.items()) {
      words.add(item.text() == null ? Flow.tainted(item.taints()).word() : item.text());
    }
    if (!words.isEmpty()) {
      return ShellNames.quoted(words, 0);
    }
    if (first.text() == null) {
      return "";
    }
    boolean listed =
        arguments.size() > 1
            && (!arguments.get(1).items().isEmpty()
                || member.startsWith("exec")
                || member.startsWith("spawn")
                || member.equals("system"));
    if (!listed || member.equals("execSync")) {
      return first.text();
    }
    words.add(first.text());
    for (CodeValue argument : arguments.subList(1, arguments.size())) {
      List<CodeValue> items = argument.items().isEmpty() ? List.of(argument) : argument.items();
      items.stream()
          .filter(v -> v.text() != null)
          .forEach(v -> words.add(String.valueOf(v.text())));
    }
    return ShellNames.quoted(words, 0);
  }
}
