/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.policy.Budget;
import dev.weir.policy.Lines;
import dev.weir.policy.Policy;
import dev.weir.policy.Tier;
import java.util.stream.Stream;

/**
 * What review may cost, and whom it may ask.
 *
 * @param ladder the tiers worth asking
 * @param budget the policy's
 * @param audit of what is not escalated
 * @param lines over which a review is asked for whatever the price
 */
public record Terms(Ladder ladder, Budget budget, AuditPlan audit, Lines lines) {
  /** A policy's. */
  public static Terms of(Policy policy) {
    return new Terms(
        Ladder.of(policy.tiers()), policy.budget(), AuditPlan.of(policy), policy.lines());
  }

  /** Share of the loss that a review of that tier prevents; 0 if there is none of that id. */
  public double assurance(String tier) {
    return Stream.concat(ladder.rungs().stream(), ladder.dominated().stream())
        .filter(each -> each.id().equals(tier))
        .mapToDouble(Tier::assurance)
        .findFirst()
        .orElse(0);
  }
}
