/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.weir.policy.Terms.Term;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on arguments and on elements of lists, {@code exists} and {@code all} over either, in
 * plain Java. CEL walks a loop's tree for each element and compiles a regular expression anew each
 * time that it meets it; here it is compiled once.
 */
final class Loops {
  private final Operands operands;
  private final Terms terms;
  private final Function<CelExpr, @Nullable Condition> outside;

  /** {@code outside} judges what depends on no loop. */
  Loops(Operands operands, Function<CelExpr, @Nullable Condition> outside) {
    this.operands = operands;
    this.terms = new Terms(operands);
    this.outside = outside;
  }

  /** A condition within loops. Throws {@link Undecided} where CEL fails. */
  @FunctionalInterface
  private interface Bound {
    boolean test(Loop loop);
  }

  /** What {@code expr} says, or null where only CEL can say. */
  @Nullable Condition condition(CelExpr expr) {
    Bound bound = own(expr, List.of());
    return bound == null ? null : facts -> bound.test(new Loop(facts));
  }

  private @Nullable Bound bound(CelExpr expr, List<String> names) {
    Bound own = own(expr, names);
    if (own != null) {
      return own;
    }
    Condition condition = outside.apply(expr);
    return condition == null ? null : loop -> condition.test(loop.facts);
  }

  private @Nullable Bound own(CelExpr expr, List<String> names) {
    return switch (expr.getKind()) {
      case COMPREHENSION -> comprehension(expr.comprehension(), names);
      case CALL -> call(expr, names);
      default -> null;
    };
  }

  private @Nullable Bound call(CelExpr expr, List<String> names) {
    List<CelExpr> args = Operands.arguments(expr);
    String function = expr.call().function();
    if (function.equals("!_")) {
      Bound inner = own(args.get(0), names);
      return inner == null ? null : loop -> !inner.test(loop);
    }
    if (args.size() != 2) {
      return null;
    }
    CelExpr a = args.get(0);
    CelExpr b = args.get(1);
    return switch (function) {
      case "_&&_" -> both(bound(a, names), bound(b, names), names);
      case "_||_" -> either(bound(a, names), bound(b, names), names);
      case "_==_" -> equal(a, b, names);
      case "_!=_" -> not(equal(a, b, names));
      case "@in" -> in(a, b, names);
      case "matches", "contains", "startsWith", "endsWith" -> text(function, a, b, names);
      case "_<_", "_<=_", "_>_", "_>=_" -> size(function, a, b, names);
      default -> null;
    };
  }

  private static @Nullable Bound both(@Nullable Bound a, @Nullable Bound b, List<String> names) {
    return names.isEmpty() || a == null || b == null ? null : loop -> a.test(loop) && b.test(loop);
  }

  private static @Nullable Bound either(@Nullable Bound a, @Nullable Bound b, List<String> names) {
    return names.isEmpty() || a == null || b == null ? null : loop -> a.test(loop) || b.test(loop);
  }

  private static @Nullable Bound not(@Nullable Bound a) {
    return a == null ? null : loop -> !a.test(loop);
  }

  /** {@code type(x) == string}, or a value equal to a constant text or boolean. */
  private @Nullable Bound equal(CelExpr a, CelExpr b, List<String> names) {
    if (Operands.function(a).equals("type")) {
      return type(a, b, names);
    }
    Term term = terms.term(a, names);
    Object constant = textOrBoolean(b);
    return term == null || constant == null ? null : loop -> constant.equals(term.of(loop));
  }

  private static @Nullable Object textOrBoolean(CelExpr expr) {
    boolean bool =
        expr.getKind() == Kind.CONSTANT
            && expr.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE;
    return bool ? (Object) expr.constant().booleanValue() : Operands.string(expr);
  }

  private @Nullable Bound type(CelExpr call, CelExpr name, List<String> names) {
    Term term = terms.term(Operands.arguments(call).get(0), names);
    Predicate<@Nullable Object> is =
        switch (name.getKind() == Kind.IDENT ? name.ident().name() : "") {
          case "string" -> value -> value instanceof String;
          case "bool" -> value -> value instanceof Boolean;
          case "list" -> value -> value instanceof List<?>;
          case "map" -> value -> value instanceof Map<?, ?>;
          default -> null;
        };
    return term == null || is == null ? null : loop -> is.test(term.of(loop));
  }

  private @Nullable Bound in(CelExpr member, CelExpr list, List<String> names) {
    Term term = terms.term(member, names);
    Set<String> constants = Operands.strings(list);
    return term == null || constants == null
        ? null
        : loop -> term.of(loop) instanceof String text && constants.contains(text);
  }

  private @Nullable Bound text(String function, CelExpr whole, CelExpr part, List<String> names) {
    Term term = within(whole, names);
    String constant = Operands.string(part);
    Predicate<String> test = constant == null ? null : test(function, constant);
    return term == null || test == null ? null : loop -> test.test(Terms.string(term.of(loop)));
  }

  /** Also a variable's text, which {@link Shortcuts} asks for here only to match it. */
  private @Nullable Term within(CelExpr expr, List<String> names) {
    Term term = terms.term(expr, names);
    Function<FactSource, String> variable = term == null ? operands.text(expr) : null;
    return variable == null ? term : loop -> variable.apply(loop.facts);
  }

  private static @Nullable Predicate<String> test(String function, String constant) {
    return switch (function) {
      case "contains" -> whole -> whole.contains(constant);
      case "startsWith" -> whole -> whole.startsWith(constant);
      case "endsWith" -> whole -> whole.endsWith(constant);
      default -> matches(constant);
    };
  }

  /** As CEL matches: anywhere in the text; a program that is too large fails there. */
  private static @Nullable Predicate<String> matches(String regex) {
    try {
      Pattern pattern = Pattern.compile(regex);
      if (pattern.programSize() > Dialect.MAX_PATTERN) {
        return null;
      }
      Automaton automaton = Automaton.of(regex);
      return automaton == null ? whole -> pattern.matcher(whole).find() : automaton::find;
    } catch (PatternSyntaxException e) { // which CEL reports when it runs
      return null;
    }
  }

  /** {@code size(x) < 200}. */
  private @Nullable Bound size(String function, CelExpr a, CelExpr b, List<String> names) {
    boolean sized = Operands.function(a).equals("size");
    Term term = sized ? terms.term(Operands.arguments(a).get(0), names) : null;
    boolean whole =
        b.getKind() == Kind.CONSTANT && b.constant().getKind() == CelConstant.Kind.INT64_VALUE;
    if (term == null || !whole) {
      return null;
    }
    long limit = b.constant().int64Value();
    return switch (function) {
      case "_<_" -> loop -> size(term.of(loop)) < limit;
      case "_<=_" -> loop -> size(term.of(loop)) <= limit;
      case "_>_" -> loop -> size(term.of(loop)) > limit;
      default -> loop -> size(term.of(loop)) >= limit;
    };
  }

  private static long size(@Nullable Object value) {
    if (value instanceof String text) {
      return text.codePointCount(0, text.length());
    } else if (value instanceof Collection<?> list) {
      return list.size();
    } else if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    throw new Undecided();
  }

  private @Nullable Bound comprehension(CelComprehension loop, List<String> names) {
    CelExpr step = loop.loopStep();
    boolean exists = Operands.function(step).equals("_||_") && isConstant(loop.accuInit(), false);
    boolean all = Operands.function(step).equals("_&&_") && isConstant(loop.accuInit(), true);
    boolean plain =
        (exists || all)
            && loop.iterVar2().isEmpty()
            && loop.result().getKind() == Kind.IDENT
            && names.size() < Loop.MAX_DEPTH;
    if (!plain) {
      return null;
    }
    List<String> inner = new ArrayList<>(names);
    inner.add(loop.iterVar());
    Term range = range(loop.iterRange(), names);
    Bound body = bound(Operands.arguments(step).get(1), inner);
    return range == null || body == null ? null : any(range, body, exists, names.size());
  }

  private static boolean isConstant(CelExpr expr, boolean value) {
    return Boolean.valueOf(value).equals(textOrBoolean(expr));
  }

  private @Nullable Term range(CelExpr expr, List<String> names) {
    Fact fact = operands.fact(expr);
    if (fact == Fact.ARGS) {
      return loop -> loop.facts.arguments();
    }
    return fact != null && fact.type() == Fact.Type.STRINGS
        ? loop -> loop.facts.value(fact)
        : terms.term(expr, names);
  }

  /** {@code exists}, or {@code all}: no element is otherwise. */
  private static Bound any(Term range, Bound body, boolean wanted, int depth) {
    return loop -> {
      for (Object element : elements(range.of(loop))) {
        loop.step(depth, element);
        if (body.test(loop) == wanted) {
          return wanted;
        }
      }
      return !wanted;
    };
  }

  private static Collection<?> elements(@Nullable Object range) {
    if (range instanceof Map<?, ?> map) {
      return map.keySet();
    } else if (range instanceof Collection<?> list) {
      return list;
    }
    throw new Undecided();
  }
}
