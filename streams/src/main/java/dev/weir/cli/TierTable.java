/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.budget.Ladder;
import dev.weir.policy.Policy;
import dev.weir.policy.Tier;
import java.util.Locale;

/** A policy's review services, and from where on each is asked. */
final class TierTable {
  private TierTable() {}

  static String text(Policy policy) {
    Ladder ladder = Ladder.of(policy.tiers());
    StringBuilder text = new StringBuilder();
    line(text, "tier", "cost", "assures", "per hour", "quorum", "independent", "asked from mass");
    for (Tier tier : policy.tiers()) {
      int rung = ladder.rungs().indexOf(tier) + 1;
      line(
          text,
          Words.cut(tier.id(), 24),
          number(tier.cost()),
          number(tier.assurance()),
          tier.limited() ? number(tier.capacity()) : "any",
          Integer.toString(tier.panel().quorum()),
          Words.lower(tier.panel().independence()),
          rung == 0 ? "never by price" : "price x " + number(1 / ladder.worth(rung)));
    }
    return text.toString();
  }

  static ArrayNode json(Policy policy) {
    Ladder ladder = Ladder.of(policy.tiers());
    ArrayNode tiers = JsonNodeFactory.instance.arrayNode();
    for (Tier tier : policy.tiers()) {
      int rung = ladder.rungs().indexOf(tier) + 1;
      ObjectNode node = tiers.addObject().put("id", tier.id()).put("cost", tier.cost());
      node.put("assurance", tier.assurance());
      if (tier.limited()) {
        node.put("capacity", tier.capacity());
      }
      node.put("quorum", tier.panel().quorum());
      node.put("independence", Words.lower(tier.panel().independence()));
      if (rung > 0) {
        node.put("asked_below_price_per_lu", ladder.worth(rung));
      }
    }
    return tiers;
  }

  private static void line(StringBuilder text, Object... cells) {
    text.append(String.format(Locale.ROOT, "%-24s %8s %8s %9s %7s %12s  %s%n", cells));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.3g", value);
  }
}
