/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.budget.AuditBooks;
import dev.weir.budget.AuditBooks.Finding;
import dev.weir.budget.AuditBooks.Subject;
import dev.weir.budget.AuditDraw;
import dev.weir.budget.Decisions;
import dev.weir.event.Assessment;
import dev.weir.event.AuditReport;
import dev.weir.event.AuditStage;
import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.ReviewOutcome;
import dev.weir.policy.AuditSettings;
import dev.weir.policy.Policy;
import dev.weir.policy.publish.Publication;
import dev.weir.review.Signals;
import dev.weir.state.OpenReview;
import dev.weir.state.Planted;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the audit's books of one partition: what passed without another review, what was drawn of
 * it, and what reviewers found. What was denied at once is audited too, and missed nothing. Another
 * policy begins books of its own.
 */
final class Audits {
  private static final String KEY = "books";

  private final KeyValueStore<String, AuditBooks> store;
  private final PolicyShelf shelf;

  Audits(KeyValueStore<String, AuditBooks> store, PolicyShelf shelf) {
    this.store = store;
    this.shelf = shelf;
  }

  /** Writes down what was decided of an action, where it could have been audited. */
  void decided(Judged judged, Decision decision) {
    EscalationReason reason = decision.getReason();
    boolean passed = reason == EscalationReason.NONE || reason == EscalationReason.AUDIT;
    AuditSettings settings = judged.stance().policy().audit().orElse(null);
    if (settings == null
        || !passed
        || Decisions.denied(decision)
        || decision.getAuditInclusion() == 0) {
      return;
    }
    AuditBooks books = books(judged.stance(), settings);
    String agent = judged.fresh().action().event().getAgent().getId();
    books.passed(
        new Subject(judged.scored().score().getActionClass(), settings.group(agent)),
        new AuditDraw(decision.getAuditInclusion(), settings.negatives(), decision.getAuditU()));
    store.put(KEY, books);
  }

  /**
   * Writes down what a review came to.
   *
   * @param confirmation the action's draw, by which a screen's negative is confirmed
   * @return whether it was an audit's screen, after which another tier is to confirm
   */
  boolean settled(OpenReview review, ReviewOutcome outcome, double confirmation) {
    Assessment assessment = review.getEscalation().getAssessment();
    Policy policy = shelf.get(Publication.hex(assessment.getPolicyDigest()));
    AuditSettings settings = policy == null ? null : policy.audit().orElse(null);
    AuditBooks books = store.get(KEY);
    AuditStage stage = review.getEscalation().getAuditStage();
    if (settings == null || !answered(stage, outcome)) {
      return false;
    }
    Decision decision = assessment.getDecision();
    AuditDraw draw =
        new AuditDraw(decision.getAuditInclusion(), settings.negatives(), decision.getAuditU());
    boolean harmful = outcome != ReviewOutcome.APPROVED;
    boolean tookEffect = stage == AuditStage.NONE || !Decisions.denied(decision);
    if (tookEffect && books != null && books.isOf(assessment.getPolicyDigest())) {
      Subject subject = subject(settings, assessment);
      switch (stage) {
        case SCREEN -> books.screened(subject, draw, harmful);
        case CONFIRM ->
            books.confirmed(subject, draw, review.getScreenedHarmful(), finding(review, harmful));
        default -> books.reviewed(subject, finding(review, harmful));
      }
      store.put(KEY, books);
    }
    return stage == AuditStage.SCREEN && (harmful || draw.confirmsNegative(confirmation));
  }

  /** Writes down what others made of a proposal that reviewers had denied. */
  void lookedAtAgain(OpenReview review, ReviewOutcome outcome) {
    Assessment assessment = review.getEscalation().getAssessment();
    Policy policy = shelf.get(Publication.hex(assessment.getPolicyDigest()));
    AuditSettings settings = policy == null ? null : policy.audit().orElse(null);
    AuditBooks books = store.get(KEY);
    if (settings != null
        && answered(AuditStage.SECOND_OPINION, outcome)
        && books != null
        && books.isOf(assessment.getPolicyDigest())) {
      books.lookedAtAgain(subject(settings, assessment), outcome != ReviewOutcome.APPROVED);
      store.put(KEY, books);
    }
  }

  /** Writes down what a tier made of an action that was planted. */
  void probed(OpenReview review, ReviewOutcome outcome) {
    AuditBooks books = store.get(KEY);
    AuditStage stage = review.getEscalation().getAuditStage();
    ByteBuffer policy = review.getEscalation().getAssessment().getPolicyDigest();
    if (books != null && books.isOf(policy) && answered(stage, outcome)) {
      books.probed(
          review.getEscalation().getTier(),
          review.getPlanted() == Planted.HARMFUL,
          outcome != ReviewOutcome.APPROVED);
      store.put(KEY, books);
    }
  }

  /**
   * Whether the outcome tells what was asked; a screen that passes an action on finds it harmful.
   */
  static boolean answered(AuditStage stage, ReviewOutcome outcome) {
    return Signals.isHarmful(outcome)
        || outcome == ReviewOutcome.APPROVED
        || (stage == AuditStage.SCREEN && outcome == ReviewOutcome.PASSED_ON);
  }

  private static Subject subject(AuditSettings settings, Assessment assessment) {
    return new Subject(
        assessment.getScore().getActionClass(), settings.group(assessment.getAgentId()));
  }

  /** What the fleet should know now; null if nothing. */
  @Nullable AuditReport report(int partition, Instant asOf) {
    AuditBooks books = store.get(KEY);
    if (books == null || !books.reportDue()) {
      return null;
    }
    AuditReport report = books.report(partition, asOf);
    store.put(KEY, books);
    return report;
  }

  /** What reviewers estimate of a harmful action; else what the policy asserts. */
  static Finding finding(OpenReview review, boolean harmful) {
    double asserted =
        Math.pow(10, review.getEscalation().getAssessment().getScore().getMagnitude());
    return new Finding(
        harmful, harmful ? Signals.harm(review.getOpinions()).orElse(asserted) : asserted);
  }

  private AuditBooks books(Stance stance, AuditSettings settings) {
    AuditBooks known = store.get(KEY);
    return known != null && known.isOf(stance.digest())
        ? known
        : AuditBooks.fresh(stance.policy().digest(), settings);
  }
}
