/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.cel.runtime.CelEvaluationException;
import dev.weir.action.Action;
import dev.weir.policy.Conditions;
import dev.weir.policy.Expression;
import dev.weir.policy.Policy;

/**
 * A condition under which something is allowed. It is met only where it is true whatever the source
 * may not attest is taken to be, and whatever earlier actions are taken to have left: so no claim
 * that nobody vouches for allows anything (invariant 10). Immutable; may be asked by several
 * threads at once.
 */
public final class Proviso {
  private final Expression when;

  private Proviso(Expression when) {
    this.when = when;
  }

  /** What a condition says of an action. */
  public enum Answer {
    /** It is true in every reading. */
    MET,
    /** It is false in some reading. */
    UNMET,
    /** It cannot be evaluated in some reading, or the action cannot be read. */
    FAILED
  }

  /**
   * The condition that {@code text} states, in the language of policies' rules.
   *
   * @throws IllegalArgumentException if it is none; says where and why
   */
  public static Proviso of(String text) {
    return new Proviso(Conditions.compile(text));
  }

  /** What it says of an action of a task, given the task's state before it. Never throws. */
  public Answer of(Policy policy, Action action, TaskView task) {
    try {
      Facts facts = new Facts(policy, action, task);
      Answer answer = of(facts);
      return answer == Answer.MET && facts.recalled() ? of(facts.alone()) : answer;
    } catch (RuntimeException | StackOverflowError e) { // hostile input must not stop the stream
      return Answer.FAILED;
    }
  }

  private Answer of(Facts facts) {
    int open = facts.open(when.claims());
    boolean met = true;
    for (int subset = open; subset >= 0; subset = subset == 0 ? -1 : (subset - 1) & open) {
      facts.hide(subset);
      try {
        met &= when.test(facts);
      } catch (CelEvaluationException e) {
        return Answer.FAILED;
      }
    }
    return met ? Answer.MET : Answer.UNMET;
  }
}
