/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/**
 * What a policy must keep to in a shadow run over recent actions before it may go live.
 *
 * @param ruleShare largest share of the escalated mass that one rule may carry, in (0, 1]
 * @param mandatoryRate largest share of actions reviewed whatever the price, in [0, 1]
 * @param priceFactor how many times dearer or cheaper its price may be than the one in force, above
 *     1
 * @param trialActions actions that the shadow run covers at least
 */
public record GoLive(
    double ruleShare, double mandatoryRate, double priceFactor, long trialActions) {
  /** What counts where a policy says nothing. */
  public static final GoLive DEFAULT = new GoLive(0.4, 0.002, 100, 2_000);
}
