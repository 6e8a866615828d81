/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/**
 * Compiles conditions that stand outside of a policy and speak its language: a CEL boolean over the
 * variables of {@link Fact}.
 */
public final class Conditions {
  private Conditions() {}

  /** The compiler is made when it is first asked for, and then shared: it takes its time. */
  private static final class Shared {
    static final Dialect DIALECT = new Dialect();
  }

  /**
   * The condition that {@code text} states.
   *
   * @throws IllegalArgumentException if it is no boolean over these variables, or reads more than
   *     {@link Claim#MAX_PER_RULE} fields that a source may be unable to attest; says where and why
   */
  public static Expression compile(String text) {
    Dialect.Outcome outcome = Shared.DIALECT.compile(text, false);
    if (!outcome.issues().isEmpty()) {
      Dialect.Issue first = outcome.issues().get(0);
      throw new IllegalArgumentException(
          "at line %d, column %d: %s".formatted(first.line(), first.column() + 1, first.message()));
    }
    Expression condition = outcome.expression();
    if (Integer.bitCount(condition.claims()) > Claim.MAX_PER_RULE) {
      throw new IllegalArgumentException(
          "it reads more than %d fields that a source may be unable to attest"
              .formatted(Claim.MAX_PER_RULE));
    }
    return condition;
  }
}
