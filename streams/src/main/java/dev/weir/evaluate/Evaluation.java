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
 * @param by the part of the score that ranks
 * @param runs its tasks
 * @param actions how actions are told apart
 * @param tasks how tasks are told apart
 * @param subjects what thresholds decide over: actions; tasks where only those have labels that
 *     differ
 */
public record Evaluation(
    Graded graded,
    Ranked by,
    int runs,
    Judgement actions,
    Judgement tasks,
    List<Subject> subjects) {

  /** Evaluates a log. */
  public static Evaluation of(Graded graded, Ranked by) {
    List<Run> runs = Run.of(graded.rows());
    Judgement actions = Judgement.ofActions(graded.rows());
    Judgement tasks = Judgement.ofRuns(runs);
    boolean ofTasks = !actions.tells() && tasks.tells();
    List<Subject> subjects = subjects(graded.rows(), by, ofTasks);
    return new Evaluation(graded, by, runs.size(), actions, tasks, subjects);
  }

  /** What thresholds decide over where the log's rows are these. */
  List<Subject> subjects(List<Row> rows) {
    return subjects(rows, by, ofTasks());
  }

  private static List<Subject> subjects(List<Row> rows, Ranked by, boolean ofTasks) {
    return ofTasks ? Subject.ofRuns(Run.of(rows), by) : Subject.ofActions(rows, by);
  }

  /** Whether the headline is about tasks: only they have labels that differ. */
  public boolean ofTasks() {
    return !actions.tells() && tasks.tells();
  }

  /** What the headline is about. */
  public Judgement headline() {
    return ofTasks() ? tasks : actions;
  }
}
