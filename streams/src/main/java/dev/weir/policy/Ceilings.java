/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/**
 * Share of actions, in (0, 1], above which what must be reviewed waits in a queue of its own.
 *
 * @param route of a rule that names no ceiling, and of a reserved class
 * @param catastrophic of what is at or above the catastrophic line
 * @param idConflict of what reuses an event id with other content
 * @param bypass of what was carried out without being released
 * @param retry of what is like an action of its task that is held or was denied
 * @param requested of what agents ask a review for
 * @param requester of what one principal's agents ask a review for: more is not heard
 */
public record Ceilings(
    double route,
    double catastrophic,
    double idConflict,
    double bypass,
    double retry,
    double requested,
    double requester) {
  /** What holds where a policy says nothing. */
  public static final Ceilings DEFAULT =
      new Ceilings(0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.00025);

  /** How often agents may ask. */
  public Ceiling ofRequests() {
    return new Ceiling(Ceiling.REQUESTED, requested);
  }

  /** How often one of them may; one at a time in any case. */
  public Ceiling ofRequester(String who) {
    return new Ceiling(who, requester, 1);
  }
}
