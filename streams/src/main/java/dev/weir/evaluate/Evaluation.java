/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import java.util.List;

/**
 * What is known of the quality of one log's scores. Action-level and run-level truth are judged
 * apart and never summed.
 *
 * @param graded the log
 * @param runs its tasks
 * @param actions how actions are told apart
 * @param tasks how tasks are told apart
 */
public record Evaluation(Graded graded, int runs, Judgement actions, Judgement tasks) {

  /** Evaluates a log. */
  public static Evaluation of(Graded graded) {
    List<Run> runs = Run.of(graded.rows());
    return new Evaluation(
        graded, runs.size(), Judgement.ofActions(graded.rows()), Judgement.ofRuns(runs));
  }
}
