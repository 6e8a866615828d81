/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/**
 * What one of each may take of priced review at most, as shares of the budget in (0, 1]; 1 is no
 * cap.
 *
 * @param actionClass of one class
 * @param rule of what one rule adds most to
 * @param agent of one agent of one source
 * @param task of one task
 * @param newcomers of all agents that are new together
 */
public record Shares(double actionClass, double rule, double agent, double task, double newcomers) {
  /** What holds where a policy says nothing. */
  public static final Shares DEFAULT = new Shares(0.4, 0.25, 0.04, 0.01, 0.04);

  /** No caps. */
  public static final Shares NONE = new Shares(1, 1, 1, 1, 1);
}
