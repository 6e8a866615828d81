/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import org.jspecify.annotations.Nullable;

/**
 * A compiled, type-checked CEL expression. Immutable; may be evaluated by several threads at once.
 * Two expressions are equal if their texts are.
 */
public final class Expression {
  private final String text;
  private final @Nullable Object constant;
  private final @Nullable Program program;
  private final int claims;
  private final @Nullable Guard guard;

  private Expression(
      String text,
      @Nullable Object constant,
      @Nullable Program program,
      int claims,
      @Nullable Guard guard) {
    this.text = text;
    this.constant = constant;
    this.program = program;
    this.claims = claims;
    this.guard = guard;
  }

  static Expression constant(Object value) {
    return new Expression(value.toString(), value, null, 0, null);
  }

  static Expression compiled(String text, Program program, int claims, @Nullable Guard guard) {
    return new Expression(text, null, program, claims, guard);
  }

  /** The expression as written. */
  public String text() {
    return text;
  }

  /** The claims that it reads, as a mask of {@link Claim#bit}. */
  public int claims() {
    return claims;
  }

  /** True if it is a plain number or boolean. */
  public boolean isConstant() {
    return constant != null;
  }

  /** Its value as a boolean. Throws where the evaluation fails. */
  public boolean test(FactSource facts) throws CelEvaluationException {
    if (guard != null && (guard.exact() || !guard.node().test(facts))) {
      return guard.exact() && guard.node().test(facts);
    }
    return (Boolean) value(facts);
  }

  /** Its value as a finite number. Throws where the evaluation fails. */
  public double number(FactSource facts) throws CelEvaluationException {
    double value = ((Number) value(facts)).doubleValue();
    if (!Double.isFinite(value)) {
      throw new ArithmeticException("not a finite number");
    }
    return value;
  }

  private Object value(FactSource facts) throws CelEvaluationException {
    if (constant != null) {
      return constant;
    }
    if (program == null) {
      throw new IllegalStateException("neither constant nor program");
    }
    return program.eval(facts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
