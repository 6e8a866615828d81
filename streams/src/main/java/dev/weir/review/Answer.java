/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.event.Assessment;
import dev.weir.event.AuditStage;
import dev.weir.event.EscalationReason;
import dev.weir.event.ReviewOutcome;
import java.util.Optional;

/**
 * What reviewers found of an action in the end.
 *
 * @param actionClass its class in the policy, or ""
 * @param inclusion probability with which it was drawn for an audit; 0 if it was escalated
 * @param harmful what they found
 */
public record Answer(String actionClass, double inclusion, boolean harmful) {
  /**
   * What a review that ended so says of its action; empty if nothing yet: nobody answered, another
   * tier is asked, only a screen has found it harmful, or it is a second opinion on a denial.
   */
  public static Optional<Answer> of(
      Assessment assessment, AuditStage stage, ReviewOutcome outcome) {
    boolean harmful = Signals.isHarmful(outcome);
    boolean cleared = outcome == ReviewOutcome.APPROVED;
    if (assessment.getCarriesOut() || !(harmful || cleared)) {
      return Optional.empty();
    }
    if ((stage == AuditStage.SCREEN && harmful) || stage == AuditStage.SECOND_OPINION) {
      return Optional.empty(); // the latter is drawn from what was found, and would count it twice
    }
    double inclusion = stage == AuditStage.NONE ? 0 : assessment.getDecision().getAuditInclusion();
    return Optional.of(new Answer(assessment.getScore().getActionClass(), inclusion, harmful));
  }

  /** Whether an action that was decided so passed, and may be audited. */
  public static boolean passed(EscalationReason reason) {
    return reason == EscalationReason.NONE || reason == EscalationReason.AUDIT;
  }
}
