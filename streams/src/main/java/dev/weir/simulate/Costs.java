/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.simulate;

/** What counts of a cost that an agent tells: it is believed within bounds, as the stream does. */
final class Costs {
  /** Most that is believed, in cost units. */
  private static final double MOST = 1000;

  private Costs() {}

  /** What counts, in cost units; 1 for no number. */
  static double counted(double told) {
    return told >= 0 && told < Double.POSITIVE_INFINITY ? Math.min(MOST, told) : 1;
  }
}
