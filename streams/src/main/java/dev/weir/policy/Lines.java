/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/**
 * How much may add up before a review is asked for whatever the price: mass that no review was
 * asked for, halved for each half-life. An action that would take it over a line is escalated.
 * Reviews of lines are paid apart from the budget's price, so their ceiling is all that bounds
 * them.
 *
 * @param task of one task, by who opened it, log10 LU
 * @param agent of one agent of one source over all its tasks, log10 LU
 * @param ceiling share of actions, in (0, 1], above which what each kind of line asks for waits
 */
public record Lines(double task, double agent, double ceiling) {
  /** What holds where a policy says nothing. */
  public static final Lines DEFAULT = new Lines(4, 4.2, 0.00001);

  private static final double AT_ONCE = 1;

  /** Lines that lie so many decades higher. */
  public Lines raised(double decades) {
    return new Lines(task + decades, agent + decades, ceiling);
  }

  /** The task's line in LU. */
  public double taskMass() {
    return Math.pow(10, task);
  }

  /** The agent's line in LU. */
  public double agentMass() {
    return Math.pow(10, agent);
  }

  /** How often tasks' lines should ask. */
  public Ceiling taskCeiling() {
    return new Ceiling(Ceiling.TASK_LINE, ceiling, AT_ONCE);
  }

  /** How often agents' lines should ask. */
  public Ceiling agentCeiling() {
    return new Ceiling(Ceiling.AGENT_LINE, ceiling, AT_ONCE);
  }
}
