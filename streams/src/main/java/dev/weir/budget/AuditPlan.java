/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import java.util.function.IntToDoubleFunction;

/**
 * With what probability an action that is not escalated is audited: a function of its stratum
 * alone, so no price moves it and no agent can tell.
 *
 * <p>Invariant: every inclusion probability is at least the least of its stratum, whatever the
 * budget. Beyond that audits go where they narrow the estimate of missed mass most (Neyman 1934):
 * in proportion to the standard deviation of an action's loss, which for a rare loss of probability
 * p and size L is L·√p. The scores say only its mean L·p, so it is taken as the root of that, as if
 * every loss had the same size.
 */
public final class AuditPlan {
  private static final int STEPS = 100;
  private static final double MOST = 1e12;

  private final AuditStrata strata;
  private final double[] inclusions;

  private AuditPlan(AuditStrata strata, IntToDoubleFunction inclusion) {
    this.strata = strata;
    this.inclusions = new double[strata.size()];
    for (int i = 0; i < inclusions.length; i++) {
      inclusions[i] = inclusion.applyAsDouble(i);
    }
  }

  /** The plan that audits each stratum with its least probability. */
  public static AuditPlan least(AuditStrata strata) {
    return new AuditPlan(strata, strata::least);
  }

  /**
   * The plan that spends an expected number of audits on traffic like that seen, if the least
   * probabilities leave so many free.
   *
   * @param audits how many, at least 0
   */
  public static AuditPlan allocated(AuditTraffic traffic, double audits) {
    double low = 1 / MOST;
    double high = MOST;
    for (int step = 0; step < STEPS; step++) {
      double middle = Math.sqrt(low * high);
      if (at(traffic, middle).expected(traffic) <= audits) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return at(traffic, low);
  }

  private static AuditPlan at(AuditTraffic traffic, double factor) {
    AuditStrata strata = traffic.strata();
    return new AuditPlan(
        strata,
        i -> Math.min(1, Math.max(strata.least(i), factor * Math.sqrt(traffic.meanMass(i)))));
  }

  /** How many audits the plan expects of that traffic. */
  public double expected(AuditTraffic traffic) {
    double sum = 0;
    for (int i = 0; i < inclusions.length; i++) {
      sum += traffic.actions(i) * inclusions[i];
    }
    return sum;
  }

  /** Probability, over the chance key, that such an action is audited, in (0, 1]. */
  public double inclusion(double risk, String actionClass) {
    return inclusions[strata.of(risk, actionClass)];
  }

  /**
   * Whether an action that is not escalated is audited.
   *
   * @param risk log10 of expected loss in LU
   * @param actionClass the action's class, or ""
   * @param u its draw in [0, 1), from {@link Chance#auditDraw}
   */
  public AuditDraw draw(double risk, String actionClass, double u) {
    return new AuditDraw(inclusion(risk, actionClass), strata.settings().negativeShare(), u);
  }
}
