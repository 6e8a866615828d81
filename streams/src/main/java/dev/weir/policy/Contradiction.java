/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a condition contradicts itself: tried with all values of its boolean variables, of which
 * there may be {@value #MAX_FREE} at most; everything else in it may be true or false. So what it
 * calls a contradiction is one, and it does not find all.
 */
final class Contradiction {
  private static final int MAX_FREE = 12;

  private final CelAbstractSyntaxTree ast;

  Contradiction(CelAbstractSyntaxTree ast) {
    this.ast = ast;
  }

  /** True if it cannot be true, {@code there} being true. */
  boolean holds(Set<Fact> there) {
    EnumSet<Fact> open = EnumSet.noneOf(Fact.class);
    for (CelReference reference : ast.getReferenceMap().values()) {
      Fact fact = Fact.named(reference.name());
      if (fact != null && fact.type() == Fact.Type.BOOL && !there.contains(fact)) {
        open.add(fact);
      }
    }
    List<Fact> free = List.copyOf(open);
    if (free.size() > MAX_FREE) {
      return false;
    }
    for (int values = 0; values < 1 << free.size(); values++) {
      EnumSet<Fact> hold = EnumSet.noneOf(Fact.class);
      hold.addAll(there);
      for (int i = 0; i < free.size(); i++) {
        if ((values >> i & 1) == 1) {
          hold.add(free.get(i));
        }
      }
      if (may(ast.getExpr(), hold, true)) {
        return false;
      }
    }
    return true;
  }

  /** Whether an expression may come out as wanted. Depth is bounded by the parser. */
  private boolean may(CelExpr expr, Set<Fact> hold, boolean wanted) {
    Fact fact = fact(expr);
    if (fact != null && fact.type() == Fact.Type.BOOL) {
      return hold.contains(fact) == wanted;
    }
    if (expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && expr.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE) {
      return expr.constant().booleanValue() == wanted;
    }
    return expr.getKind() != CelExpr.ExprKind.Kind.CALL || mayCall(expr, hold, wanted);
  }

  private boolean mayCall(CelExpr expr, Set<Fact> hold, boolean wanted) {
    List<CelExpr> args = expr.call().args();
    return switch (expr.call().function()) {
      case "!_" -> may(args.get(0), hold, !wanted);
      case "_&&_" ->
          wanted
              ? may(args.get(0), hold, true) && may(args.get(1), hold, true)
              : may(args.get(0), hold, false) || may(args.get(1), hold, false);
      case "_||_" ->
          wanted
              ? may(args.get(0), hold, true) || may(args.get(1), hold, true)
              : may(args.get(0), hold, false) && may(args.get(1), hold, false);
      default -> true;
    };
  }

  private @Nullable Fact fact(CelExpr expr) {
    CelReference reference = ast.getReferenceMap().get(expr.id());
    return reference == null ? null : Fact.named(reference.name());
  }
}
