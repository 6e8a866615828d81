/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import org.jspecify.annotations.Nullable;

/**
 * Where one evaluation of an expression stands in its loops: the elements at hand, and the steps
 * taken. One evaluation.
 */
final class Loop {
  /** Loops within loops, at most. */
  static final int MAX_DEPTH = 3;

  final FactSource facts;
  private final @Nullable Object[] elements = new Object[MAX_DEPTH];
  private int steps;

  Loop(FactSource facts) {
    this.facts = facts;
  }

  @Nullable Object element(int depth) {
    return elements[depth];
  }

  /** The next element of the loop at a depth. Fails after as many steps as CEL does. */
  void step(int depth, @Nullable Object element) {
    elements[depth] = element;
    if (++steps > Dialect.MAX_STEPS) {
      throw new Undecided();
    }
  }
}
