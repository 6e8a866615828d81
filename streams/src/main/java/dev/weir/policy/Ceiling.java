/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/**
 * Something that asks for review whatever the price, and how often it should.
 *
 * @param asks a rule's id, {@code class:} and a reserved class, {@link #CATASTROPHIC} or {@link
 *     #ID_CONFLICT}
 * @param share of actions, in (0, 1], above which what it asks for waits
 */
public record Ceiling(String asks, double share) {
  /** What the catastrophic line asks for. */
  public static final String CATASTROPHIC = "catastrophic";

  /** What a reused event id asks for. */
  public static final String ID_CONFLICT = "id-conflict";

  /** What a reserved class asks for. */
  public static Ceiling ofClass(String id, double share) {
    return new Ceiling("class:" + id, share);
  }
}
