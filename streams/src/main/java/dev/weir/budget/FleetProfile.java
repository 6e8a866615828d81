/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Concentration;
import dev.weir.event.LeadingAction;
import dev.weir.event.RiskProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the fleet's risk is spread: the sum of the partitions' latest profiles.
 *
 * <p>Invariant: counts are exact, masses are sums up to rounding. Costs in cost units, mass in LU.
 * Not safe for use by several threads.
 */
final class FleetProfile {
  private final RiskHistogram window = RiskHistogram.fine();
  private final RiskHistogram actions = RiskHistogram.fine();
  private final RiskHistogram tasks = RiskHistogram.fine();
  private final RuleSums rules = new RuleSums();
  private final Map<Integer, List<LeadingAction>> worst = new HashMap<>();
  private double windowBaseCost;

  /** Adds a partition's profile, or, by a sign of -1, takes it away. */
  void fold(int partition, @Nullable RiskProfile profile, int sign) {
    if (profile == null) {
      return;
    }
    windowBaseCost += sign * profile.getWindowBaseCost();
    window.addCounts(profile.getWindow(), sign);
    actions.merge(profile.getHistogram(), sign);
    tasks.merge(profile.getTaskHistogram(), sign);
    rules.merge(profile.getRules(), sign);
    if (sign > 0) {
      worst.put(partition, profile.getWorst());
    } else {
      worst.remove(partition);
    }
  }

  /** Recent actions that compete for review. */
  RiskHistogram window() {
    return window;
  }

  /** Cost of all recent actions that pays for reviews. */
  double windowBaseCost() {
    return windowBaseCost;
  }

  /** Writes how concentrated it is. */
  void write(Concentration concentration) {
    double mass = actions.mass();
    List<LeadingAction> leading = Attribution.worst(worst.values());
    double top = leading.stream().mapToDouble(LeadingAction::getMass).sum();
    concentration.setActions(Concentrations.of(actions));
    concentration.setTasks(Concentrations.of(tasks));
    concentration.setTopRule(rules.top(mass));
    concentration.setTopTenShare(mass > 0 ? Math.min(1, top / mass) : 0);
    concentration.setWorst(leading);
  }
}
