/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.cel.runtime.CelEvaluationException;
import dev.weir.event.Dimension;
import dev.weir.policy.Expression;
import dev.weir.policy.Rule;
import java.util.Arrays;
import java.util.Map;

/**
 * A rule, laid out to be tried on action after action. A rule that reads claims which the source
 * may not attest is judged for every subset of them left out: per dimension the largest value
 * counts, and where in some subset it would contribute nothing, never less than 0. So leaving a
 * claim out never raises a score (invariant 10): each value over more claims is a maximum over more
 * subsets. Immutable.
 */
final class Trial {
  private static final double[] NONE = {};

  private final Rule rule;
  private final Expression when;
  private final int claims;
  private final Dimension[] dimensions;
  private final Expression[] adds;

  Trial(Rule rule) {
    this.rule = rule;
    this.when = rule.when();
    this.claims = rule.claims();
    this.dimensions = new Dimension[rule.adds().size()];
    this.adds = new Expression[rule.adds().size()];
    int i = 0;
    for (Map.Entry<Dimension, Expression> e : rule.adds().entrySet()) {
      dimensions[i] = e.getKey();
      adds[i++] = e.getValue();
    }
  }

  Rule rule() {
    return rule;
  }

  /** What the rule contributes to an action. */
  Firing on(Facts facts) {
    int open = facts.open(claims);
    double[] most = NONE;
    int fired = 0;
    int tried = 0;
    String failure = "";
    for (int subset = open; subset >= 0; subset = subset == 0 ? -1 : (subset - 1) & open) {
      facts.hide(subset);
      tried++;
      try {
        if (when.test(facts)) {
          most = most.length == 0 ? none() : most;
          raise(most, facts);
          fired++;
        }
      } catch (CelEvaluationException | RuntimeException | StackOverflowError e) {
        failure = e.getClass().getSimpleName();
      }
    }
    return fired == 0 && failure.isEmpty()
        ? Firing.NOTHING
        : new Firing(this, most, fired > 0, fired == tried, failure);
  }

  private double[] none() {
    double[] values = new double[Math.max(1, adds.length)];
    Arrays.fill(values, Double.NEGATIVE_INFINITY);
    return values;
  }

  private void raise(double[] most, Facts facts) throws CelEvaluationException {
    for (int i = 0; i < adds.length; i++) {
      most[i] = Math.max(most[i], adds[i].number(facts));
    }
  }

  int size() {
    return adds.length;
  }

  Dimension dimension(int i) {
    return dimensions[i];
  }
}
