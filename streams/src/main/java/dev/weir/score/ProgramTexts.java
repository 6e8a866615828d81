/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.score.Arguments.Leaf;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of an action's arguments are programs: command lines, program texts and statements of a
 * database's language, told by the tool's name, the argument's, and how the text begins.
 */
final class ProgramTexts {
  private static final Set<String> SHELL_NAMES =
      Set.of(
          "command", "cmd", "commands", "commandline", "command_line", "cmdline", "shell", "bash");

  /** Programs that are tools themselves: their arguments are a command line without its name. */
  private static final Set<String> PROGRAMS =
      Set.of(
          "kubectl",
          "oc",
          "helm",
          "aws",
          "gcloud",
          "az",
          "gsutil",
          "terraform",
          "tofu",
          "pulumi",
          "ansible",
          "vault",
          "docker",
          "podman",
          "gh",
          "systemctl");

  private static final Set<String> SHELL_TOOLS =
      Set.of(
          "bash",
          "shell",
          "terminal",
          "sh",
          "exec",
          "execute",
          "command",
          "powershell",
          "pwsh",
          "cmd",
          "ssh",
          "console");

  private static final Set<String> POWER = Set.of("powershell", "pwsh");

  private static final Set<String> INPUT_NAMES = Set.of("input", "script", "args", "text", "value");

  private static final Set<String> CODE_NAMES =
      Set.of("code", "script", "source", "cell", "program");

  private static final Set<String> SQL_NAMES =
      Set.of("sql", "query", "statement", "statements", "command");

  private static final Set<String> SQL_TOOLS =
      Set.of("sql", "database", "db", "query", "postgres", "mysql", "sqlite", "warehouse");

  private static final Set<String> COMMANDS =
      Set.of(
          "curl",
          "wget",
          "bash",
          "sh",
          "sudo",
          "rm",
          "nc",
          "ncat",
          "python",
          "python3",
          "perl",
          "ruby",
          "php",
          "node",
          "powershell",
          "iex",
          "cat",
          "chmod",
          "cp",
          "mv",
          "echo",
          "export",
          "cd",
          "scp",
          "ssh",
          "dd",
          "mkfs",
          "kill",
          "crontab",
          "base64",
          "eval",
          "exec",
          "socat",
          "invoke-webrequest",
          "kubectl",
          "aws",
          "git",
          "docker",
          "find",
          "tar",
          "openssl");

  private static final int MAX_SQL = 64 << 10;

  private final Arguments written;
  private final Encodings encodings;
  private final Handover handover;

  /** What is written, and what that encodes. */
  private final Arguments arguments;

  private final List<String> toolWords;
  private String run = "";

  /** A line of Windows was filled with what an earlier action left. */
  private boolean folded;

  private @Nullable String statements;

  ProgramTexts(Arguments written, Encodings encodings, List<String> toolWords, Handover handover) {
    this.written = written;
    this.encodings = encodings;
    this.handover = handover;
    this.arguments = encodings.with(written);
    this.toolWords = toolWords;
  }

  /** What is written, and what that encodes. */
  Arguments arguments() {
    return arguments;
  }

  /** The same texts, none of them put together yet. */
  ProgramTexts again() {
    return new ProgramTexts(written, encodings, toolWords, handover);
  }

  /** Whether a text was filled with what an earlier action left. */
  boolean recalled() {
    return !run.isEmpty() || folded;
  }

  /** The command lines that the arguments are or hold. */
  String commandLine() {
    String program = program();
    boolean shellTool = !program.isEmpty() || Words.any(toolWords, SHELL_TOOLS);
    boolean power = Words.any(toolWords, POWER);
    boolean cmd = toolWords.contains("cmd");
    StringBuilder line = new StringBuilder();
    for (Leaf leaf : written.leaves()) {
      boolean named = SHELL_NAMES.contains(leaf.key());
      boolean input = shellTool && INPUT_NAMES.contains(leaf.key());
      boolean isLine = named && (shellTool || leaf.text().strip().indexOf(' ') > 0);
      if ((isLine || input) && !leaf.text().isBlank() && !isStatement(leaf)) {
        line.append(before(line, program, leaf.text()));
        line.append(power || cmd ? windows(leaf.text(), power) : leaf.text());
      }
    }
    for (Leaf leaf : encodings.decoded()) {
      if ((shellTool || SHELL_NAMES.contains(leaf.key())) && isCommand(leaf.text())) {
        line.append('\n').append(leaf.text());
      }
    }
    run = handover.line();
    return run.isEmpty() ? line.toString() : line.append(run).toString();
  }

  /** A line of one of the shells of Windows, with what names stand for by earlier lines. */
  private String windows(String text, boolean power) {
    ShellScope scope = new ShellScope(handover.past());
    String plain = Lookalikes.plain(text);
    String line = power ? PowerFolds.of(plain, scope::text) : CmdFolds.of(plain, scope::text);
    folded |= scope.recalled();
    return line;
  }

  private boolean isStatement(Leaf leaf) {
    return isSqlTool()
        ? SqlBeginnings.looksLike(leaf.text())
        : SqlBeginnings.looksPlain(leaf.text());
  }

  private boolean isSqlTool() {
    for (String word : toolWords) {
      if (SQL_TOOLS.contains(word) || word.endsWith("sql")) {
        return true;
      }
    }
    return false;
  }

  /** The program that the tool is, or nothing. */
  private String program() {
    String first = toolWords.isEmpty() ? "" : toolWords.get(0);
    boolean alone =
        toolWords.size() == 1
            || (toolWords.size() == 2
                && Set.of("cli", "command", "run", "exec").contains(toolWords.get(1)));
    return alone && PROGRAMS.contains(first) ? first : "";
  }

  /** What stands between the line so far and its next part. */
  private static String before(StringBuilder line, String program, String next) {
    if (program.isEmpty()) {
      return line.isEmpty() ? "" : "\n";
    }
    return line.isEmpty() ? (next.strip().startsWith(program) ? "" : program + " ") : " ";
  }

  /** Whether a decoded text begins as command lines of an attack do: data is no command. */
  private static boolean isCommand(String text) {
    int end = 0;
    while (end < text.length() && end < 16 && text.charAt(end) > ' ') {
      end++;
    }
    return text.startsWith("#!") || COMMANDS.contains(text.substring(0, end));
  }

  /** The program text that the arguments hold. */
  String programText() {
    StringBuilder code = new StringBuilder();
    for (Leaf leaf : arguments.leaves()) {
      if (CODE_NAMES.contains(leaf.key()) && !leaf.text().isBlank()) {
        code.append(leaf.text()).append('\n');
      }
    }
    return code.toString();
  }

  /** The statements of a database's language that the arguments hold. */
  String statements() {
    String known = statements;
    if (known == null) {
      known = foundStatements();
      statements = known;
    }
    return known;
  }

  private String foundStatements() {
    StringBuilder statements = new StringBuilder();
    boolean sqlTool = isSqlTool();
    for (Leaf leaf : arguments.leaves()) {
      boolean named = SQL_NAMES.contains(leaf.key()) || leaf.words().contains("sql");
      if ((sqlTool || named) && leaf.text().length() > 5 && statements.length() < MAX_SQL) {
        String text = SqlWords.plain(leaf.text());
        if (isParted(text) && SqlBeginnings.looksLike(text)) {
          statements.append(statements.isEmpty() ? "" : ";\n").append(text);
        }
      }
    }
    return statements.toString();
  }

  private static boolean isParted(String text) {
    return text.strip().indexOf(' ') > 0
        || text.indexOf('\n') > 0
        || text.indexOf('\t') > 0
        || text.contains("/*");
  }
}
