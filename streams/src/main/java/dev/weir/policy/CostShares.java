/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/**
 * Share of a partition's base cost, in (0, 1], that one of each may say that its actions cost
 * beyond what is usual; 1 is no cap.
 *
 * @param agent of one agent of one source
 * @param task of one task
 */
public record CostShares(double agent, double task) {
  /** What holds where a policy says nothing. */
  public static final CostShares DEFAULT = new CostShares(0.05, 0.01);
}
