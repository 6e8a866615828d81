/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate.attack;

import java.util.function.IntUnaryOperator;

/**
 * One way to write an action differently. Its effect stays the same: on the shell by the shell's
 * own rules, elsewhere as far as tools read addresses, numbers and text as people do.
 */
interface Rewriting {
  /** What it is called in reports. */
  String name();

  /**
   * Rewrites {@code draft} in place, at a place that {@code draw} chooses (a number below its
   * argument); false, and nothing changed, where it does not apply.
   */
  boolean rewrite(Draft draft, IntUnaryOperator draw);
}
