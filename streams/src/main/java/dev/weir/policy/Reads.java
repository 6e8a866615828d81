/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What an expression reads.
 *
 * @param facts the variables
 * @param taken names of arguments that it takes as if they were there: {@code args.x}
 * @param tested names of arguments whose presence it tests: {@code 'x' in args}, {@code
 *     has(args.x)}
 */
public record Reads(
    Set<Fact> facts, Set<String> taken, Set<String> tested, Predicate<Set<Fact>> never) {
  /** Of an expression that reads nothing. */
  static final Reads NOTHING = new Reads(Set.of(), Set.of(), Set.of(), there -> false);

  static Reads of(CelAbstractSyntaxTree ast) {
    Contradiction contradiction = new Contradiction(ast);
    Reads reads =
        new Reads(
            EnumSet.noneOf(Fact.class), new HashSet<>(), new HashSet<>(), contradiction::holds);
    for (CelReference reference : ast.getReferenceMap().values()) {
      Fact fact = Fact.named(reference.name());
      if (fact != null) {
        reads.facts.add(fact);
      }
    }
    if (reads.facts.contains(Fact.ARGS)) {
      reads.visit(ast, ast.getExpr());
    }
    return reads;
  }

  /** The claims among them, as a mask of {@link Claim#bit}. */
  int claims() {
    int mask = 0;
    for (Fact fact : facts) {
      Claim claim = fact.claim();
      mask |= claim == null ? 0 : claim.bit();
    }
    return mask;
  }

  /** Depth is bounded by the parser. */
  private void visit(CelAbstractSyntaxTree ast, CelExpr expr) {
    switch (expr.getKind()) {
      case SELECT -> {
        if (isArguments(ast, expr.select().operand())) {
          (expr.select().testOnly() ? tested : taken).add(expr.select().field());
        }
      }
      case CALL -> call(ast, expr);
      default -> {}
    }
    children(expr).forEach(child -> visit(ast, child));
  }

  private void call(CelAbstractSyntaxTree ast, CelExpr expr) {
    List<CelExpr> args = expr.call().args();
    if (args.size() != 2) {
      return;
    }
    boolean in = expr.call().function().equals("@in");
    boolean index = expr.call().function().equals("_[_]");
    CelExpr map = args.get(in ? 1 : 0);
    CelExpr key = args.get(in ? 0 : 1);
    boolean text =
        key.getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && key.constant().getKind() == dev.cel.common.ast.CelConstant.Kind.STRING_VALUE;
    if ((in || index) && text && isArguments(ast, map)) {
      (in ? tested : taken).add(key.constant().stringValue());
    }
  }

  private static boolean isArguments(CelAbstractSyntaxTree ast, CelExpr expr) {
    CelReference reference = ast.getReferenceMap().get(expr.id());
    return reference != null && reference.name().equals(Fact.ARGS.cel());
  }

  private static List<CelExpr> children(CelExpr expr) {
    List<CelExpr> all = new ArrayList<>();
    switch (expr.getKind()) {
      case SELECT -> all.add(expr.select().operand());
      case CALL -> {
        expr.call().target().ifPresent(all::add);
        all.addAll(expr.call().args());
      }
      case LIST -> all.addAll(expr.list().elements());
      case MAP -> expr.map().entries().forEach(e -> all.addAll(List.of(e.key(), e.value())));
      case COMPREHENSION -> {
        var c = expr.comprehension();
        all.addAll(
            List.of(c.iterRange(), c.accuInit(), c.loopCondition(), c.loopStep(), c.result()));
      }
      default -> {}
    }
    return all;
  }
}
