/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.budget.Chance;

/** Keyed draws of what is planted beside one escalation: equal for equal questions. */
final class ProbeDice {
  private final Chance chance;
  private final String escalationId;

  ProbeDice(Chance chance, String escalationId) {
    this.chance = chance;
    this.escalationId = escalationId;
  }

  /** In [0, 1). */
  double unit(String purpose, String of) {
    return chance.probe(escalationId + " " + purpose + " " + of);
  }

  /** In [0, bound). */
  int below(int bound, String purpose, String of) {
    return (int) (unit(purpose, of) * bound);
  }
}
