/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.event.Dimension;
import dev.weir.policy.Rule;
import org.jspecify.annotations.Nullable;

/** What a rule contributes to one action, in decades by dimension. */
final class Firing {
  /** Of a rule that does not fire. */
  static final Firing NOTHING = new Firing(null, new double[0], false, false, "");

  private final @Nullable Trial trial;
  private final double[] most;
  private final boolean fires;
  private final boolean always;
  private final String failure;

  /**
   * Makes a firing.
   *
   * @param most the largest value by the trial's dimensions; −∞ where there is none
   * @param fires whether the rule fires with some subset of claims left out
   * @param always whether it fires whatever is left out
   * @param failure why an evaluation failed, or ""
   */
  Firing(@Nullable Trial trial, double[] most, boolean fires, boolean always, String failure) {
    this.trial = trial;
    this.most = most;
    this.fires = fires;
    this.always = always;
    this.failure = failure;
  }

  Rule rule() {
    return trial().rule();
  }

  boolean fires() {
    return fires;
  }

  boolean always() {
    return always;
  }

  String failure() {
    return failure;
  }

  /** How many values there may be. */
  int size() {
    return trial().size();
  }

  boolean has(int i) {
    return most[i] != Double.NEGATIVE_INFINITY;
  }

  Dimension dimension(int i) {
    return trial().dimension(i);
  }

  /** A value that the rule adds; where it does not always fire, never below 0. */
  double value(int i) {
    return always ? most[i] : Math.max(0, most[i]);
  }

  private Trial trial() {
    if (trial == null) {
      throw new IllegalStateException("nothing fired");
    }
    return trial;
  }
}
