/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.action.Action;
import dev.weir.policy.Expression;
import dev.weir.policy.Fact;
import dev.weir.policy.Policy;
import dev.weir.policy.Rule;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Scores as {@link PolicyScorer} does, by it, and tells what every rule did. */
public final class Inspector {
  private final Policy policy;
  private final PolicyScorer scorer;
  private final RuleIndex index;

  /** An inspector of this policy. */
  public Inspector(Policy policy) {
    this.policy = policy;
    this.scorer = new PolicyScorer(policy);
    this.index = new RuleIndex(policy.rules());
  }

  /** Inspects an action of a task, given the task's state before it. Never throws. */
  public Inspection inspect(Action action, TaskView task) {
    Set<String> candidates = new LinkedHashSet<>();
    Set<String> fired = new LinkedHashSet<>();
    Map<String, String> failures = new LinkedHashMap<>();
    Map<Fact, Object> read = new LinkedHashMap<>();
    try {
      Facts facts = new Facts(policy, action, task);
      BitSet found = index.candidates(facts);
      for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
        Rule rule = index.trial(i).rule();
        candidates.add(rule.id());
        Firing firing = index.trial(i).on(facts);
        if (firing.fires()) {
          fired.add(rule.id());
        }
        if (!firing.failure().isEmpty()) {
          failures.put(rule.id(), firing.failure());
        }
        facts.hide(0);
        reads(rule).forEach(fact -> read.computeIfAbsent(fact, facts::value));
      }
    } catch (RuntimeException | StackOverflowError e) { // the score says the same
      failures.put("", e.getClass().getSimpleName());
    }
    return new Inspection(scorer.score(action, task), candidates, fired, failures, read);
  }

  private static Set<Fact> reads(Rule rule) {
    Set<Fact> facts = EnumSet.noneOf(Fact.class);
    facts.addAll(rule.when().reads().facts());
    for (Expression value : rule.adds().values()) {
      facts.addAll(value.reads().facts());
    }
    return facts;
  }
}
