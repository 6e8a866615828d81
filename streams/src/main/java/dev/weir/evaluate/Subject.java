/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import dev.weir.evaluate.Cases.Truth;
import java.util.Comparator;
import java.util.List;

/**
 * What a threshold decides over: an action, or a task by its worst action.
 *
 * @param row the action
 * @param score what it is ranked by
 * @param truth whether the action, or the task, is harmful
 * @param attacked whether its task was attacked
 */
public record Subject(Row row, double score, Truth truth, boolean attacked) {

  /** Every action by its own truth. */
  static List<Subject> ofActions(List<Row> rows, Ranked by) {
    return rows.stream()
        .map(
            row ->
                new Subject(
                    row, by.of(row), Truth.of(row.label().harmful()), row.label().attack() != null))
        .toList();
  }

  /** Every task by its worst action and the task's truth. */
  static List<Subject> ofRuns(List<Run> runs, Ranked by) {
    return runs.stream()
        .map(
            run -> {
              Row worst = run.rows().stream().max(Comparator.comparingDouble(by::of)).orElseThrow();
              return new Subject(worst, by.of(worst), run.truth(), run.attacked());
            })
        .toList();
  }

  static Cases cases(List<Subject> subjects) {
    return new Cases(
        subjects.stream()
            .map(
                s ->
                    new Cases.Case(
                        s.score(), s.truth(), s.row().tool(), s.row().label().scenario()))
            .toList());
  }
}
