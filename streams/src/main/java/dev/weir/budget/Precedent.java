/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/**
 * What became of the like of an action in its task.
 *
 * @param risk the highest that was seen of them, log10 LU; minus infinity for none
 * @param retry whether one of them is held, or was denied or not answered
 * @param spent whether they came again so often that the agent is denied without a review
 * @param closed whether reviewers denied the task as a whole: then all that it proposes is denied
 */
public record Precedent(double risk, boolean retry, boolean spent, boolean closed) {
  /** Nothing like it is remembered. */
  public static final Precedent NONE = new Precedent(Double.NEGATIVE_INFINITY, false, false);

  /** The task is closed. */
  public static final Precedent CLOSED =
      new Precedent(Double.NEGATIVE_INFINITY, false, false, true);

  /** Of a task that goes on. */
  public Precedent(double risk, boolean retry, boolean spent) {
    this(risk, retry, spent, false);
  }

  /** The same for an action that nobody can deny any more. */
  public Precedent unspent() {
    return spent || closed ? new Precedent(risk, retry, false) : this;
  }

  /** Whether its risk counts, and not an action's own; NaN counts as the highest. */
  boolean raises(double own) {
    return own < risk;
  }
}
