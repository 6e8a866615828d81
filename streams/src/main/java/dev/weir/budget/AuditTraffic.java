/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/**
 * What went through each stratum of an audit without being escalated.
 *
 * <p>Invariant: as many counts and masses as there are strata. Mass is in LU, each action's at most
 * the cap. Not safe for use by several threads.
 */
public final class AuditTraffic {
  private final AuditStrata strata;
  private final long[] actions;
  private final double[] mass;

  /** Nothing yet. */
  public AuditTraffic(AuditStrata strata) {
    this.strata = strata;
    this.actions = new long[strata.size()];
    this.mass = new double[strata.size()];
  }

  /** One more action; one whose risk is not a number counts as at the cap. */
  public void add(double risk, String actionClass) {
    int stratum = strata.of(risk, actionClass);
    double cap = strata.settings().cap();
    double expected = Math.pow(10, risk);
    actions[stratum]++;
    mass[stratum] += expected < cap ? expected : cap;
  }

  AuditStrata strata() {
    return strata;
  }

  long actions(int stratum) {
    return actions[stratum];
  }

  /** Expected loss of one action in a stratum, in LU; 0 for an empty one. */
  double meanMass(int stratum) {
    return actions[stratum] == 0 ? 0 : mass[stratum] / actions[stratum];
  }
}
