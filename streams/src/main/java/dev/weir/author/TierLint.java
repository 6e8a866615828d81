/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.author;

import static dev.weir.policy.Attestable.REQUESTED_TIER;

import dev.weir.budget.Ladder;
import dev.weir.policy.Policy;
import dev.weir.policy.Tier;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** Tells which tiers no price ever asks, in numbers. */
final class TierLint {
  private final Policy policy;
  private final Ladder ladder;

  private TierLint(Policy policy) {
    this.policy = policy;
    this.ladder = Ladder.of(policy.tiers());
  }

  static List<Finding> of(Policy policy) {
    TierLint lint = new TierLint(policy);
    return lint.ladder.dominated().stream()
        .filter(tier -> !lint.audits(tier))
        .map(lint::finding)
        .toList();
  }

  private boolean audits(Tier tier) {
    return policy.audit().stream().anyMatch(audit -> audit.screen().equals(tier.id()));
  }

  private Finding finding(Tier tier) {
    int below = 0;
    while (below < ladder.height() && ladder.tier(below + 1).cost() <= tier.cost()) {
      below++;
    }
    boolean outdone = below > 0 && ladder.tier(below).assurance() >= tier.assurance();
    String why = outdone ? outdone(tier, ladder.tier(below)) : skipped(tier, below);
    return Finding.warning(
        policy.at(tier),
        "tier '%s' is %s: %s; remove it or correct its numbers".formatted(tier.id(), when(), why));
  }

  /** Another tier that is full may leave it as the next best; an agent may ask for it. */
  private String when() {
    if (policy.sources().values().stream().anyMatch(may -> may.contains(REQUESTED_TIER))) {
      return "asked only where an agent asks for it";
    }
    return ladder.rungs().stream().anyMatch(Tier::limited)
        ? "asked only where others have no room"
        : "never asked";
  }

  private static String outdone(Tier tier, Tier other) {
    return "at every price '%s' assures %s for a cost of %s, this one %s for %s"
        .formatted(
            other.id(),
            number(other.assurance()),
            number(other.cost()),
            number(tier.assurance()),
            number(tier.cost()));
  }

  private String skipped(Tier tier, int below) {
    double cost = below == 0 ? 0 : ladder.tier(below).cost();
    double assurance = below == 0 ? 0 : ladder.tier(below).assurance();
    double adds = (tier.assurance() - assurance) / (tier.cost() - cost);
    return "beyond %s it adds %s for a cost unit, '%s' adds %s, which at every price is the better buy"
        .formatted(
            below == 0 ? "no review" : "'" + ladder.tier(below).id() + "'",
            number(adds),
            ladder.tier(below + 1).id(),
            number(ladder.worth(below + 1)));
  }

  private static String number(double value) {
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}
