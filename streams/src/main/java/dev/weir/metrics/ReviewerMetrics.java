/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import dev.weir.event.Opinion;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.VerdictDecision;
import dev.weir.review.Signals;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;

/**
 * How good each reviewer is: how often others of a quorum and the outcome agree, what it approves
 * as reviews pile up, and what it makes of planted actions. Labels are enums, constants and the
 * reviewers that registrars have signed.
 */
final class ReviewerMetrics {
  private static final long LIGHT = 10;
  private static final long HEAVY = 100;

  private final Counter opinions;
  private final Counter probes;

  ReviewerMetrics(CollectorRegistry registry) {
    opinions =
        Counter.build(
                MetricNames.REVIEWER_OPINIONS,
                "What reviewers decided in reviews that ended, probes left out; whether that was the outcome, in quorums of several (else alone); and how many reviews were open beside it in the partition.")
            .labelNames("reviewer", "decision", "agreed", "open")
            .register(registry);
    probes =
        Counter.build(
                MetricNames.REVIEWER_PROBES,
                "What reviewers decided of planted actions, by what these are.")
            .labelNames("reviewer", "truth", "decision")
            .register(registry);
  }

  void ended(EndedReview review) {
    for (Opinion opinion : review.opinions()) {
      String decision = opinion.getDecision().name();
      if (review.plantedHarmful() != null) {
        String truth = review.plantedHarmful() ? "harmful" : "harmless";
        probes.labels(opinion.getReviewerId(), truth, decision).inc();
      } else {
        opinions
            .labels(opinion.getReviewerId(), decision, agreed(review, opinion), load(review))
            .inc();
      }
    }
  }

  private static String agreed(EndedReview review, Opinion opinion) {
    if (review.opinions().size() == 1) {
      return "alone";
    }
    return outcome(opinion, review.outcome()) ? "yes" : "no";
  }

  /** Whether the review came to what was decided. */
  private static boolean outcome(Opinion opinion, ReviewOutcome outcome) {
    return switch (outcome) {
      case APPROVED -> opinion.getDecision() == VerdictDecision.APPROVE;
      case DENIED, REPLACED, HANDED_OVER -> Signals.denies(opinion);
      case PASSED_ON -> opinion.getDecision() == VerdictDecision.ESCALATE;
      case EXPIRED, OTHER, GRANTED -> false;
    };
  }

  private static String load(EndedReview review) {
    if (review.open() < LIGHT) {
      return "below 10";
    }
    return review.open() < HEAVY ? "10 to 99" : "100 and more";
  }
}
