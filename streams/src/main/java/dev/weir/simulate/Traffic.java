/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.simulate;

/**
 * A fleet's actions in the order in which the log has them, one slot of each array an action. Risks
 * are log10 of expected loss in LU.
 */
final class Traffic {
  /** A rule that routes what it should. */
  static final byte RIGHT_ROUTE = 1;

  /** A rule that went wrong. */
  static final byte WRONG_ROUTE = 2;

  /** Risk as the policy asserts it; NaN where it could not be told. */
  final double[] asserted;

  /** Risk as it is. */
  final double[] actual;

  /** The action's own cost, in cost units. */
  final double[] cost;

  /** Number of the task. */
  final int[] task;

  /** Number of the agent. */
  final int[] agent;

  /** Class, from 1; 0 for none. */
  final byte[] actionClass;

  /** The rule that makes most of the magnitude, from 1. */
  final short[] rule;

  /** Rule that has it reviewed whatever the price; 0 for none. */
  final byte[] route;

  /** Partition of the task. */
  final short[] partition;

  /** Broker time, ms since the start. */
  final long[] atMs;

  /** Whether it belongs to an attack on the budget. */
  final boolean[] attack;

  Traffic(int actions) {
    asserted = new double[actions];
    actual = new double[actions];
    cost = new double[actions];
    task = new int[actions];
    agent = new int[actions];
    actionClass = new byte[actions];
    rule = new short[actions];
    route = new byte[actions];
    partition = new short[actions];
    atMs = new long[actions];
    attack = new boolean[actions];
  }

  int size() {
    return asserted.length;
  }
}
