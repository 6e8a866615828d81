/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.policy.Budget;

/**
 * Takes what scoring costs out of what pays for reviews: each action's own cost counts less by the
 * scorer's cost over the tax, so that what is spent on both stays within the tax.
 *
 * <p>Invariant: what an action's own cost does not cover is owed, and taken from the next ones;
 * what counts is never below 0. Owed is at most a window's worth of scoring. Costs in cost units.
 * Not safe for use by several threads.
 */
final class Scoring {
  private final double each;
  private final double most;
  private double debt;

  Scoring(Budget budget, double debt) {
    double cost = budget.accounting().scorerCost();
    this.each = cost > 0 && budget.tax() > 0 ? cost / budget.tax() : 0;
    this.most = each * budget.windowActions();
    this.debt = debt;
  }

  /** The action with the cost that pays for reviews. */
  Ask paid(Ask ask) {
    if (each == 0) {
      return ask;
    }
    double left = ask.baseCost() - each - debt;
    debt = Math.min(most, Math.max(0, -left));
    return ask.costing(Math.max(0, left));
  }

  /** Base cost that is owed. */
  double debt() {
    return debt;
  }
}
