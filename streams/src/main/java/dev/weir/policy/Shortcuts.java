/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.SimpleType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Translates checked CEL expressions of the simple kinds that rules are made of into plain Java:
 * and, or, not, comparisons, membership and overlap of lists, conditionals, sums and the policy
 * language's own functions, over variables and constants. CEL is the reference: what is translated
 * gives the same value on all facts, and what is not is left to CEL.
 */
final class Shortcuts {
  private static final long MAX_EXACT = 1L << 53;

  private final Operands operands;
  private final Loops loops;

  Shortcuts(CelAbstractSyntaxTree ast) {
    this.operands = new Operands(ast);
    this.loops = new Loops(operands, this::exact);
  }

  /** What must hold for {@code expr}, or null where nothing is known without CEL. */
  @Nullable Guard guard(CelExpr expr) {
    Condition plain = plain(expr);
    if (plain != null) {
      return Guard.exactly(plain);
    }
    if (expr.getKind() != Kind.CALL) {
      return null;
    }
    List<CelExpr> args = Operands.arguments(expr);
    return switch (expr.call().function()) {
      case "_&&_" -> Guard.and(guard(args.get(0)), guard(args.get(1)));
      case "_||_" -> Guard.or(guard(args.get(0)), guard(args.get(1)));
      case "!_" -> Guard.not(guard(args.get(0)));
      default -> null;
    };
  }

  /** The number that {@code expr} gives, or null where only CEL can say. */
  @Nullable Quantity quantity(CelExpr expr) {
    Fact fact = operands.fact(expr);
    if (fact != null) {
      boolean number = fact.type() == Fact.Type.INT || fact.type() == Fact.Type.DOUBLE;
      return number ? facts -> ((Number) facts.value(fact)).doubleValue() : null;
    }
    if (expr.getKind() == Kind.CONSTANT) {
      return constant(expr.constant());
    }
    return expr.getKind() == Kind.CALL ? computed(expr) : null;
  }

  private static @Nullable Quantity constant(CelConstant constant) {
    if (constant.getKind() == CelConstant.Kind.DOUBLE_VALUE) {
      double value = constant.doubleValue();
      return facts -> value;
    }
    if (constant.getKind() == CelConstant.Kind.INT64_VALUE
        && Math.abs(constant.int64Value()) <= MAX_EXACT) {
      double value = constant.int64Value();
      return facts -> value;
    }
    return null;
  }

  private @Nullable Quantity computed(CelExpr expr) {
    List<CelExpr> args = Operands.arguments(expr);
    String function = expr.call().function();
    if (function.equals("size")) {
      Fact list = operands.fact(args.get(0), Fact.Type.STRINGS);
      return list == null ? null : facts -> ((Collection<?>) facts.value(list)).size();
    }
    if (function.equals("_?_:_")) {
      return choice(exact(args.get(0)), quantity(args.get(1)), quantity(args.get(2)));
    }
    Quantity a = quantity(args.get(0));
    if (a == null) {
      return null;
    }
    if (args.size() == 1) {
      return unary(function, a);
    }
    Quantity b = quantity(args.get(1));
    return b == null || args.size() > 2 ? null : binary(function, a, b, expr);
  }

  private static @Nullable Quantity choice(
      @Nullable Condition condition, @Nullable Quantity yes, @Nullable Quantity no) {
    return condition == null || yes == null || no == null
        ? null
        : facts -> condition.test(facts) ? yes.of(facts) : no.of(facts);
  }

  private static @Nullable Quantity unary(String function, Quantity a) {
    return switch (function) {
      case "log10" -> facts -> Dialect.log10(a.of(facts));
      case "decades" -> facts -> Dialect.decades(a.of(facts));
      case "number", "double" -> a;
      default -> null;
    };
  }

  /** Whole numbers overflow in CEL, so their arithmetic is left to it. */
  private @Nullable Quantity binary(String function, Quantity a, Quantity b, CelExpr expr) {
    if (!operands.is(expr, SimpleType.DOUBLE)) {
      return null;
    }
    return switch (function) {
      case "min" -> facts -> Math.min(a.of(facts), b.of(facts));
      case "max" -> facts -> Math.max(a.of(facts), b.of(facts));
      case "_+_" -> facts -> a.of(facts) + b.of(facts);
      case "_-_" -> facts -> a.of(facts) - b.of(facts);
      case "_*_" -> facts -> a.of(facts) * b.of(facts);
      case "_/_" -> facts -> a.of(facts) / b.of(facts);
      default -> null;
    };
  }

  private @Nullable Condition exact(CelExpr expr) {
    Guard guard = guard(expr);
    return guard == null || !guard.exact() ? null : guard.condition();
  }

  /** A condition that holds no other conditions. */
  private @Nullable Condition plain(CelExpr expr) {
    Condition simple = simple(expr);
    return simple == null ? loops.condition(expr) : simple;
  }

  private @Nullable Condition simple(CelExpr expr) {
    Fact fact = operands.fact(expr, Fact.Type.BOOL);
    if (fact != null) {
      return facts -> (Boolean) facts.value(fact);
    }
    if (expr.getKind() == Kind.SELECT) {
      return has(expr);
    }
    if (expr.getKind() != Kind.CALL || Operands.arguments(expr).size() != 2) {
      return null;
    }
    CelExpr a = Operands.arguments(expr).get(0);
    CelExpr b = Operands.arguments(expr).get(1);
    return switch (expr.call().function()) {
      case "@in", "_in_" -> in(a, b);
      case "overlaps" -> overlaps(a, b);
      case "contains", "startsWith", "endsWith" -> text(expr.call().function(), a, b);
      case "_==_" -> equal(a, b);
      case "_!=_" -> {
        Condition equal = equal(a, b);
        yield equal == null ? null : facts -> !equal.test(facts);
      }
      case "_<_", "_<=_", "_>_", "_>=_" -> compare(expr.call().function(), a, b);
      default -> null;
    };
  }

  /** {@code has(args.key)}. */
  private @Nullable Condition has(CelExpr expr) {
    Fact map = operands.fact(expr.select().operand());
    if (map == null || !expr.select().testOnly()) {
      return null;
    }
    String key = expr.select().field();
    boolean isMap = map.type() == Fact.Type.ARGUMENTS || map.type() == Fact.Type.ATTRIBUTES;
    return isMap ? facts -> ((Map<?, ?>) facts.value(map)).containsKey(key) : null;
  }

  private @Nullable Condition in(CelExpr member, CelExpr container) {
    Function<FactSource, String> text = operands.text(member);
    if (text == null) {
      return null;
    }
    Set<String> constants = Operands.strings(container);
    if (constants != null) {
      return facts -> constants.contains(text.apply(facts));
    }
    Fact fact = operands.fact(container);
    if (fact == null) {
      return null;
    }
    return switch (fact.type()) {
      case STRINGS -> facts -> ((Collection<?>) facts.value(fact)).contains(text.apply(facts));
      case ARGUMENTS, ATTRIBUTES ->
          facts -> ((Map<?, ?>) facts.value(fact)).containsKey(text.apply(facts));
      default -> null;
    };
  }

  private @Nullable Condition overlaps(CelExpr a, CelExpr b) {
    Fact left = operands.fact(a, Fact.Type.STRINGS);
    Fact right = operands.fact(b, Fact.Type.STRINGS);
    if (left != null && right != null) {
      return facts ->
          Dialect.overlaps((Collection<?>) facts.value(left), (Collection<?>) facts.value(right));
    }
    Fact list = left == null ? right : left;
    Set<String> constants = Operands.strings(left == null ? a : b);
    return list == null || constants == null
        ? null
        : facts -> Dialect.overlaps((Collection<?>) facts.value(list), constants);
  }

  private @Nullable Condition text(String function, CelExpr a, CelExpr b) {
    Function<FactSource, String> whole = operands.text(a);
    Function<FactSource, String> part = operands.text(b);
    if (whole == null || part == null) {
      return null;
    }
    return switch (function) {
      case "contains" -> facts -> whole.apply(facts).contains(part.apply(facts));
      case "startsWith" -> facts -> whole.apply(facts).startsWith(part.apply(facts));
      default -> facts -> whole.apply(facts).endsWith(part.apply(facts));
    };
  }

  private @Nullable Condition equal(CelExpr a, CelExpr b) {
    Function<FactSource, String> text = operands.text(a);
    Function<FactSource, String> other = operands.text(b);
    if (text != null && other != null) {
      return facts -> text.apply(facts).equals(other.apply(facts));
    }
    return compare("_==_", a, b);
  }

  /** Between a whole number and a double CEL compares as {@link Double#compare} does. */
  private @Nullable Condition compare(String function, CelExpr left, CelExpr right) {
    Quantity a = quantity(left);
    Quantity b = quantity(right);
    if (a == null || b == null) {
      return null;
    }
    boolean mixed = operands.is(left, SimpleType.DOUBLE) != operands.is(right, SimpleType.DOUBLE);
    return mixed ? mixed(function, a, b) : alike(function, a, b);
  }

  private static Condition mixed(String function, Quantity a, Quantity b) {
    return switch (function) {
      case "_<_" -> facts -> Double.compare(a.of(facts), b.of(facts)) < 0;
      case "_<=_" -> facts -> Double.compare(a.of(facts), b.of(facts)) <= 0;
      case "_>_" -> facts -> Double.compare(a.of(facts), b.of(facts)) > 0;
      default -> facts -> Double.compare(a.of(facts), b.of(facts)) >= 0;
    };
  }

  private static Condition alike(String function, Quantity a, Quantity b) {
    return switch (function) {
      case "_<_" -> facts -> a.of(facts) < b.of(facts);
      case "_<=_" -> facts -> a.of(facts) <= b.of(facts);
      case "_>_" -> facts -> a.of(facts) > b.of(facts);
      case "_>=_" -> facts -> a.of(facts) >= b.of(facts);
      default -> facts -> a.of(facts) == b.of(facts);
    };
  }
}
