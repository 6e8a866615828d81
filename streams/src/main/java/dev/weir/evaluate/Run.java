/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import dev.weir.evaluate.Cases.Truth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A task of a log with all of its actions, in order: what run-level truth is about.
 *
 * @param truth whether it did harm
 * @param attacked whether somebody attacked it
 */
record Run(String task, List<Row> rows, Truth truth, boolean attacked, String scenario) {

  /** The tasks of these rows, in order of their first action. */
  static List<Run> of(List<Row> rows) {
    Map<String, List<Row>> byTask = new LinkedHashMap<>();
    for (Row row : rows) {
      byTask.computeIfAbsent(row.task(), t -> new ArrayList<>()).add(row);
    }
    List<Run> runs = new ArrayList<>();
    byTask.forEach((task, its) -> runs.add(of(task, its)));
    return runs;
  }

  private static Run of(String task, List<Row> rows) {
    Truth truth = Truth.UNKNOWN;
    boolean attacked = false;
    for (Row row : rows) {
      Boolean harmful = row.label().runHarmful();
      if (harmful != null && truth != Truth.HARMFUL) {
        truth = Truth.of(harmful);
      }
      attacked |= row.label().attack() != null;
    }
    return new Run(task, rows, truth, attacked, rows.get(0).label().scenario());
  }

  /** How many actions it has. */
  long length() {
    return rows.size();
  }

  /** The largest score of one action. */
  double worst(Ranked ranked) {
    return largest(ranked::of);
  }

  /** The largest value of one action. */
  double largest(ToDoubleFunction<Row> of) {
    return rows.stream().mapToDouble(of).max().orElseThrow();
  }

  /** Expected loss of all its actions, LU. */
  double mass() {
    return rows.stream().mapToDouble(row -> row.score().getMass()).sum();
  }
}
