/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled, type-checked CEL expression. Immutable; may be evaluated by several threads at once.
 * Two expressions are equal if their texts are.
 */
public final class Expression {
  private final String text;
  private final @Nullable Object constant;
  private final @Nullable Program program;
  private final Reads reads;
  private final int claims;
  private final @Nullable Guard guard;
  private final @Nullable Quantity quantity;

  private Expression(
      String text,
      @Nullable Object constant,
      @Nullable Program program,
      Reads reads,
      @Nullable Object shortcut) {
    this.text = text;
    this.constant = constant;
    this.program = program;
    this.reads = reads;
    this.claims = reads.claims();
    this.guard = shortcut instanceof Guard found ? found : null;
    this.quantity = shortcut instanceof Quantity found ? found : null;
  }

  static Expression constant(Object value) {
    return new Expression(value.toString(), value, null, Reads.NOTHING, null);
  }

  /** A condition; the guard is what can be said without the program. */
  static Expression condition(String text, Program program, Reads reads, @Nullable Guard guard) {
    return new Expression(text, null, program, reads, guard);
  }

  /** A number; the quantity, where there is one, gives what the program gives. */
  static Expression number(String text, Program program, Reads reads, @Nullable Quantity quantity) {
    return new Expression(text, null, program, reads, quantity);
  }

  /** The expression as written. */
  public String text() {
    return text;
  }

  /** The claims that it reads, as a mask of {@link Claim#bit}. */
  public int claims() {
    return claims;
  }

  /** What it reads. */
  public Reads reads() {
    return reads;
  }

  /**
   * True if no action can make it true: the constant false, or a contradiction among at most 12
   * boolean variables, {@code there} being true.
   */
  public boolean neverTrue(Set<Fact> there) {
    if (Boolean.FALSE.equals(constant)) {
      return true;
    }
    return constant == null && reads.never().test(there);
  }

  /** True if it is a plain number or boolean. */
  public boolean isConstant() {
    return constant != null;
  }

  /** Its value as a boolean. Throws where the evaluation fails. */
  public boolean test(FactSource facts) throws CelEvaluationException {
    if (guard != null) {
      try {
        boolean possible = guard.condition().test(facts);
        if (guard.exact() || !possible) {
          return possible;
        }
      } catch (Undecided e) { // CEL says what it is
      }
    }
    return (Boolean) value(facts);
  }

  /** Its value as a finite number. Throws where the evaluation fails. */
  public double number(FactSource facts) throws CelEvaluationException {
    double value = computed(facts);
    if (!Double.isFinite(value)) {
      throw new ArithmeticException("not a finite number");
    }
    return value;
  }

  private double computed(FactSource facts) throws CelEvaluationException {
    if (quantity != null) {
      try {
        return quantity.of(facts);
      } catch (Undecided e) { // CEL says what it is
      }
    }
    return ((Number) value(facts)).doubleValue();
  }

  /** Whether its value is known without CEL. */
  boolean isDirect() {
    return constant != null || quantity != null || (guard != null && guard.exact());
  }

  /** Its value as CEL gives it: what the other ways are held to. */
  Object value(FactSource facts) throws CelEvaluationException {
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
