/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.policy.View;
import dev.weir.score.Arguments.Leaf;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The views of one action's arguments, each read at most once and only when asked for. */
final class Readings {
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
  private static final Set<String> TEXT_NAMES =
      Set.of(
          "body",
          "content",
          "message",
          "text",
          "subject",
          "title",
          "description",
          "note",
          "summary",
          "caption",
          "comment",
          "tweet");
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
  private static final int VIEWS = View.values().length;
  private static final int MAX_SQL = 64 << 10;
  private static final int MAX_TEXT_WORDS = 400;

  private static final Fact[] FACTS = Fact.values();

  private final Arguments written;
  private final Encodings encodings;
  private final Handover handover;

  /** What is written, and what that encodes. */
  private final Arguments arguments;

  private final List<String> toolWords;
  private final Set<String> domains;
  private final @Nullable Boolean[] present = new Boolean[VIEWS];
  private final Object[] values = new Object[FACTS.length];
  private Programs.@Nullable Reading programs;
  private String run = "";

  /** A line of Windows was filled with what an earlier action left. */
  private boolean folded;

  private @Nullable String statements;
  private @Nullable List<Leftover> left;
  private Programs.@Nullable Reading byThemselves;

  Readings(Arguments arguments, List<String> toolWords, Set<String> domains) {
    this(arguments, toolWords, domains, new Handover(arguments, toolWords, Leftovers.NONE));
  }

  /** The same, after what earlier actions of the task handed over. */
  Readings(Arguments arguments, List<String> toolWords, Set<String> domains, Handover handover) {
    this.written = arguments;
    this.encodings = Encodings.of(arguments);
    this.handover = handover;
    this.arguments =
        encodings.decoded().isEmpty() ? arguments : arguments.with(encodings.decoded());
    this.toolWords = toolWords;
    this.domains = domains;
  }

  /** Whether anything was found that an earlier action left. */
  boolean recalled() {
    Programs.Reading read = programs;
    if (handover.found() || !run.isEmpty() || folded) {
      return true;
    }
    return read != null && read.recalled() && differs(read);
  }

  /** Whether programs read otherwise than by themselves: most that is found changes nothing. */
  private boolean differs(Programs.Reading read) {
    Programs.Reading alone = Programs.read(commandLine(), programText(), domains);
    byThemselves = alone;
    return !alone.shell().equals(read.shell()) || !alone.code().equals(read.code());
  }

  /** The same arguments, their programs read by themselves; null where more than those differs. */
  @Nullable Readings alone() {
    Programs.Reading alone = byThemselves;
    return alone == null ? null : new Readings(this, alone);
  }

  @SuppressWarnings("EnumOrdinal")
  private Readings(Readings other, Programs.Reading programs) {
    this.written = other.written;
    this.encodings = other.encodings;
    this.handover = other.handover;
    this.arguments = other.arguments;
    this.toolWords = other.toolWords;
    this.domains = other.domains;
    this.programs = programs;
    for (View view : View.values()) {
      present[view.ordinal()] = isOfPrograms(view) ? null : other.present[view.ordinal()];
    }
    for (Fact fact : FACTS) {
      View view = fact.view();
      if (view != null && !isOfPrograms(view)) {
        values[fact.ordinal()] = other.values[fact.ordinal()];
      }
    }
  }

  private static boolean isOfPrograms(View view) {
    return view == View.SHELL || view == View.CODE || view == View.SQL;
  }

  /** What the action leaves for later ones of its task. */
  List<Leftover> left(boolean changes) {
    List<Leftover> known = left;
    if (known == null) {
      known = foundLeft(changes);
      left = known;
    }
    return known;
  }

  private List<Leftover> foundLeft(boolean changes) {
    List<Leftover> left = new ArrayList<>(programs().left());
    if (left.isEmpty()) {
      handover.left(changes, left);
    }
    String statements = statements();
    if (!statements.isEmpty()) {
      left.addAll(SqlNames.of(statements));
    }
    return left;
  }

  @SuppressWarnings("EnumOrdinal") // arrays by view and fact, for one action
  boolean present(View view) {
    Boolean known = present[view.ordinal()];
    if (known == null) {
      Map<Fact, Object> facts = read(view);
      facts.forEach((fact, value) -> values[fact.ordinal()] = value);
      known = !facts.isEmpty();
      present[view.ordinal()] = known;
    }
    return known;
  }

  @SuppressWarnings("EnumOrdinal")
  Object value(View view, Fact fact) {
    if (!present(view)) {
      return fact.type().absent();
    }
    Object value = values[fact.ordinal()];
    return value == null ? fact.type().absent() : value;
  }

  private Map<Fact, Object> read(View view) {
    return switch (view) {
      case SHELL -> programs().shell();
      case CODE -> programs().code();
      case SQL -> sql();
      case URL -> Urls.read(arguments, domains);
      case MAIL -> Mails.read(arguments, domains);
      case PATH -> Paths.read(arguments);
      case MONEY -> Money.read(arguments);
      case SECRET -> Secrets.read(arguments);
      case ENCODED -> encodings.facts();
      case TARGETS -> Targets.read(arguments);
      case TEXT -> text();
      case ABOUT -> About.read(arguments, toolWords);
    };
  }

  private Programs.Reading programs() {
    Programs.Reading reading = programs;
    if (reading == null) {
      reading = Programs.read(commandLine(), programText(), domains, handover.past());
      programs = reading;
    }
    return reading;
  }

  private String commandLine() {
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
    return isSqlTool() ? SqlReader.looksLike(leaf.text()) : SqlReader.looksPlain(leaf.text());
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

  private String programText() {
    StringBuilder code = new StringBuilder();
    for (Leaf leaf : arguments.leaves()) {
      if (CODE_NAMES.contains(leaf.key()) && !leaf.text().isBlank()) {
        code.append(leaf.text()).append('\n');
      }
    }
    return code.toString();
  }

  /** The statements of a database's language that the arguments hold. */
  private String statements() {
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
        if (isParted(text) && SqlReader.looksLike(text)) {
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

  private Map<Fact, Object> sql() {
    String statements = statements();
    if (statements.isEmpty()) {
      Object handed = programs().shell().get(SHELL_STATEMENTS);
      return handed instanceof List<?> list ? SqlReader.read(joined(list)) : Map.of();
    }
    return SqlReader.read(statements);
  }

  private static String joined(List<?> statements) {
    return statements.stream().map(String::valueOf).collect(Collectors.joining(";\n"));
  }

  private Map<Fact, Object> text() {
    long length = 0;
    Set<String> words = new LinkedHashSet<>();
    for (Leaf leaf : written.leaves()) {
      if (leaf.isNamed(TEXT_NAMES)) {
        length += leaf.text().length();
        words.addAll(Words.ofText(leaf.normal(), 3, MAX_TEXT_WORDS - words.size()));
      }
    }
    if (length == 0) {
      return Map.of();
    }
    Map<Fact, Object> facts = new FactMap();
    facts.put(TEXT_PRESENT, true);
    facts.put(TEXT_LENGTH, length);
    facts.put(TEXT_WORDS, List.copyOf(words));
    return facts;
  }
}
