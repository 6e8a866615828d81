/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/**
 * How the books are kept.
 *
 * @param scorerCost what scoring one action costs, in cost units, at least 0: it is paid out of the
 *     budget, before reviews
 * @param costUnitLu what one cost unit is worth, in LU, at least 0: for what remains of prevented
 *     loss once costs are taken off
 * @param viableCapture least share of the harm, in (0, 1], that must lie in what is reviewed for
 *     selective review to be enough
 */
public record Accounting(double scorerCost, double costUnitLu, double viableCapture) {
  /** What holds where a policy says nothing. Rules cost a ten-thousandth of a cent: none. */
  public static final Accounting DEFAULT = new Accounting(0, 1, 0.8);
}
