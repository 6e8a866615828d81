/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.budget.AuditBooks.Finding;
import dev.weir.budget.Controller;
import dev.weir.event.Assessment;
import dev.weir.event.AuditReport;
import dev.weir.event.AuditStage;
import dev.weir.event.EscalationReason;
import dev.weir.event.Phase;
import dev.weir.event.ReviewOutcome;
import dev.weir.policy.publish.Publication;
import dev.weir.review.Signals;
import dev.weir.state.AskedTier;
import dev.weir.state.OpenReview;
import dev.weir.store.StoreNames;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Books what reviews came to and cost, with the policy that decided, while it has books here: in
 * the ledger, and in those of the audit.
 */
final class Bookings {
  private final KeyValueStore<String, Controller> controllers;
  private final Audits audits;
  private final int partition;

  Bookings(ProcessorContext<?, ?> context, PolicyShelf shelf) {
    controllers = context.getStateStore(StoreNames.CONTROLLER);
    audits = new Audits(context.getStateStore(StoreNames.AUDIT), shelf);
    partition = context.taskId().partition();
  }

  /**
   * Books the end of a review.
   *
   * @param confirmation the action's draw, by which a screen's negative is confirmed
   * @return whether it was an audit's screen, after which another tier is to confirm
   */
  boolean ended(OpenReview review, ReviewOutcome outcome, double confirmation) {
    Assessment assessment = review.getEscalation().getAssessment();
    AuditStage stage = review.getEscalation().getAuditStage();
    if (stage == AuditStage.SCREEN && Audits.answered(stage, outcome)) {
      book(assessment, Controller::auditAnswered);
    } else if (stage == AuditStage.NONE && Signals.isHarmful(outcome)) {
      Finding finding = Audits.finding(review, true);
      boolean prevented = assessment.getPhase() == Phase.PROPOSED;
      book(assessment, controller -> controller.found(finding.loss(), prevented));
    }
    return audits.settled(review, outcome, confirmation);
  }

  /** Books what others made of a proposal that reviewers had denied. */
  void lookedAtAgain(OpenReview review, ReviewOutcome outcome) {
    audits.lookedAtAgain(review, outcome);
  }

  /** Books what a tier made of an action that was planted. */
  void probed(OpenReview review, ReviewOutcome outcome) {
    audits.probed(review, outcome);
  }

  /** Charges what it costs to ask another tier. */
  void askedNext(Assessment assessment, AskedTier tier) {
    charge(assessment, assessment.getDecision().getReason(), tier);
  }

  /** Charges what it costs to ask others about what reviewers had denied: as for an audit. */
  void askedAgain(Assessment assessment, AskedTier tier) {
    charge(assessment, EscalationReason.AUDIT, tier);
  }

  /** Charges what it costs to ask about an action that was planted. */
  void planted(OpenReview review) {
    charge(
        review.getEscalation().getAssessment(), EscalationReason.PROBE, review.getTiers().get(0));
  }

  private void charge(Assessment assessment, EscalationReason reason, AskedTier tier) {
    book(assessment, controller -> controller.askedNext(reason, tier.getId(), tier.getCost()));
  }

  /** What the fleet should know now; null if nothing. */
  @Nullable AuditReport report(long nowMs) {
    return audits.report(partition, Instant.ofEpochMilli(nowMs));
  }

  private void book(Assessment assessment, Consumer<Controller> entry) {
    String policy = Publication.hex(assessment.getPolicyDigest());
    Controller controller = controllers.get(policy);
    if (controller != null) {
      entry.accept(controller);
      controllers.put(policy, controller);
    }
  }
}
