/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a checked expression, as far as it can be read without CEL: variables, constants,
 * text and lists of them. Null wherever only CEL can say.
 */
final class Operands {
  private final CelAbstractSyntaxTree ast;

  Operands(CelAbstractSyntaxTree ast) {
    this.ast = ast;
  }

  /** The function that is called, or "". */
  static String function(CelExpr expr) {
    return expr.getKind() == Kind.CALL ? expr.call().function() : "";
  }

  /** What it is called on and with: {@code a.f(b)} and {@code f(a, b)} alike. */
  static List<CelExpr> arguments(CelExpr call) {
    return call.call()
        .target()
        .map(
            target -> {
              List<CelExpr> all = new ArrayList<>(List.of(target));
              all.addAll(call.call().args());
              return List.copyOf(all);
            })
        .orElseGet(() -> List.copyOf(call.call().args()));
  }

  @Nullable Fact fact(CelExpr expr) {
    CelReference reference = ast.getReferenceMap().get(expr.id());
    return reference == null || expr.getKind() == Kind.CALL ? null : Fact.named(reference.name());
  }

  /** The variable, if it is of this type. */
  @Nullable Fact fact(CelExpr expr, Fact.Type type) {
    Fact fact = fact(expr);
    return fact != null && fact.type() == type ? fact : null;
  }

  boolean is(CelExpr expr, CelType type) {
    return type.equals(ast.getTypeMap().get(expr.id()));
  }

  static @Nullable String string(CelExpr expr) {
    boolean text =
        expr.getKind() == Kind.CONSTANT
            && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    return text ? expr.constant().stringValue() : null;
  }

  /** The members of a list of constant text. */
  static @Nullable Set<String> strings(CelExpr expr) {
    if (expr.getKind() != Kind.LIST || !expr.list().optionalIndices().isEmpty()) {
      return null;
    }
    Set<String> members = new LinkedHashSet<>();
    for (CelExpr element : expr.list().elements()) {
      String member = string(element);
      if (member == null) {
        return null;
      }
      members.add(member);
    }
    return Set.copyOf(members);
  }

  /** Text: a variable, a constant, or either in lower case. */
  @Nullable Function<FactSource, String> text(CelExpr expr) {
    Fact fact = fact(expr, Fact.Type.STRING);
    if (fact != null) {
      return facts -> (String) facts.value(fact);
    }
    String constant = string(expr);
    if (constant != null) {
      return facts -> constant;
    }
    if (function(expr).equals("lower")) {
      Function<FactSource, String> inner = text(arguments(expr).get(0));
      return inner == null ? null : facts -> LowerCase.of(inner.apply(facts));
    }
    return null;
  }
}
