/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.policy.GoLive;
import dev.weir.policy.Policy;

/**
 * What counts in a trial: the stricter of each limit that candidate and policy in force declare,
 * and never looser than {@link #LOOSEST}. So a candidate does not escape by declaring loose limits:
 * they count from the trial after it, and only if it passed by the limits before.
 */
public final class GoLiveLimits {
  /** What no declaration loosens. */
  static final GoLive LOOSEST = new GoLive(0.8, 0.05, 10_000, 100);

  private GoLiveLimits() {}

  /** The limits of a trial of one beside the other. */
  public static GoLive between(Policy candidate, Policy inForce) {
    return strictest(strictest(candidate.limits(), inForce.limits()), LOOSEST);
  }

  private static GoLive strictest(GoLive one, GoLive other) {
    return new GoLive(
        Math.min(one.ruleShare(), other.ruleShare()),
        Math.min(one.mandatoryRate(), other.mandatoryRate()),
        Math.min(one.priceFactor(), other.priceFactor()),
        Math.max(one.trialActions(), other.trialActions()));
  }
}
