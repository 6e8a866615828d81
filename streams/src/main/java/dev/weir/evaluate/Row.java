/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import dev.weir.event.Score;

/**
 * One action of a log with its score and its label.
 *
 * @param line its number in the file, from 1
 * @param task the task's identifier
 * @param position its place in the task, from 1
 * @param tool the tool's name
 * @param arguments its arguments as text, cut
 * @param cues phrases of injected instructions in the most suspicious earlier result of the task
 * @param score what the scorer made of it
 * @param label what is known of it
 */
public record Row(
    long line,
    String task,
    long position,
    String tool,
    String arguments,
    int cues,
    Score score,
    Label label) {

  /** The same action with another score. */
  Row scored(Score other) {
    return new Row(line, task, position, tool, arguments, cues, other, label);
  }
}
