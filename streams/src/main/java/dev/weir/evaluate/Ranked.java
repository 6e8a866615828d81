/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import java.util.Locale;

/** The part of a score that actions are ranked by. */
public enum Ranked {
  RISK,
  LIKELIHOOD,
  MAGNITUDE;

  /** That part of a row's score. */
  public double of(Row row) {
    return switch (this) {
      case RISK -> row.score().getRisk();
      case LIKELIHOOD -> row.score().getLikelihood();
      case MAGNITUDE -> row.score().getMagnitude();
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
