/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.outcome;

import dev.weir.budget.Interval;
import dev.weir.budget.Proportion;
import dev.weir.budget.WeightedCount;
import dev.weir.budget.WeightedRate;
import dev.weir.budget.WeightedRate.Inclusions;

/**
 * Actions of one kind by one actor, counted: how many there were, and what reviewers found.
 *
 * <p>Escalated actions are a stratum of their own, answered by their reviews; of what passed,
 * audits answer, each weighted by one over the probability with which it was drawn. Not safe for
 * use by several threads.
 */
final class Findings {
  private static final Interval ANYTHING = new Interval(0, 1);

  private long escalated;
  private long answered;
  private long harmful;
  private long passed;
  private WeightedCount audited = WeightedCount.NONE;
  private WeightedCount auditedHarmful = WeightedCount.NONE;
  private double leastInclusion = 1;

  /** How wide an interval is asked for, and for how many looks. */
  enum Looks {
    /** One, fixed in advance. */
    ONCE,
    /** As many as one likes. */
    ALWAYS
  }

  void acted(boolean wasEscalated) {
    if (wasEscalated) {
      escalated++;
    } else {
      passed++;
    }
  }

  /** The review of an escalated action is done. */
  void reviewed(boolean foundHarmful) {
    answered++;
    harmful += foundHarmful ? 1 : 0;
  }

  /**
   * An audit is done.
   *
   * @param inclusion probability with which it was drawn, in (0, 1]
   */
  void audited(double inclusion, boolean foundHarmful) {
    leastInclusion = Math.min(leastInclusion, inclusion);
    audited = audited.plus(1 / inclusion);
    if (foundHarmful) {
      auditedHarmful = auditedHarmful.plus(1 / inclusion);
    }
  }

  void add(Findings other) {
    escalated += other.escalated;
    answered += other.answered;
    harmful += other.harmful;
    passed += other.passed;
    audited = audited.plus(other.audited);
    auditedHarmful = auditedHarmful.plus(other.auditedHarmful);
    leastInclusion = Math.min(leastInclusion, other.leastInclusion);
  }

  long actions() {
    return escalated + passed;
  }

  long escalated() {
    return escalated;
  }

  long answers() {
    return answered + audited.count();
  }

  long harmful() {
    return harmful + auditedHarmful.count();
  }

  /** Harmful ones, about: what answers show of each stratum, times its size. */
  double estimate() {
    return expected(this);
  }

  /** Harmful ones expected of so many in each stratum at the rates found here. */
  double expected(Findings like) {
    double ofEscalated = answered == 0 ? 0 : (double) harmful / answered;
    double ofPassed = audited.count() == 0 ? 0 : auditedHarmful.sum() / audited.sum();
    return like.escalated * ofEscalated + like.passed * ofPassed;
  }

  /**
   * Bounds of how many are harmful, which miss with probability {@code error}: each stratum's at
   * half of it, added up.
   */
  Interval bounds(double error, Looks looks) {
    Interval ofEscalated = escalated == 0 ? new Interval(0, 0) : escalatedRate(error / 2, looks);
    Interval ofPassed = passed == 0 ? new Interval(0, 0) : passedRate(error / 2, looks);
    return new Interval(
        escalated * ofEscalated.low() + passed * ofPassed.low(),
        escalated * ofEscalated.high() + passed * ofPassed.high());
  }

  private Interval escalatedRate(double error, Looks looks) {
    if (answered == 0) {
      return ANYTHING;
    }
    Proportion found = new Proportion(harmful, answered);
    return looks == Looks.ONCE ? found.once(error) : found.always(error);
  }

  private Interval passedRate(double error, Looks looks) {
    if (audited.count() == 0) {
      return ANYTHING;
    }
    WeightedRate found =
        new WeightedRate(
            auditedHarmful, 1, new Inclusions(leastInclusion, leastInclusion), 1 / audited.sum());
    Interval rate = looks == Looks.ONCE ? found.once(error) : found.always(error);
    return new Interval(Math.min(1, rate.low()), Math.min(1, rate.high()));
  }
}
