/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.cel.runtime.CelEvaluationException;
import dev.weir.event.Dimension;
import dev.weir.policy.Expression;
import dev.weir.policy.Rule;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a rule contributes to one action. A rule that reads claims which the source may not attest
 * is judged for every subset of them left out: per dimension the largest value counts, and where in
 * some subset it would contribute nothing, never less than 0. So leaving a claim out never raises a
 * score (invariant 10): each value over more claims is a maximum over more subsets.
 *
 * @param adds values by dimension, in decades
 * @param fires whether it fires with some subset left out
 * @param always whether it fires whatever is left out
 * @param failure why an evaluation failed, or ""
 */
record Firing(
    Rule rule, Map<Dimension, Double> adds, boolean fires, boolean always, String failure) {

  /** Evaluates a rule. */
  static Firing of(Rule rule, Facts facts) {
    int open = rule.claims() & facts.unattested();
    Map<Dimension, Double> most = new EnumMap<>(Dimension.class);
    int fired = 0;
    int tried = 0;
    String failure = "";
    for (int subset = open; subset >= 0; subset = subset == 0 ? -1 : (subset - 1) & open) {
      facts.hide(subset);
      tried++;
      try {
        fired += fire(rule, facts, most) ? 1 : 0;
      } catch (CelEvaluationException | RuntimeException | StackOverflowError e) {
        failure = e.getClass().getSimpleName();
      }
    }
    boolean always = fired == tried;
    if (!always) {
      most.replaceAll((d, v) -> Math.max(0, v));
    }
    return new Firing(rule, most, fired > 0, always, failure);
  }

  private static boolean fire(Rule rule, Facts facts, Map<Dimension, Double> most)
      throws CelEvaluationException {
    if (!rule.when().test(facts)) {
      return false;
    }
    for (Map.Entry<Dimension, Expression> e : rule.adds().entrySet()) {
      most.merge(e.getKey(), e.getValue().number(facts), Math::max);
    }
    return true;
  }
}
