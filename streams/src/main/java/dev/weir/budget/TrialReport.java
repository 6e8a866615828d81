/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.state.TrialBreach;
import java.util.List;

/**
 * What a trial found.
 *
 * @param actions that it saw
 * @param sliver how many of the riskiest count as what would be reviewed
 * @param inForce what the policy in force made of them
 * @param candidate what the candidate made of them
 * @param breaches limits that the candidate broke; none if it may go live
 */
public record TrialReport(
    long actions, long sliver, Side inForce, Side candidate, List<TrialBreach> breaches) {

  /**
   * What one policy made of the actions.
   *
   * @param mandatoryRate share reviewed whatever the price
   * @param unscorableRate share that could not be judged
   * @param mass sum of expected loss in LU
   * @param price λ at which the sliver alone would be reviewed, in LU per cost unit
   * @param rules every rule that counted, the one behind most of the sliver first
   */
  public record Side(
      double mandatoryRate,
      double unscorableRate,
      double mass,
      double price,
      List<RuleShare> rules) {}

  /** Whether the candidate may go live. */
  public boolean passed() {
    return breaches.isEmpty();
  }

  /** A breach in one line. */
  public static String sentence(TrialBreach breach) {
    String of = breach.getRule().isEmpty() ? "" : " of rule " + breach.getRule();
    return "%s%s is %.4g, surely above %.4g, and may be %.4g"
        .formatted(
            breach.getLimit(), of, breach.getMeasured(), breach.getAtLeast(), breach.getAllowed());
  }
}
