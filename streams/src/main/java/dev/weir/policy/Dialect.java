/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * CEL as policies speak it: the standard environment, the variables of {@link Fact} and a few
 * functions. Regular expressions are RE2's, hence linear in the text; comprehensions end after
 * 10,000 steps; an expression has at most 4,000 characters. There is no {@code map}: one after
 * another, each doubling what it is given, would fill any memory.
 */
final class Dialect {
  /** Steps of all loops of one evaluation. */
  static final int MAX_STEPS = 10_000;

  /** Instructions of one regular expression. */
  static final int MAX_PATTERN = 1_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .maxExpressionCodePointSize(4_000)
          .maxParseRecursionDepth(60)
          .comprehensionMaxIterations(MAX_STEPS)
          .maxRegexProgramSize(MAX_PATTERN)
          .build();

  private final CelCompiler compiler = compiler();
  private final CelRuntime runtime =
      CelRuntimeFactory.plannerRuntimeBuilder()
          .setOptions(OPTIONS)
          .addFunctionBindings(bindings())
          .build();

  /** What is wrong with an expression, and where in it; line from 1, column from 0. */
  record Issue(int line, int column, String message) {}

  /** Either an expression or what is wrong with its text. */
  record Outcome(Expression expression, List<Issue> issues) {}

  Outcome compile(String text, boolean number) {
    Expression nothing = Expression.constant(false);
    try {
      CelValidationResult result = compiler.compile(text);
      if (result.hasError()) {
        return new Outcome(nothing, result.getErrors().stream().map(e -> issue(text, e)).toList());
      }
      CelAbstractSyntaxTree ast = result.getAst();
      CelType type = ast.getResultType();
      boolean fits =
          number
              ? type.equals(SimpleType.DOUBLE) || type.equals(SimpleType.INT)
              : type.equals(SimpleType.BOOL);
      if (!fits) {
        String what =
            "expression gives "
                + type.name()
                + "; write one that gives "
                + (number ? "a number" : "a boolean");
        return new Outcome(nothing, List.of(new Issue(1, 0, what)));
      }
      Reads reads = Reads.of(ast);
      Shortcuts shortcuts = new Shortcuts(ast);
      Expression expression =
          number
              ? Expression.number(
                  text, runtime.createProgram(ast), reads, shortcuts.quantity(ast.getExpr()))
              : Expression.condition(
                  text, runtime.createProgram(ast), reads, shortcuts.guard(ast.getExpr()));
      return new Outcome(expression, List.of());
    } catch (CelValidationException | CelEvaluationException e) {
      return new Outcome(nothing, List.of(new Issue(1, 0, String.valueOf(e.getMessage()))));
    }
  }

  private static Issue issue(String text, CelIssue issue) {
    int line = Math.max(1, issue.getSourceLocation().getLine());
    int column = Math.max(0, issue.getSourceLocation().getColumn());
    String message = issue.getMessage();
    if (message.startsWith("undeclared reference")) {
      return new Issue(line, column, undeclared(nameAt(text, line, column), message));
    }
    int candidates = message.indexOf(" (candidates:");
    return new Issue(line, column, candidates < 0 ? message : message.substring(0, candidates));
  }

  /** CEL names only the first part of a dotted name. */
  private static String undeclared(String name, String message) {
    if (name.isEmpty()) {
      return message;
    }
    List<String> known = Stream.of(Fact.values()).map(Fact::cel).toList();
    return "there is no variable '"
        + name
        + "'"
        + Near.nearest(name, known).map(n -> ", but there is '" + n + "'").orElse("");
  }

  /** The dotted name that stands at a place, or "". */
  private static String nameAt(String text, int line, int column) {
    List<String> lines = text.lines().toList();
    String at = line <= lines.size() ? lines.get(line - 1) : "";
    int end = Math.min(column, at.length());
    while (end < at.length()
        && (Character.isLetterOrDigit(at.charAt(end))
            || at.charAt(end) == '.'
            || at.charAt(end) == '_')) {
      end++;
    }
    return at.substring(Math.min(column, end), end);
  }

  private static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(
                CelStandardMacro.HAS,
                CelStandardMacro.ALL,
                CelStandardMacro.EXISTS,
                CelStandardMacro.EXISTS_ONE,
                CelStandardMacro.FILTER)
            .addFunctionDeclarations(
                function("log10", SimpleType.DOUBLE, SimpleType.DYN),
                function("decades", SimpleType.DOUBLE, SimpleType.DYN),
                function("number", SimpleType.DOUBLE, SimpleType.DYN),
                function("lower", SimpleType.STRING, SimpleType.STRING),
                function("min", SimpleType.DOUBLE, SimpleType.DYN, SimpleType.DYN),
                function("max", SimpleType.DOUBLE, SimpleType.DYN, SimpleType.DYN),
                function(
                    "overlaps",
                    SimpleType.BOOL,
                    ListType.create(SimpleType.STRING),
                    ListType.create(SimpleType.STRING)));
    for (Fact fact : Fact.values()) {
      builder.addVar(fact.cel(), type(fact.type()));
    }
    return builder.build();
  }

  private static CelFunctionDecl function(String name, CelType result, CelType... arguments) {
    return CelFunctionDecl.newFunctionDeclaration(
        name, CelOverloadDecl.newGlobalOverload(name + "_weir", result, arguments));
  }

  private static CelType type(Fact.Type type) {
    return switch (type) {
      case BOOL -> SimpleType.BOOL;
      case INT -> SimpleType.INT;
      case DOUBLE -> SimpleType.DOUBLE;
      case STRING -> SimpleType.STRING;
      case STRINGS -> ListType.create(SimpleType.STRING);
      case ATTRIBUTES -> MapType.create(SimpleType.STRING, SimpleType.STRING);
      case ARGUMENTS -> MapType.create(SimpleType.STRING, SimpleType.DYN);
    };
  }

  private static Set<CelFunctionBinding> bindings() {
    Set<CelFunctionBinding> all = new HashSet<>();
    all.addAll(binding("log10", x -> log10(number(x))));
    all.addAll(binding("decades", x -> decades(number(x))));
    all.addAll(binding("number", x -> number(x)));
    all.addAll(binding("min", (a, b) -> Math.min(number(a), number(b))));
    all.addAll(binding("max", (a, b) -> Math.max(number(a), number(b))));
    all.addAll(
        CelFunctionBinding.fromOverloads(
            "lower", CelFunctionBinding.from("lower_weir", String.class, LowerCase::of)));
    all.addAll(
        CelFunctionBinding.fromOverloads(
            "overlaps",
            CelFunctionBinding.from(
                "overlaps_weir", Collection.class, Collection.class, (a, b) -> overlaps(a, b))));
    return all;
  }

  private static Set<CelFunctionBinding> binding(
      String name, CelFunctionOverload.Unary<Object> function) {
    return CelFunctionBinding.fromOverloads(
        name, CelFunctionBinding.from(name + "_weir", Object.class, function));
  }

  private static Set<CelFunctionBinding> binding(
      String name, CelFunctionOverload.Binary<Object, Object> function) {
    return CelFunctionBinding.fromOverloads(
        name, CelFunctionBinding.from(name + "_weir", Object.class, Object.class, function));
  }

  static double log10(double x) {
    return Math.log10(Math.max(x, 1e-12));
  }

  static double decades(double x) {
    return Math.log10(1 + Math.max(x, 0));
  }

  private static double number(Object x) {
    if (x instanceof Number n) {
      return n.doubleValue();
    }
    if (x instanceof String s && s.length() <= 40) {
      try {
        double value = Double.parseDouble(s.trim());
        return Double.isFinite(value) ? value : 0;
      } catch (NumberFormatException e) {
        return 0;
      }
    }
    return 0;
  }

  static boolean overlaps(Collection<?> a, Collection<?> b) {
    for (Object x : a) {
      if (b.contains(x)) {
        return true;
      }
    }
    return false;
  }
}
