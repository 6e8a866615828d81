/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that are no variables: arguments, elements of loops, and both in lower case. Null wherever
 * only CEL can say.
 */
final class Terms {
  private final Operands operands;

  Terms(Operands operands) {
    this.operands = operands;
  }

  /** A value within loops. Throws {@link Undecided} where CEL fails. */
  @FunctionalInterface
  interface Term {
    @Nullable Object of(Loop loop);
  }

  /**
   * What stands in {@code expr}; {@code names} are those of the loops around it, outermost first.
   */
  @Nullable Term term(CelExpr expr, List<String> names) {
    return switch (expr.getKind()) {
      case IDENT -> element(expr.ident().name(), names);
      case SELECT ->
          operands.fact(expr.select().operand()) == Fact.ARGS && !expr.select().testOnly()
              ? argument(expr.select().field())
              : null;
      case CALL -> call(expr, names);
      default -> null;
    };
  }

  private static @Nullable Term element(String name, List<String> names) {
    int depth = names.lastIndexOf(name);
    return depth < 0 ? null : loop -> loop.element(depth);
  }

  private @Nullable Term call(CelExpr expr, List<String> names) {
    List<CelExpr> args = Operands.arguments(expr);
    String function = expr.call().function();
    if (function.equals("lower")) {
      Term text = term(args.get(0), names);
      return text == null ? null : loop -> loop.facts.lower(string(text.of(loop)));
    }
    if (function.equals("_[_]") && operands.fact(args.get(0)) == Fact.ARGS) {
      String constant = Operands.string(args.get(1));
      Term key = args.get(1).getKind() == Kind.IDENT ? term(args.get(1), names) : null;
      if (constant != null) {
        return argument(constant);
      }
      return key == null ? null : loop -> argument(loop, string(key.of(loop)));
    }
    return null;
  }

  private static Term argument(String name) {
    return loop -> argument(loop, name);
  }

  private static @Nullable Object argument(Loop loop, String name) {
    Map<String, ?> arguments = loop.facts.arguments();
    Object value = arguments.get(name);
    if (value == null && !arguments.containsKey(name)) {
      throw new Undecided();
    }
    return value;
  }

  static String string(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new Undecided();
  }
}
