/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What stands in brackets in a program: lists, objects and their fields, the arguments of calls,
 * what is chosen from a value. To forty levels.
 */
abstract class CodeBrackets extends CodeImports {
  static final int MAX_DEPTH = 40;

  static final Set<String> SKIPPED =
      Names.of(
          """
          await new not return yield lambda if else elif for in while and or print const
          let var my our local try except finally with as def class function async assert
          raise throw typeof void delete do then end use no BEGIN END is static public
          private export default unless puts echo case switch of
          """);

  Map<String, CodeValue> named = new HashMap<>();

  /** Whether a member of something was given a value. */
  boolean dotted;

  private int objects;

  int depth;

  final CodePrints prints = new CodePrints();

  CodeBrackets(CodeLexer tokens, CodeFacts facts) {
    super(tokens, facts);
  }

  /** Reads one statement. */
  abstract void statement();

  /** What calls do. */
  abstract CodeCalls calls();

  /** What it prints. */
  Flow printed() {
    return prints.flow();
  }

  boolean assigns(int i) {
    boolean equals = tokens.is(i, '=') && !tokens.is(i + 1, '=') && !tokens.is(i + 1, '>');
    boolean colon = tokens.is(i, ':') && depth > 0;
    return equals || colon;
  }

  boolean operandStarts() {
    byte kind = tokens.kind(at);
    return kind == CodeLexer.STRING
        || kind == CodeLexer.BACKQUOTED
        || kind == CodeLexer.NUMBER
        || tokens.is(at, '(')
        || tokens.is(at, '[')
        || tokens.is(at, '{');
  }

  /** What brackets stand for that begin with this sign, already read. */
  CodeValue bracket(String sign) {
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

  /** Reads the arguments of a call; what it gives. */
  CodeValue call(CodeValue callee) {
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
      return calls().call(last, arguments, own);
    }
    String said = callee.text();
    boolean byName = said != null && callee.name().isEmpty() && CodeCalls.isFunction(said);
    return calls().call(byName && said != null ? CodeValue.named(said) : callee, arguments, own);
  }

  /** Reads what stands in square brackets behind a value; what it chooses. */
  CodeValue subscript(CodeValue value) {
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
