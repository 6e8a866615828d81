/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.LossBalance;
import dev.weir.event.ReasonSpend;
import dev.weir.event.TaskRisk;
import dev.weir.event.TierSpend;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the monitor has committed. Costs in cost units, mass in LU, times in seconds since the watch
 * began.
 */
record Results(
    Counts counts,
    List<TierSpend> tiers,
    List<ReasonSpend> reasons,
    Map<String, Long> deadReasons,
    Bounded bounded,
    Costs costs,
    Mass mass,
    LossBalance asserted,
    int ledgerHours,
    Spread spread,
    List<TaskRisk> worst,
    @Nullable Escalation newest,
    double firstEscalationSeconds,
    double seconds) {

  /** Records by what they ended in; unscorable ones are among the assessed. */
  record Counts(long assessed, long duplicates, long deadLettered, long unscorable) {
    long settled() {
      return assessed + duplicates + deadLettered;
    }
  }

  /**
   * What ceilings and capacity kept back.
   *
   * @param waiting actions that wait above their ceiling; not among the escalated
   * @param asks whose ceilings those are
   * @param full actions that a tier had no room for
   */
  record Bounded(long waiting, Set<String> asks, long full) {}

  /** Cost of the actions themselves, of scoring them, and of their reviews. */
  record Costs(double base, double scoring, double review) {
    double spent() {
      return scoring + review;
    }

    double tax() {
      return base > 0 ? spent() / base : 0;
    }
  }

  /** Expected loss of all actions, and of the escalated ones, audits excepted. */
  record Mass(double total, double captured) {
    double capturedShare() {
      return total > 0 ? captured / total : 0;
    }
  }

  long escalations() {
    return reasons.stream().mapToLong(ReasonSpend::getReviews).sum();
  }

  /** Escalations that hold something: all but audits. */
  long reviews() {
    return escalations() - audits();
  }

  long audits() {
    return escalations(EscalationReason.AUDIT);
  }

  long escalations(EscalationReason... of) {
    Set<EscalationReason> asked = Set.of(of);
    return reasons.stream()
        .filter(spend -> asked.contains(spend.getReason()))
        .mapToLong(ReasonSpend::getReviews)
        .sum();
  }

  long taskCount() {
    return spread.tasks() == null ? 0 : spread.tasks().getCount();
  }

  long mandatory() {
    return escalations(
        EscalationReason.ROUTE,
        EscalationReason.CATASTROPHIC,
        EscalationReason.ID_CONFLICT,
        EscalationReason.VIOLATION);
  }
}
