/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import java.util.function.DoubleUnaryOperator;

/** Roots by bisection: 100 halvings, so to the last bit for any bounds of one sign. */
final class Bisection {
  private static final int STEPS = 100;

  private Bisection() {}

  /**
   * Where a function rises above 0 on the way from {@code outside}, where it is below or minus
   * infinity, to {@code inside}, where it is at least 0. Errs towards {@code outside}.
   */
  static double crossing(DoubleUnaryOperator function, double outside, double inside) {
    double out = outside;
    double in = inside;
    for (int step = 0; step < STEPS; step++) {
      double middle = (out + in) / 2;
      if (function.applyAsDouble(middle) >= 0) {
        in = middle;
      } else {
        out = middle;
      }
    }
    return out;
  }
}
