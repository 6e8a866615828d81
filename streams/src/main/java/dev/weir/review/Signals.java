/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.event.AuditStage;
import dev.weir.event.Escalation;
import dev.weir.event.Opinion;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.Signal;
import dev.weir.event.SignalSource;
import dev.weir.state.Denial;
import dev.weir.state.OpenReview;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/** What a review came to, ready for training and for the audit of reviewers. */
public final class Signals {
  private Signals() {}

  /** The signal of a review that ended so, by what the broker appended at that time, epoch ms. */
  public static Signal of(OpenReview review, ReviewOutcome outcome, long atMs) {
    Escalation escalation = review.getEscalation();
    double inclusion = escalation.getAssessment().getDecision().getInclusionProbability();
    Denial denial = review.getDenial();
    return new Signal(
        escalation.getEscalationId(),
        escalation.getTaskId(),
        escalation.getTier(),
        escalation.getRound(),
        stage(review),
        outcome,
        review.getOpinions(),
        cost(review),
        1 / (denial == null ? inclusion : inclusion * denial.getShare()),
        escalation.getAssessment().getReceivedAt(),
        Instant.ofEpochMilli(atMs),
        escalation.getAssessment(),
        SignalSource.REVIEW,
        null,
        List.of());
  }

  /** Which part of an audit a review is; its escalation does not tell that of a second opinion. */
  public static AuditStage stage(OpenReview review) {
    return review.getDenial() == null
        ? review.getEscalation().getAuditStage()
        : AuditStage.SECOND_OPINION;
  }

  /** What reviewers say that it cost, one that says nothing its share of the tier's cost. */
  private static double cost(OpenReview review) {
    double share = review.getTiers().get(0).getCost() / review.getTiers().get(0).getQuorum();
    return review.getOpinions().stream()
        .mapToDouble(opinion -> opinion.getCost() == null ? share : opinion.getCost())
        .sum();
  }

  /** Whether reviewers found the action harmful. */
  public static boolean isHarmful(ReviewOutcome outcome) {
    return switch (outcome) {
      case DENIED, REPLACED, HANDED_OVER -> true;
      case APPROVED, PASSED_ON, EXPIRED, OTHER, GRANTED -> false;
    };
  }

  /** Whether a reviewer denies the action as it stands. */
  public static boolean denies(Opinion opinion) {
    return switch (opinion.getDecision()) {
      case DENY, REPLACE, HANDOVER -> true;
      case APPROVE, ESCALATE, ABSTAIN, OTHER -> false;
    };
  }

  /** The mean of what those who denied it estimate that it would have cost, in LU. */
  public static OptionalDouble harm(List<Opinion> opinions) {
    return opinions.stream()
        .filter(opinion -> opinion.getHarmEstimate() != null)
        .filter(Signals::denies)
        .mapToDouble(Opinion::getHarmEstimate)
        .average();
  }
}
