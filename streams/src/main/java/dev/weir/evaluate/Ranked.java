/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import dev.weir.event.Score;
import java.util.Locale;

/** The part of a score that actions are ranked by. */
public enum Ranked {
  RISK,
  LIKELIHOOD,
  MAGNITUDE;

  /** That part of a row's score. */
  public double of(Row row) {
    return of(row.score());
  }

  /** That part of a score. */
  double of(Score score) {
    return switch (this) {
      case RISK -> score.getRisk();
      case LIKELIHOOD -> score.getLikelihood();
      case MAGNITUDE -> score.getMagnitude();
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
