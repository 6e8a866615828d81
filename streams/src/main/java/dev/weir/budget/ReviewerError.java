/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/**
 * How often a tier errs, as its probes say: planted actions whose right verdict is known.
 *
 * <p>A quorum is probed as a whole. Values that are merely declared are {@link #declared}:
 * intervals then hold only if the declaration does.
 *
 * @param sensitivity share of harmful actions that it finds harmful
 * @param falseAlarms share of harmless actions that it finds harmful: 1 − specificity
 */
public record ReviewerError(Measured sensitivity, Measured falseAlarms) {
  /** Errs never. */
  public static final ReviewerError NONE = declared(1, 1);

  /**
   * As declared, without uncertainty.
   *
   * @param sensitivity in (0, 1]
   * @param specificity in (0, 1], above 1 − sensitivity
   */
  public static ReviewerError declared(double sensitivity, double specificity) {
    if (!(sensitivity > 0 && sensitivity <= 1 && specificity > 0 && specificity <= 1)
        || sensitivity + specificity <= 1) {
      throw new IllegalArgumentException(
          "sensitivity %s and specificity %s are no better than chance"
              .formatted(sensitivity, specificity));
    }
    return new ReviewerError(Measured.exactly(sensitivity), Measured.exactly(1 - specificity));
  }

  /**
   * As measured.
   *
   * @param recognised harmful probes found harmful, of all harmful probes
   * @param accused harmless probes found harmful, of all harmless probes
   */
  public static ReviewerError probed(Proportion recognised, Proportion accused) {
    return new ReviewerError(recognised, accused);
  }

  /**
   * With more actions that were harmless all but surely, where this is known from probes; otherwise
   * unchanged.
   */
  ReviewerError withHarmless(Proportion accused) {
    return falseAlarms instanceof Proportion probes
        ? new ReviewerError(sensitivity, probes.plus(accused))
        : this;
  }
}
