/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import java.util.List;

/**
 * A log as it was scored.
 *
 * @param rows its actions in order
 * @param lines lines that were read
 * @param refused lines that are no action
 * @param duplicates repeated actions, not scored again
 * @param microsPerAction median time to decode, score and fold one action, after warm-up; NaN if
 *     none
 */
public record Graded(
    List<Row> rows, long lines, long refused, long duplicates, double microsPerAction) {

  /** Actions that were scored without all that their class needs. */
  public long unscorable() {
    return rows.stream().filter(row -> row.score().getUnscorable()).count();
  }
}
