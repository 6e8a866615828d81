/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/**
 * Something that asks for review whatever the price, and how often it should.
 *
 * @param asks a rule's id, {@code class:} and a reserved class, or one of the names below
 * @param share of actions, in (0, 1], above which what it asks for waits
 * @param atOnce reviews that it may ask for at once in each partition in any case
 */
public record Ceiling(String asks, double share, double atOnce) {
  /** What rules may ask for at once. */
  public static final double AT_ONCE = 8;

  /** What the catastrophic line asks for. */
  public static final String CATASTROPHIC = "catastrophic";

  /** What a reused event id asks for. */
  public static final String ID_CONFLICT = "id-conflict";

  /** What an action asks for that was carried out without being released. */
  public static final String BYPASS = "bypass";

  /** What an action asks for whose like is held or was denied. */
  public static final String RETRY = "retry";

  /** What agents ask a review for. */
  public static final String REQUESTED = "requested";

  /** What tasks ask for whose line is crossed. */
  public static final String TASK_LINE = "line:task";

  /** What agents ask for whose line is crossed. */
  public static final String AGENT_LINE = "line:agent";

  /** Of something that may ask for {@link #AT_ONCE}. */
  public Ceiling(String asks, double share) {
    this(asks, share, AT_ONCE);
  }

  /** What a reserved class asks for. */
  public static Ceiling ofClass(String id, double share) {
    return new Ceiling("class:" + id, share);
  }
}
