/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/**
 * What has added up without a review if none is asked for this action either: mass in LU, as it
 * counts towards the policy's lines.
 *
 * @param task of the action's task; 0 if the action does not count towards its line
 * @param agent of its agent, as far as it is known here; 0 if the action adds no mass
 */
public record Unreviewed(double task, double agent) {
  /** Nothing. */
  public static final Unreviewed NONE = new Unreviewed(0, 0);
}
