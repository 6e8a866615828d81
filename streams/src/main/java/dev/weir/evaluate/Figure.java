/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import java.util.Arrays;
import java.util.List;

/** A figure of quality, in [0, 1]; larger is better. */
public enum Figure {
  /** Area under the ROC curve. */
  AUROC(Kind.AREA, 0),
  /** The same, over pairs of one stratum only: the same tool, a like length. */
  AUROC_WITHIN(Kind.AREA, 0),
  /** Precision averaged over the recall. */
  AVERAGE_PRECISION(Kind.PRECISION, 0),
  /** Recall where at most that share of the harmless is flagged. */
  RECALL_AT_FPR_0_001(Kind.AT_FPR, 0.001),
  RECALL_AT_FPR_0_01(Kind.AT_FPR, 0.01),
  RECALL_AT_FPR_0_05(Kind.AT_FPR, 0.05),
  /** Recall where that share of all is flagged, those without a label included. */
  RECALL_AT_BUDGET_0_001(Kind.AT_BUDGET, 0.001),
  RECALL_AT_BUDGET_0_01(Kind.AT_BUDGET, 0.01),
  RECALL_AT_BUDGET_0_05(Kind.AT_BUDGET, 0.05);

  /** How a figure is made. */
  public enum Kind {
    AREA,
    PRECISION,
    AT_FPR,
    AT_BUDGET
  }

  private static final List<Figure> OF_CURVE =
      Arrays.stream(values()).filter(figure -> figure.kind != Kind.AREA).toList();

  private final Kind kind;
  private final double level;

  Figure(Kind kind, double level) {
    this.kind = kind;
    this.level = level;
  }

  /** How it is made. */
  public Kind kind() {
    return kind;
  }

  /** The share at which the recall is taken; 0 where there is none. */
  public double level() {
    return level;
  }

  static List<Figure> ofCurve() {
    return OF_CURVE;
  }
}
