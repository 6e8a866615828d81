/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one command line: follows what flows through its pipes, files and substitutions as far as
 * the line itself says it, and asks the {@link ShellCatalog} what each command does.
 */
final class ShellReader implements ShellWords.Shell {
  private static final int MAX_LAYERS = 8;

  private final Programs programs;
  private final Effects effects;
  private final ShellScope scope;
  private int layers;
  private boolean piped;
  private @Nullable ShellCommand previous;
  private String before = "";
  private final Flow given;
  private Flow in = Flow.EMPTY;
  private Flow out = Flow.EMPTY;

  /** Reads a line whose commands find this at their input, where nothing else is. */
  ShellReader(Programs programs, ShellScope scope, Flow given) {
    this.given = given;
    this.programs = programs;
    this.effects = programs.effects;
    this.scope = scope;
  }

  /** The facts of a line by itself. */
  static Map<Fact, Object> read(String line) {
    return Programs.read(line, "", Set.of()).shell();
  }

  Effects effects() {
    return effects;
  }

  ShellScope scope() {
    return scope;
  }

  /** Whether one more name may be looked for among all that are known. */
  boolean mayGlob() {
    return programs.mayGlob();
  }

  /** What the command being read finds at its input. */
  Flow input() {
    return in;
  }

  /** What the last command printed. */
  Flow output() {
    return out;
  }

  @Override
  public void command(ShellCommand command) {
    in = inputOf(command);
    piped = command.piped;
    ShellCommand bare = ShellWrappers.unwrap(ShellOperands.split(command, scope), this);
    Flow printed =
        bare == null
            ? Flow.EMPTY
            : run(ShellOperands.objects(bare, piped ? previous : null, scope));
    boolean text = bare != null && bare.size() == 1 && bare.name().indexOf(' ') > 0;
    if (text && bare != null && !command.writes.isEmpty()) {
      printed = Flow.ofWord(bare.name()); // a string by itself is what it prints
    }
    boolean nothing = bare == null || bare.name().equals(":") || bare.name().equals("true");
    for (String target : command.writes) {
      effects.writes(target, scope.folder());
      if (nothing && !command.appends && target.startsWith("/")) {
        effects.deletes(target, scope.folder(), target.indexOf('*') > 0);
      }
      if (command.appends) {
        scope.append(target, printed);
      } else {
        scope.file(target, printed);
      }
    }
    leave(command, printed);
    out = printed;
    before = bare == null ? "" : bare.name();
    previous = bare;
  }

  @Override
  public void looped(String body, ShellCommand end) {
    ShellCommand reads = scope.lastRead();
    int done = body.lastIndexOf("done");
    if (reads == null || done <= 0 || !programs.mayGlob()) {
      return;
    }
    Flow outer = in;
    in = inputOf(end);
    String text = in.text();
    if (text == null ? in.is(~Flow.LOCAL) : !text.isBlank()) {
      ShellFilters.read(reads, this);
      line(body.substring(0, done));
    }
    in = outer;
  }

  /** The command whose output this one reads, or "". */
  String before() {
    return piped ? before : "";
  }

  private void leave(ShellCommand command, Flow printed) {
    for (String target : command.writes) {
      if (target.startsWith("/dev/tcp/") && !printed.is(Flow.SECRET | Flow.LOCAL)) {
        effects.mark(SHELL_NETWORK);
      }
      if (target.startsWith("/dev/tcp/") && command.word(0).equals("exec")) {
        scope.connects();
      }
    }
  }

  private Flow inputOf(ShellCommand command) {
    if (command.input != null) {
      return Flow.ofWord(command.input);
    }
    if (!command.inputFile.isEmpty()) {
      return content(command.inputFile);
    }
    return command.piped ? out : given;
  }

  /** What a file holds, as far as the line says it; touches it. */
  Flow content(String path) {
    if (path.equals("/dev/stdin") || path.equals("-") || path.equals("/dev/fd/0")) {
      return in;
    }
    Flow known = scope.file(path);
    if (known != null) {
      return known;
    }
    boolean connected = ShellText.isNumber(path) && path.length() < 4 && scope.connected();
    if (path.startsWith("/dev/tcp/") || connected) {
      effects.mark(SHELL_NETWORK);
      scope.connects();
      return Flow.tainted(Flow.DOWNLOADED);
    }
    effects.path(path);
    effects.reads(path);
    int taints = Landmarks.taints(path);
    return new Flow(null, taints, scope.lost());
  }

  /** Reads a command whose wrappers are gone; what it prints. */
  Flow run(ShellCommand command) {
    String name = ShellNames.of(command, this);
    if (name.isEmpty()) {
      return unknownName(command);
    }
    String body = scope.function(name);
    if (body != null) {
      return call(name, body, command);
    }
    String alias = scope.takeAlias(name);
    if (alias != null) {
      Flow printed = aliased(alias, command);
      scope.alias(name, alias);
      return printed;
    }
    effects.command(name);
    ShellOperands.meant(command, programs);
    ShellOperands.operands(command, name, effects);
    ShellLater.read(name, command, this);
    return ShellCatalog.read(name, command, this);
  }

  /** Where an alias is plain words, what flows into the command flows into what they name. */
  private Flow aliased(String alias, ShellCommand command) {
    for (int i = 0; i < alias.length(); i++) {
      if (";|&$`()<>'\"\\\n".indexOf(alias.charAt(i)) >= 0) {
        return line(alias + " " + ShellNames.quoted(command.words, 1));
      }
    }
    List<String> words = new ArrayList<>();
    for (StringTokenizer parts = new StringTokenizer(alias); parts.hasMoreTokens(); ) {
      words.add(parts.nextToken());
    }
    words.addAll(command.words.subList(1, command.size()));
    return words.isEmpty() ? Flow.EMPTY : again(command.with(words));
  }

  /** Reads a command that another one starts. */
  Flow again(ShellCommand command) {
    if (layers >= MAX_LAYERS) {
      effects.mark(SHELL_OPAQUE);
      return Flow.UNKNOWN;
    }
    layers++;
    ShellCommand bare = ShellWrappers.unwrap(command, this);
    Flow printed = bare == null ? Flow.UNKNOWN : run(bare);
    layers--;
    return printed;
  }

  private Flow unknownName(ShellCommand command) {
    int taints = Flow.taints(command.name());
    effects.runs();
    if ((taints & (Flow.DOWNLOADED | Flow.DECODED)) != 0) {
      judgeOrigin(Flow.tainted(taints & (Flow.DOWNLOADED | Flow.DECODED)));
    } else {
      boolean made = (taints & Flow.MADE) != 0 && command.size() == 1;
      boolean built = Flow.isUnknown(command.name()) && (command.disguised || made);
      effects.mark(built ? SHELL_DYNAMIC : SHELL_OPAQUE);
    }
    return Flow.UNKNOWN;
  }

  private Flow call(String name, String body, ShellCommand command) {
    effects.command(name);
    for (int i = 1; i < Math.min(10, command.size()); i++) {
      scope.assign(Integer.toString(i), List.of(command.word(i)));
    }
    scope.assign("@", command.words.subList(1, command.size()));
    scope.assign("*", command.words.subList(1, command.size()));
    if ((command.piped || command.background) && ShellNames.calls(body, name)) {
      effects.mark(SHELL_EXHAUSTS);
      return Flow.UNKNOWN;
    }
    return line(body);
  }

  /** Reads a nested line with what this one has left behind. */
  Flow line(String text) {
    return programs.line(text, scope, in);
  }

  /** Reads program text; an unknown one is only run. */
  Flow program(Flow text, String language) {
    effects.runs();
    effects.mark(SHELL_INLINE_CODE);
    judgeOrigin(text);
    return text.text() == null ? Flow.UNKNOWN : programs.program(text.text(), language, scope);
  }

  /** Whether some program so far runs what it is not known to hold. */
  boolean runsInput() {
    return programs.code.runsUnknown() || programs.code.marked(CODE_OPAQUE);
  }

  /** Does what is known to be done by something whose text is not kept. */
  void does(long deeds) {
    if (deeds != 0) {
      Deeds.mark(deeds, programs);
    }
  }

  /** Something flows into an interpreter: what it says is read, where it comes from is judged. */
  void interpret(Flow text, String language) {
    effects.runs();
    judgeOrigin(text);
    does(text.deeds());
    if (text.text() == null) {
      return;
    }
    if (ShellCatalog.isShell(language)) {
      line(text.text());
    } else {
      programs.program(text.text(), language, scope);
    }
  }

  /** Text is run that is known in part at most: where it comes from says how bad that is. */
  void judgeOrigin(Flow text) {
    if (text.is(Flow.DOWNLOADED)) {
      effects.mark(scope.connected() ? SHELL_REMOTE_SHELL : SHELL_DOWNLOAD_RUN);
    }
    if (text.is(Flow.DECODED)) {
      effects.mark(SHELL_DECODE_RUN);
    } else if (text.is(Flow.MADE)) {
      effects.mark(SHELL_DYNAMIC);
    }
  }

  /** A shell or interpreter runs what flows into it through a pipe. */
  void interpretInput(String language) {
    boolean made = piped && in.text() == null && in.deeds() == 0;
    boolean known = in.is(Flow.DOWNLOADED | Flow.DECODED | Flow.LOCAL | Flow.MADE);
    interpret(made && !known ? in.with(Flow.MADE) : in, language);
  }

  @Override
  public @Nullable List<String> parameter(String expression) {
    return ShellParameter.expand(expression, scope);
  }

  @Override
  public String substitute(String line) {
    return nested(line).word();
  }

  @Override
  public String process(String line) {
    return scope.stream(nested(line));
  }

  private Flow nested(String line) {
    Flow printed = programs.line(line, scope);
    String text = printed.text();
    int end = text == null ? 0 : text.length();
    while (text != null && end > 0 && text.charAt(end - 1) == '\n') {
      end--;
    }
    if (text == null) {
      return printed;
    }
    if (printed.is(Flow.DECODED)) {
      effects.mark(SHELL_OBFUSCATED);
    }
    return new Flow(text.substring(0, end), printed.taints() & (Flow.SECRET | Flow.DOWNLOADED));
  }

  @Override
  public void function(String name, String body) {
    effects.runs();
    boolean bomb = ShellNames.forks(body, name);
    if (bomb) {
      effects.mark(SHELL_EXHAUSTS);
      return;
    }
    String own = body.replace("@args", "$@");
    programs.line(own, scope);
    scope.function(name, own);
  }

  @Override
  public void array(String name, String values) {
    List<String> words = new ArrayList<>();
    for (ShellCommand command : ShellNames.split(values, this)) {
      words.addAll(command.words);
    }
    boolean keyed = false;
    for (String word : words) {
      int close = word.startsWith("[") ? word.indexOf("]=") : -1;
      if (close > 1) {
        keyed = true;
        scope.element(name, word.substring(1, close), word.substring(close + 2));
      }
    }
    if (keyed) {
      return;
    }
    boolean adds = name.endsWith("+");
    String plain = adds ? name.substring(0, name.length() - 1) : name;
    List<String> before = adds ? scope.variable(plain) : null;
    if (before != null) {
      words.addAll(0, before);
    }
    scope.assign(plain, words);
  }

  @Override
  public void opaque() {
    effects.mark(SHELL_OPAQUE);
  }
}
