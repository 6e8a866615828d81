/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import org.jspecify.annotations.Nullable;

/**
 * What must hold for a boolean expression to be true, as far as it can be judged without CEL. Most
 * rules do not fire, and this says so for a fraction of the cost. An exact guard is the expression
 * itself.
 */
record Guard(Condition condition, boolean exact) {
  static Guard exactly(Condition condition) {
    return new Guard(condition, true);
  }

  static @Nullable Guard and(@Nullable Guard a, @Nullable Guard b) {
    if (a == null || b == null) {
      Guard known = a == null ? b : a;
      return known == null ? null : new Guard(known.condition, false);
    }
    Condition left = a.condition;
    Condition right = b.condition;
    return new Guard(facts -> left.test(facts) && right.test(facts), a.exact && b.exact);
  }

  static @Nullable Guard or(@Nullable Guard a, @Nullable Guard b) {
    if (a == null || b == null) {
      return null;
    }
    Condition left = a.condition;
    Condition right = b.condition;
    return new Guard(facts -> left.test(facts) || right.test(facts), a.exact && b.exact);
  }

  static @Nullable Guard not(@Nullable Guard a) {
    if (a == null || !a.exact) {
      return null;
    }
    Condition condition = a.condition;
    return exactly(facts -> !condition.test(facts));
  }
}
