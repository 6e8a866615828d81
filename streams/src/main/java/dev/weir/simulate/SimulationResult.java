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
 * @param taxRatio spend over budget of the whole run, without reviews of lines
 * @param lineRatio spend on those over budget
 * @param reviews of all actions, audits and those of lines excepted
 * @param othersReviewed share of the actions outside the attack that was reviewed
 * @param byTier reviews by tier
 * @param mass asserted and actual
 * @param audit what audits told; null if there were none
 * @param sums what came of the lines
 * @param concentration as the fleet knew it last; null if no partition told
 * @param seconds that it took
 */
public record SimulationResult(
    SimulationSettings settings,
    List<WindowResult> windows,
    double taxRatio,
    double lineRatio,
    int reviews,
    double othersReviewed,
    SortedMap<String, Integer> byTier,
    Mass mass,
    @Nullable AuditResult audit,
    Sums sums,
    @Nullable Concentration concentration,
    double seconds) {

  SimulationResult with(@Nullable AuditResult told) {
    return new SimulationResult(
        settings,
        windows,
        taxRatio,
        lineRatio,
        reviews,
        othersReviewed,
        byTier,
        mass,
        told,
        sums,
        concentration,
        seconds);
  }

  /**
   * What came of the lines.
   *
   * @param tasks escalations of tasks, waiting ones included
   * @param task the largest mass that a task had without a review, over its line
   * @param agents escalations of agents, waiting ones included
   * @param agent the largest mass that an agent had without a review, wherever, over its line
   * @param reports by which partitions told of agents
   */
  public record Sums(int tasks, double task, int agents, double agent, int reports) {}

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
