/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.state.TrialBreach;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
  /** What a rule must have lost of what another gained, to be the one that it outdid. */
  private static final double ABOUT_AS_MUCH = 0.75;

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

  /** A breach of this trial in one line, with the rule that the breaking one outdid, if any. */
  public String told(TrialBreach breach) {
    RuleShare old = outdone(breach);
    return old == null
        ? sentence(breach)
        : "%s; rule %s was behind %.2f of it by the policy in force: let the new rule take over its id, or change that rule"
            .formatted(sentence(breach), old.rule(), old.sliverShare());
  }

  /** The rule of the policy in force that lost most of the sliver, if it lost about as much. */
  private @Nullable RuleShare outdone(TrialBreach breach) {
    if (breach.getRule().isEmpty()) {
      return null;
    }
    double gained = breach.getMeasured() - share(inForce, breach.getRule());
    RuleShare old = null;
    double most = ABOUT_AS_MUCH * gained;
    for (RuleShare rule : inForce.rules()) {
      double lost = rule.sliverShare() - share(candidate, rule.rule());
      if (lost >= most && lost > 0) {
        old = rule;
        most = lost;
      }
    }
    return old;
  }

  private static double share(Side side, String rule) {
    return side.rules().stream()
        .filter(r -> r.rule().equals(rule))
        .mapToDouble(RuleShare::sliverShare)
        .findFirst()
        .orElse(0);
  }

  /** A breach in one line. */
  public static String sentence(TrialBreach breach) {
    String of = breach.getRule().isEmpty() ? "" : " of rule " + breach.getRule();
    return "%s%s is %.4g, surely above %.4g, and may be %.4g"
        .formatted(
            breach.getLimit(), of, breach.getMeasured(), breach.getAtLeast(), breach.getAllowed());
  }
}
