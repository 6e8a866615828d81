/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.simulate;

import dev.weir.event.Concentration;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param settings of it
 * @param windows full ones, and the rest as a last one
 * @param taxRatio spend over budget of the whole run
 * @param reviews of all actions, audits excepted
 * @param othersReviewed share of the actions outside the attack that was reviewed
 * @param byTier reviews by tier
 * @param mass asserted and actual
 * @param audit what audits told; null if there were none
 * @param concentration as the fleet knew it last; null if no partition told
 * @param seconds that it took
 */
public record SimulationResult(
    SimulationSettings settings,
    List<WindowResult> windows,
    double taxRatio,
    int reviews,
    double othersReviewed,
    SortedMap<String, Integer> byTier,
    Mass mass,
    @Nullable AuditResult audit,
    @Nullable Concentration concentration,
    double seconds) {

  SimulationResult with(@Nullable AuditResult told) {
    return new SimulationResult(
        settings,
        windows,
        taxRatio,
        reviews,
        othersReviewed,
        byTier,
        mass,
        told,
        concentration,
        seconds);
  }

  /**
   * Mass in LU.
   *
   * @param asserted by the policy's scores, over all actions
   * @param captured of that, in what was reviewed
   * @param actual as it is, over all actions
   * @param actualCaptured of that, in what was reviewed
   */
  public record Mass(double asserted, double captured, double actual, double actualCaptured) {}
}
