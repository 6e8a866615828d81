/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Assessment;
import dev.weir.event.LeadingAction;
import dev.weir.event.RuleMass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a partition's mass comes from: the rules behind most of it, and its riskiest actions.
 *
 * <p>Invariant: exact for the riskiest {@value #WORST} actions, and for rules as long as there are
 * at most {@value #RULES}; of more the least gives way to a new one, which inherits its mass, so a
 * sum is at most too high, by no more than the mass over {@value #RULES} (Space-Saving: Metwally,
 * Agrawal and El Abbadi, "Efficient computation of frequent and top-k elements in data streams",
 * ICDT 2005). Mass in LU. Not safe for use by several threads.
 */
public final class Attribution {
  /** Riskiest actions that are kept. */
  static final int WORST = 10;

  private static final int RULES = 128;
  private static final int TOLD_RULES = 32;
  private static final Comparator<RuleMass> LARGEST_FIRST =
      Comparator.comparingDouble(RuleMass::getMass).reversed().thenComparing(RuleMass::getRule);
  private static final Comparator<LeadingAction> WORST_FIRST =
      Comparator.comparingDouble(LeadingAction::getMass)
          .reversed()
          .thenComparing(LeadingAction::getTaskId)
          .thenComparing(LeadingAction::getEventId);

  private final Map<String, RuleMass> rules = new HashMap<>();
  private final List<LeadingAction> worst;

  /** One that goes on from these. */
  public Attribution(List<RuleMass> rules, List<LeadingAction> worst) {
    rules.forEach(rule -> this.rules.put(rule.getRule(), RuleMass.newBuilder(rule).build()));
    this.worst = new ArrayList<>(worst);
  }

  /** Adds an action of that mass, above 0 and finite. */
  public void add(Assessment assessment, double mass) {
    String rule = Belonging.leading(assessment.getScore());
    if (!rule.isEmpty()) {
      RuleMass sum = rules.get(rule);
      if (sum == null) {
        sum = new RuleMass(rule, rules.size() < RULES ? 0 : evicted());
        rules.put(rule, sum);
      }
      sum.setMass(sum.getMass() + mass);
    }
    if (worst.size() < WORST || mass > worst.get(WORST - 1).getMass()) {
      keep(assessment, rule, mass);
    }
  }

  private void keep(Assessment assessment, String rule, double mass) {
    worst.add(
        new LeadingAction(
            assessment.getTaskId(),
            assessment.getEventId(),
            assessment.getAgentId(),
            assessment.getTool(),
            rule,
            assessment.getScore().getRisk(),
            mass));
    worst.sort(WORST_FIRST);
    if (worst.size() > WORST) {
      worst.remove(WORST);
    }
  }

  private double evicted() {
    RuleMass least = rules.values().stream().max(LARGEST_FIRST).orElseThrow();
    rules.remove(least.getRule());
    return least.getMass();
  }

  /** All that is kept of rules, largest first. */
  public List<RuleMass> rules() {
    return rules.values().stream()
        .sorted(LARGEST_FIRST)
        .map(rule -> RuleMass.newBuilder(rule).build())
        .toList();
  }

  /** What others are told of rules, largest first. */
  List<RuleMass> toldRules() {
    return rules().stream().limit(TOLD_RULES).toList();
  }

  /** The riskiest actions, worst first. */
  public List<LeadingAction> worst() {
    return List.copyOf(worst);
  }

  /** The riskiest of all those actions, worst first. */
  static List<LeadingAction> worst(Collection<List<LeadingAction>> parts) {
    return parts.stream().flatMap(List::stream).sorted(WORST_FIRST).limit(WORST).toList();
  }
}
