/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/**
 * Whether an action that is not escalated is audited, and with what probability it was.
 *
 * <p>The draw stands on the assessment, which the screen reads. So whether its negative is
 * confirmed is decided by another: {@link Chance#confirmation}.
 *
 * @param inclusion probability with which the action was to be audited, in [0, 1]; 0 is never
 * @param negativeShare share of the screen's negatives that is confirmed, in (0, 1]
 * @param u the draw, in [0, 1), from {@link Chance#draws}
 */
public record AuditDraw(double inclusion, double negativeShare, double u) {
  /** Refuses what is no probability. */
  public AuditDraw {
    if (!(inclusion >= 0 && inclusion <= 1 && negativeShare > 0 && negativeShare <= 1)) {
      throw new IllegalArgumentException(
          "inclusion %s, share of negatives %s".formatted(inclusion, negativeShare));
    }
  }

  /** Whether the screen is asked. */
  public boolean audited() {
    return u < inclusion;
  }

  /**
   * Whether the dear tier is asked even if the screen finds nothing.
   *
   * @param confirmation a draw in [0, 1) that the screen does not know
   */
  public boolean confirmsNegative(double confirmation) {
    return confirmation < negativeShare;
  }

  /** Probability with which the dear tier was to be asked if the screen finds nothing. */
  public double inclusionOfNegative() {
    return inclusion * negativeShare;
  }
}
