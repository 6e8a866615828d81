/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for a boolean expression to be true, as far as it is made of boolean variables,
 * and, or, and not: the part that needs no CEL. Most rules do not fire, and this says so for a
 * tenth of the cost. An exact guard is the expression itself.
 */
record Guard(Node node, boolean exact) {
  /** A condition over boolean variables. */
  sealed interface Node {
    boolean test(FactSource facts);
  }

  private record Is(Fact fact) implements Node {
    @Override
    public boolean test(FactSource facts) {
      return (Boolean) facts.value(fact);
    }
  }

  private record Not(Node node) implements Node {
    @Override
    public boolean test(FactSource facts) {
      return !node.test(facts);
    }
  }

  private record All(Node left, Node right) implements Node {
    @Override
    public boolean test(FactSource facts) {
      return left.test(facts) && right.test(facts);
    }
  }

  private record Any(Node left, Node right) implements Node {
    @Override
    public boolean test(FactSource facts) {
      return left.test(facts) || right.test(facts);
    }
  }

  /** The guard of an expression, or null where nothing is known without CEL. */
  static @Nullable Guard of(CelAbstractSyntaxTree ast) {
    return of(ast, ast.getExpr());
  }

  private static @Nullable Guard of(CelAbstractSyntaxTree ast, CelExpr expr) {
    CelReference reference = ast.getReferenceMap().get(expr.id());
    Fact fact = reference == null ? null : Fact.named(reference.name());
    if (fact != null) {
      return fact.type() == Fact.Type.BOOL ? new Guard(new Is(fact), true) : null;
    }
    if (expr.getKind() != CelExpr.ExprKind.Kind.CALL) {
      return null;
    }
    List<CelExpr> args = expr.call().args();
    return switch (expr.call().function()) {
      case "_&&_" -> and(of(ast, args.get(0)), of(ast, args.get(1)));
      case "_||_" -> or(of(ast, args.get(0)), of(ast, args.get(1)));
      case "!_" -> not(of(ast, args.get(0)));
      default -> null;
    };
  }

  private static @Nullable Guard and(@Nullable Guard a, @Nullable Guard b) {
    if (a == null || b == null) {
      Guard known = a == null ? b : a;
      return known == null ? null : new Guard(known.node, false);
    }
    return new Guard(new All(a.node, b.node), a.exact && b.exact);
  }

  private static @Nullable Guard or(@Nullable Guard a, @Nullable Guard b) {
    return a == null || b == null ? null : new Guard(new Any(a.node, b.node), a.exact && b.exact);
  }

  private static @Nullable Guard not(@Nullable Guard a) {
    return a == null || !a.exact ? null : new Guard(new Not(a.node), true);
  }
}
