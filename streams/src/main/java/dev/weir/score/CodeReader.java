/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads program text as far as names, literals and calls tell what it does: imports and their
 * aliases, strings that are put together, calls with their arguments. It follows no control flow:
 * what is written is taken as done. Each token is read once, to forty levels of brackets.
 */
final class CodeReader extends CodeImports {
  /** Any language: Python, JavaScript or their like. */
  static final String ANY = "";

  private static final int MAX_DEPTH = 40;

  /** Of a longer sum only is known where it comes from: each addition copies. */
  private static final int MAX_SUMS = 500;

  /** Of these a value that is made of letters' numbers or of turned letters comes. */
  private static final Set<String> DECODES = Set.of("chr", "unpack", "pack", "fromCharCode");

  private static final Set<String> PREFIXES = Set.of("await", "new", "void", "typeof", "yield");
  private static final Set<String> COMMANDS = Set.of("perl", "ruby", "php", "lua", "awk", "tcl");
  private static final Set<String> CALLS_BARE = Set.of("perl", "ruby");
  private static final Set<String> RUN_BACKQUOTED = Set.of("perl", "ruby", "php", "groovy");
  private static final Set<String> DEFINES = Set.of("def", "function", "sub", "fn", "func");
  private static final Set<String> OWN = Set.of("self", "cls", "this");
  private static final Set<String> DECLARES = Set.of("const", "let", "var");
  private static final Set<String> SKIPPED =
      Names.of(
          """
          await new not return yield lambda if else elif for in while and or print const
          let var my our local try except finally with as def class function async assert
          raise throw typeof void delete do then end use no BEGIN END is static public
          private export default unless puts echo case switch of
          """);

  private final String source;
  private final String language;
  private final Programs programs;
  private final ShellScope scope;
  private final CodeCalls calls;
  private Map<String, CodeValue> named = new HashMap<>();
  private CodeValue last = CodeValue.UNKNOWN;

  /** Whether a member of something was given a value. */
  private boolean dotted;

  private int depth;
  private int objects;
  private final Map<String, CodeValue> looped = new HashMap<>(0);
  private final CodePrints prints = new CodePrints();

  CodeReader(String text, String language, Programs programs, ShellScope scope) {
    super(new CodeLexer(text), programs.code);
    this.source = text;
    this.language = language;
    this.programs = programs;
    this.scope = scope;
    this.calls = new CodeCalls(this);
  }

  /** The facts of a program by itself. */
  static Map<Fact, Object> read(String text) {
    return Programs.read("", text, Set.of()).code();
  }

  void run() {
    facts.present();
    if (magics()) {
      return;
    }
    while (at < tokens.size()) {
      statement();
    }
    if (language.equals(ANY)) {
      handed();
    }
    if (facts.empties()) {
      for (int i = 0; i < Math.min(tokens.size(), 2_000); i++) {
        String path = tokens.kind(i) == CodeLexer.STRING ? tokens.text(i) : "";
        if (path.startsWith("/") && path.length() > 1) {
          effects().deletes(path, scope.folder(), facts.emptiesFolders());
        }
      }
    }
  }

  @Override
  @Nullable CodeValue loads(String module) {
    CodeValue loaded = new CodeMemory(this).loads(module, language);
    dotted |= loaded != null;
    return loaded;
  }

  /** What own functions are handed, where they run or delete what they are handed. */
  private void handed() {
    if (facts.runsUnknown()) {
      CodeHoles.commands(tokens).forEach(line -> programs.line(line, scope));
    }
    for (String text : facts.handed()) {
      if (facts.runsUnknown() && text.indexOf(' ') > 0) {
        programs.line(text, scope);
      }
      if (facts.deletesUnknown() && text.indexOf('/') >= 0 && text.indexOf(' ') < 0) {
        effects().deletes(text, scope.folder(), true);
      }
    }
  }

  /** What it prints. */
  Flow printed() {
    return prints.flow();
  }

  /** What a name, or a field of some object, stands for. */
  CodeValue nameOrField(String name) {
    return names.getOrDefault(name, CodeValue.UNKNOWN);
  }

  Programs programs() {
    return programs;
  }

  /** Whether {@code exec} runs a command in this language, and no program text. */
  boolean execsCommands() {
    return COMMANDS.contains(language);
  }

  CodeFacts facts() {
    return facts;
  }

  ShellScope scope() {
    return scope;
  }

  /** What it does to the machine; from now on the shell view is present. */
  Effects effects() {
    facts.act();
    programs.effects.runs();
    return programs.effects;
  }

  /** Lines and cells of a notebook that are command lines; true if the whole cell is one. */
  private boolean magics() {
    for (String magic : List.of("%system ", "%sx ", "!!")) {
      if (source.startsWith(magic)) {
        effects();
        programs.line(source.substring(magic.length()), scope);
        return true;
      }
    }
    if (source.startsWith("%%bash") || source.startsWith("%%sh") || source.startsWith("%%script")) {
      int newline = source.indexOf('\n');
      effects();
      programs.line(newline < 0 ? "" : source.substring(newline + 1), scope);
      return true;
    }
    int bang = source.startsWith("!") ? 0 : source.indexOf("\n!") + 1;
    for (int n = 0;
        n < 50 && bang >= 0 && bang < source.length() && source.charAt(bang) == '!';
        n++) {
      int end = source.indexOf('\n', bang);
      String line = source.substring(bang + 1, end < 0 ? source.length() : end);
      effects();
      programs.line(line, scope);
      int next = end < 0 ? -1 : source.indexOf("\n!", end);
      bang = next < 0 ? -1 : next + 1;
    }
    return false;
  }

  private void statement() {
    if (tokens.kind(at) != CodeLexer.NAME) {
      if (!operandStarts()) {
        at++;
      } else {
        expression();
      }
      return;
    }
    String word = tokens.text(at);
    if (word.equals("import") || word.equals("from")) {
      imports(word.equals("from"));
    } else if (loops(at)) {
      at += 2;
      CodeValue all = expression();
      names.put(word, all.items().isEmpty() ? CodeValue.tainted(all.taints()) : all.items().get(0));
      if (!all.items().isEmpty()) {
        looped.put(word, all);
      }
    } else if (tokens.is(at + 1, '+') && tokens.is(at + 2, '=') && names.containsKey(word)) {
      added(word);
    } else if (DEFINES.contains(word) && tokens.kind(at + 1) == CodeLexer.NAME) {
      facts.defines(tokens.text(at + 1));
      at++;
    } else if (tokens.is(at + 1, '{') && DECLARES.contains(word)) {
      destructured();
    } else if (depth == 0 && several(at)) {
      listed(',');
    } else if (tokens.is(at + 1, '[') && DECLARES.contains(word)) {
      at += 2;
      listed(']');
    } else if (assigns(at + 1)) {
      at += 2;
      if (tokens.text(at).equals("lambda") || isArrow(at)) {
        facts.defines(word);
      }
      CodeValue value = expression();
      if (names.size() < 1_000) {
        names.put(word, value);
      }
      named.put(word, value);
    } else if (word.equals("as") && tokens.kind(at + 1) == CodeLexer.NAME) {
      names.put(tokens.text(at + 1), last);
      at += 2;
    } else {
      last = expression();
      if (last.name().indexOf('.') > 0 && tokens.is(at, '=') && !tokens.is(at + 1, '=')) {
        at++;
        names.put(last.name(), expression());
        dotted = true;
      }
    }
  }

  /** {@code NAME += …}; what a loop adds is all that it goes through. */
  private void added(String word) {
    at += 3;
    CodeValue before = names.getOrDefault(word, CodeValue.UNKNOWN);
    boolean alone = tokens.kind(at) == CodeLexer.NAME && !tokens.is(at + 1, '(');
    CodeValue all = alone && before.text() != null ? looped.get(tokens.text(at)) : null;
    CodeValue more = expression();
    CodeValue joined = all == null ? null : CodeTexts.joined(all);
    if (before.text() != null) {
      names.put(word, before.plus(joined == null ? more : joined));
    } else if (!before.items().isEmpty() && before.items().size() < 100) {
      List<CodeValue> items = new ArrayList<>(before.items());
      items.addAll(more.items().isEmpty() ? List.of(more) : more.items());
      names.put(word, CodeValue.list(items));
    }
  }

  /** {@code (a, b) => …}, {@code a => …}. */
  private boolean isArrow(int i) {
    for (int k = i; k < i + 8; k++) {
      if (tokens.is(k, '=') && tokens.is(k + 1, '>')) {
        return true;
      }
    }
    return false;
  }

  /** {@code for NAME in …}, {@code for (const NAME of …)}. */
  private boolean loops(int i) {
    String next = tokens.text(i + 1);
    if (i == 0 || !(next.equals("in") || next.equals("of"))) {
      return false;
    }
    String before = tokens.text(i - 1);
    return before.equals("for") || DECLARES.contains(before);
  }

  private boolean assigns(int i) {
    boolean equals = tokens.is(i, '=') && !tokens.is(i + 1, '=') && !tokens.is(i + 1, '>');
    boolean colon = tokens.is(i, ':') && depth > 0;
    return equals || colon;
  }

  private boolean operandStarts() {
    byte kind = tokens.kind(at);
    return kind == CodeLexer.STRING
        || kind == CodeLexer.BACKQUOTED
        || kind == CodeLexer.NUMBER
        || tokens.is(at, '(')
        || tokens.is(at, '[')
        || tokens.is(at, '{');
  }

  @Override
  CodeValue expression() {
    CodeValue value = operand();
    int sums = 0;
    while (tokens.is(at, '+') || (tokens.is(at, '.') && tokens.kind(at + 1) == CodeLexer.STRING)) {
      at++;
      if (tokens.is(at, '=')) {
        at++;
      }
      CodeValue more = operand();
      value =
          sums++ < MAX_SUMS ? value.plus(more) : CodeValue.tainted(value.taints() | more.taints());
    }
    if (tokens.is(at, '%') && value.text() != null) {
      at++;
      CodeValue filled = operand();
      return CodeValue.text(
          CodeHoles.placed(value.text(), filled), value.taints() | filled.taints());
    }
    return value;
  }

  private CodeValue operand() {
    CodeValue value = primary();
    while (true) {
      if (tokens.is(at, '.') && tokens.kind(at + 1) == CodeLexer.NAME) {
        value = attribute(value, tokens.text(at + 1));
        at += 2;
      } else if ((tokens.is(at, '-') && tokens.is(at + 1, '>'))
          || (tokens.is(at, ':') && tokens.is(at + 1, ':') && depth == 0)) {
        value = attribute(value, tokens.text(at + 2));
        at += 3;
      } else if (tokens.is(at, '?') && tokens.is(at + 1, '.')) {
        at++;
      } else if (tokens.is(at, '(')) {
        value = call(value);
      } else if (tokens.is(at, '[')) {
        value = subscript(value);
      } else {
        return bareMethod(value);
      }
    }
  }

  /** {@code FileUtils.rm_rf "…"}: a method's arguments stand behind it without brackets. */
  private CodeValue bareMethod(CodeValue value) {
    boolean method =
        CALLS_BARE.contains(language)
            && tokens.kind(at) == CodeLexer.STRING
            && value.name().indexOf('.') > 0
            && depth < MAX_DEPTH;
    if (!method) {
      return value;
    }
    facts.call(value.member());
    depth++;
    List<CodeValue> given = new ArrayList<>(List.of(expression()));
    while (tokens.is(at, ',') && given.size() < 20) {
      at++;
      given.add(expression());
    }
    depth--;
    return calls.call(value, given, Map.of());
  }

  private CodeValue attribute(CodeValue value, String name) {
    if (name.equals("__dict__") || name.equals("default")) {
      return value;
    }
    CodeValue member = value.member(name);
    CodeValue known = dotted ? names.get(member.name()) : null;
    boolean own = value.text() == null && (value.name().isEmpty() || OWN.contains(value.name()));
    if (own && known == null && !tokens.is(at + 2, '(')) {
      CodeValue field = names.get(name);
      known = field == null || field.text() == null ? null : field;
    }
    return known == null ? member : known;
  }

  private CodeValue primary() {
    byte kind = tokens.kind(at);
    String text = tokens.text(at);
    at++;
    switch (kind) {
      case CodeLexer.STRING -> {
        return strings(filled(text));
      }
      case CodeLexer.BACKQUOTED -> {
        return backquoted(filled(text));
      }
      case CodeLexer.NUMBER -> {
        return CodeValue.text(text, 0);
      }
      case CodeLexer.NAME -> {
        return name(text);
      }
      default -> {
        return bracket(text);
      }
    }
  }

  private CodeValue strings(String first) {
    if (tokens.kind(at) != CodeLexer.STRING) {
      return CodeValue.text(first, 0);
    }
    StringBuilder all = new StringBuilder(first);
    while (tokens.kind(at) == CodeLexer.STRING) {
      all.append(filled(tokens.text(at++)));
    }
    return CodeValue.text(all.toString(), 0);
  }

  private String filled(String text) {
    return CodeHoles.filled(text, language, names);
  }

  private CodeValue backquoted(String text) {
    if (RUN_BACKQUOTED.contains(language)) {
      effects();
      facts.mark(CODE_EXECUTES);
      programs.line(text, scope);
      return CodeValue.UNKNOWN;
    }
    return CodeValue.text(text, 0);
  }

  private CodeValue name(String text) {
    if (PREFIXES.contains(text) && depth < MAX_DEPTH && goesOn()) {
      depth++;
      CodeValue value = operand();
      depth--;
      return value;
    }
    if (SKIPPED.contains(text) && !tokens.is(at, '(') && !tokens.is(at, '.')) {
      return bareCall(text);
    }
    if (CodePrints.isPrint(text) && !tokens.is(at, '(')) {
      return bareCall(text);
    }
    CodeValue known = names.get(text.startsWith("$") ? text.substring(1) : text);
    if (known == null) {
      known = names.get(text);
    }
    if (known == null && text.equals("$_")) {
      String line = scope.text("_");
      known = line == null ? null : CodeValue.text(line, 0);
    }
    known =
        known == null && scope.hasPast() && language.equals(ANY)
            ? CodeMemory.recalled(text, scope)
            : known;
    return known == null ? bareCall(text) : known;
  }

  /** Whether an operand stands here that the word before says something of. */
  private boolean goesOn() {
    byte kind = tokens.kind(at);
    boolean named = kind == CodeLexer.NAME && !SKIPPED.contains(tokens.text(at));
    return named || kind == CodeLexer.STRING || tokens.is(at, '(');
  }

  /** Perl, Ruby and PHP call without brackets: {@code system "…"}. */
  private CodeValue bareCall(String text) {
    boolean follows = operandStarts() || tokens.kind(at) == CodeLexer.NAME;
    if (CodePrints.isPrint(text) && follows && !tokens.is(at, '(') && depth < MAX_DEPTH) {
      depth++;
      prints.add(expression());
      depth--;
      return CodeValue.UNKNOWN;
    }
    CodeValue value =
        DECODES.contains(text) && !tokens.is(at, '(')
            ? CodeValue.named(text).with(Flow.DECODED)
            : CodeValue.named(text);
    boolean evaluates =
        CodeCalls.isBare(text)
            && !text.equals("require")
            && tokens.kind(at) == CodeLexer.NAME
            && depth < MAX_DEPTH
            && !SKIPPED.contains(tokens.text(at));
    if (evaluates) {
      facts.call(text);
      depth++;
      List<CodeValue> given = new ArrayList<>(List.of(expression()));
      while (CALLS_BARE.contains(language) && tokens.is(at, ',') && given.size() < 20) {
        at++;
        given.add(expression());
      }
      depth--;
      return calls.call(value, given, Map.of());
    }
    if (CALLS_BARE.contains(language) && depth < MAX_DEPTH && takesBare(text)) {
      facts.call(text);
      depth++;
      List<CodeValue> given = new ArrayList<>(List.of(expression()));
      while (tokens.is(at, ',') && given.size() < 20) {
        at++;
        given.add(expression());
      }
      depth--;
      return calls.call(value, given, Map.of());
    }
    if (tokens.kind(at) == CodeLexer.STRING && CodeCalls.isBare(text)) {
      facts.call(text);
      List<CodeValue> arguments = new ArrayList<>();
      arguments.add(expression());
      while (tokens.is(at, ',') && tokens.kind(at + 1) == CodeLexer.STRING) {
        at++;
        arguments.add(expression());
      }
      return calls.call(value, arguments, Map.of());
    }
    return value;
  }

  /** Whether a function stands before an operand without brackets, on the same line of thought. */
  private boolean takesBare(String text) {
    byte kind = tokens.kind(at);
    String next = tokens.text(at);
    boolean operand = kind == CodeLexer.STRING || (kind == CodeLexer.NAME && next.startsWith("$"));
    return operand && !SKIPPED.contains(text) && !text.startsWith("$");
  }

  private CodeValue bracket(String sign) {
    boolean list = sign.equals("[") || sign.equals("(");
    if (!list && !sign.equals("{")) {
      return CodeValue.UNKNOWN;
    }
    char close = sign.equals("[") ? ']' : sign.equals("(") ? ')' : '}';
    if (close == '}') {
      return object();
    }
    List<CodeValue> items = items(close);
    if (close == ')') {
      return items.size() == 1 ? items.get(0) : CodeValue.list(items);
    }
    return CodeValue.list(items);
  }

  /**
   * An object's fields are kept under a name of its own; the call that it stands in has them too.
   */
  private CodeValue object() {
    Map<String, CodeValue> outer = named;
    named = new HashMap<>(4);
    List<CodeValue> items = items('}');
    outer.putAll(named);
    String name = "{" + ++objects + "}";
    for (Map.Entry<String, CodeValue> field : named.entrySet()) {
      if (names.size() < 1_000) {
        names.put(name + "." + field.getKey(), field.getValue());
        dotted = true;
      }
    }
    boolean empty = named.isEmpty();
    named = outer;
    int taints = CodeValue.list(items).taints();
    return empty ? CodeValue.tainted(taints) : CodeValue.named(name).with(taints);
  }

  /** Reads up to the closing sign; values with a name go to the call that they stand in. */
  private List<CodeValue> items(char close) {
    List<CodeValue> items = new ArrayList<>();
    if (depth >= MAX_DEPTH) {
      return items;
    }
    depth++;
    while (at < tokens.size() && !tokens.is(at, close)) {
      int before = at;
      if (tokens.kind(at) == CodeLexer.NAME
          && (assigns(at + 1)
              || SKIPPED.contains(tokens.text(at))
              || tokens.text(at).equals("import"))) {
        statement();
      } else if (tokens.kind(at) == CodeLexer.STRING && tokens.is(at + 1, ':')) {
        String key = tokens.text(at);
        at += 2;
        CodeValue value = expression();
        named.put(key, value);
        boolean known = value.text() != null || value.name().indexOf('.') > 0;
        if (known && names.size() < 1_000) {
          names.putIfAbsent(key, value);
        }
      } else if (tokens.kind(at) == CodeLexer.NAME || operandStarts()) {
        items.add(expression());
      } else {
        at++;
      }
      at = Math.max(at, before + 1);
    }
    at++;
    depth--;
    return items;
  }

  private CodeValue call(CodeValue callee) {
    at++;
    Map<String, CodeValue> outer = named;
    named = new HashMap<>(4);
    List<CodeValue> arguments = items(')');
    Map<String, CodeValue> own = named;
    named = outer;
    if (!callee.name().isEmpty()) {
      facts.call(callee.member());
      facts.hands(callee.member(), arguments);
    }
    prints.call(callee, arguments);
    boolean chosen = callee.name().isEmpty() && callee.items().size() > 1;
    CodeValue last = chosen ? callee.items().get(callee.items().size() - 1) : callee;
    if (chosen && !last.name().isEmpty()) { // (0, f)(…)
      return calls.call(last, arguments, own);
    }
    String said = callee.text();
    boolean byName = said != null && callee.name().isEmpty() && CodeCalls.isFunction(said);
    return calls.call(byName && said != null ? CodeValue.named(said) : callee, arguments, own);
  }

  private CodeValue subscript(CodeValue value) {
    boolean reversed = tokens.is(at + 1, ':') && tokens.is(at + 2, ':') && tokens.is(at + 3, '-');
    CodeValue slice = value.text() == null ? null : CodeHoles.slice(value, tokens, at);
    at++;
    List<CodeValue> items = items(']');
    if (slice != null) {
      return slice;
    }
    if (reversed && value.text() != null) {
      return CodeValue.text(
          new StringBuilder(value.text()).reverse().toString(), value.taints() | Flow.DECODED);
    }
    if (reversed && !value.items().isEmpty()) {
      List<CodeValue> turned = new ArrayList<>(value.items());
      Collections.reverse(turned);
      return CodeValue.list(turned).with(Flow.DECODED);
    }
    String key = items.size() == 1 ? items.get(0).text() : null;
    CodeValue field = key == null || !dotted ? null : names.get(value.name() + "." + key);
    if (field != null) {
      return field;
    }
    if (value.name().endsWith("environ") || value.name().endsWith("process.env")) {
      return CodeCalls.environment(key);
    }
    if (key != null && !value.items().isEmpty() && ShellText.isNumber(key) && key.length() < 4) {
      int i = Integer.parseInt(key);
      return i < value.items().size() ? value.items().get(i) : CodeValue.UNKNOWN;
    }
    boolean unnamed = value.name().isEmpty() || value.name().startsWith("{");
    if (key != null && unnamed && value.text() == null && names.containsKey(key)) {
      return names.get(key);
    }
    boolean member = key != null && !value.name().isEmpty() && !ShellText.isNumber(key);
    if (member && key != null) {
      return CodeValue.named(owner(value) + key);
    }
    boolean word = key != null && key.length() < 60 && CodeTexts.isWord(key);
    return word && key != null ? value.member(key) : CodeValue.tainted(value.taints());
  }

  private static String owner(CodeValue value) {
    String name = value.name();
    return name.equals("globals")
            || name.equals("locals")
            || name.equals("sys.modules")
            || name.equals("__builtins__")
            || name.equals("builtins")
            || name.equals("window")
            || name.equals("globalThis")
            || name.equals("global")
        ? ""
        : name + ".";
  }
}
