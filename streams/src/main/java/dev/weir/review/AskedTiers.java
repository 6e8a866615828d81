/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.policy.AuditSettings;
import dev.weir.policy.Policy;
import dev.weir.policy.Tier;
import dev.weir.state.AskedTier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The tiers that one action may go through: the one that was decided, then every dearer one that
 * assures more, cheapest first. An audit goes through its screen, then what confirms it; what is
 * reviewed for its request alone is asked where it was asked for, and nowhere else.
 */
public final class AskedTiers {
  private AskedTiers() {}

  /** The tiers of an action as that policy decided it, which asks one. */
  public static List<AskedTier> of(Policy policy, Decision decision) {
    Tier asked = policy.tier(decision.getTier());
    List<AskedTier> tiers = new ArrayList<>();
    tiers.add(asked(asked));
    if (decision.getReason() == EscalationReason.AUDIT) {
      policy.audit().map(audit -> confirming(policy, audit)).ifPresent(tiers::add);
      return tiers;
    }
    if (decision.getReason() == EscalationReason.REQUESTED) {
      return tiers;
    }
    Tier last = asked;
    for (Tier tier : byCost(policy.tiers())) {
      if (tier.cost() > last.cost() && tier.assurance() > last.assurance()) {
        tiers.add(asked(tier));
        last = tier;
      }
    }
    return tiers;
  }

  /** The tier whose word counts in audits. */
  public static AskedTier confirming(Policy policy, AuditSettings audit) {
    return asked(policy.tier(audit.confirm()));
  }

  private static List<Tier> byCost(List<Tier> tiers) {
    return tiers.stream().sorted(Comparator.comparingDouble(Tier::cost)).toList();
  }

  private static AskedTier asked(Tier tier) {
    return new AskedTier(
        tier.id(),
        tier.cost(),
        tier.deadlineMs(),
        tier.panel().quorum(),
        tier.panel().independence().name());
  }
}
