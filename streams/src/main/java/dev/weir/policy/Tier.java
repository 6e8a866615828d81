/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/**
 * A review service.
 *
 * @param id name, unique in the policy
 * @param cost of one review, of all its reviewers together, in cost units; finite, above 0
 * @param assurance share of the loss that a review prevents, in (0, 1]
 * @param deadlineMs how long a review may take, in ms of broker time
 * @param capacity reviews an hour, of the whole fleet; above 0, {@link #UNLIMITED} for no limit
 * @param panel who must agree
 */
public record Tier(
    String id, double cost, double assurance, long deadlineMs, double capacity, Panel panel) {
  /** The capacity of a tier that is never full. */
  public static final double UNLIMITED = Double.POSITIVE_INFINITY;

  /**
   * Who reviews.
   *
   * @param quorum reviewers that must agree, at least 1
   * @param independence how far each must stand from the agent that acted
   */
  public record Panel(int quorum, Independence independence) {
    /** One reviewer that is another agent. */
    public static final Panel DEFAULT = new Panel(1, Independence.AGENT);
  }

  /** A tier that is never full, of one reviewer that is another agent. */
  public Tier(String id, double cost, double assurance, long deadlineMs) {
    this(id, cost, assurance, deadlineMs, UNLIMITED, Panel.DEFAULT);
  }

  /** Whether whoever is to be reviewed there may as well be here: it costs and assures more. */
  public boolean standsFor(Tier other) {
    return other.id.equals(id) || (other.cost < cost && other.assurance < assurance);
  }

  /** Whether it can be full. */
  public boolean limited() {
    return capacity < UNLIMITED;
  }

  /** The same with another capacity, in reviews an hour. */
  public Tier withCapacity(double other) {
    return new Tier(id, cost, assurance, deadlineMs, other, panel);
  }
}
