/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Origin;
import dev.weir.budget.Chance;
import dev.weir.budget.Decisions;
import dev.weir.event.Assessment;
import dev.weir.event.AuditReport;
import dev.weir.event.AuditStage;
import dev.weir.event.Disposition;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationEnded;
import dev.weir.event.EscalationReason;
import dev.weir.event.Handover;
import dev.weir.event.Opinion;
import dev.weir.event.Phase;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.Signal;
import dev.weir.event.UsedGrant;
import dev.weir.metrics.EndedReview;
import dev.weir.metrics.Tally;
import dev.weir.policy.AuditSettings;
import dev.weir.policy.Policy;
import dev.weir.policy.publish.Publication;
import dev.weir.review.AskedTiers;
import dev.weir.review.Escalations;
import dev.weir.review.Holds;
import dev.weir.review.Planter;
import dev.weir.review.Signals;
import dev.weir.state.AskedTier;
import dev.weir.state.Denial;
import dev.weir.state.Hold;
import dev.weir.state.OpenReview;
import dev.weir.state.Planted;
import dev.weir.store.StoreNames;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What follows when a tier's review has ended: what its task and agent, reviewers and the fleet are
 * told, who is asked next, and what is planted.
 */
final class Endings {
  private final ProcessorContext<Object, Object> context;
  private final SettleProcessor.Terms terms;
  private final Chance chance;
  private final Planter planter;
  private final Reviews reviews;
  private final Openings openings;
  private final Conclusions conclusions;
  private final Bookings bookings;
  private final Findings findings;

  Endings(
      ProcessorContext<Object, Object> context,
      SettleProcessor.Terms terms,
      Reviews reviews,
      Openings openings) {
    this.context = context;
    this.terms = terms;
    this.chance = terms.chances().chance();
    this.planter = terms.probes().planter(chance, terms.decoder(), terms.foldRules());
    this.reviews = reviews;
    this.openings = openings;
    this.conclusions =
        new Conclusions(
            reviews, context.getStateStore(StoreNames.TASK_RECENT), terms.decoder(), terms.tally());
    this.bookings = new Bookings(context, terms.shelf());
    this.findings = new Findings(context, terms.shelf(), terms.tally());
  }

  /** Reviewers' answers have ended a review: they may be asked about what is planted. */
  void answered(Record<byte[], byte[]> record, OpenReview review, ReviewOutcome outcome) {
    end(record, review, outcome);
    if (review.getPlanted() == Planted.NO && review.getDenial() == null) {
      plant(record, review);
    }
  }

  /** A review has ended by {@code record}. */
  void end(Record<byte[], byte[]> record, OpenReview review, ReviewOutcome outcome) {
    end(record, review, outcome, List.of());
  }

  /** The same; {@code grants} are those that opened it, if that is how it ended. */
  void end(
      Record<byte[], byte[]> record,
      OpenReview review,
      ReviewOutcome outcome,
      List<UsedGrant> grants) {
    Escalation escalation = review.getEscalation();
    reviews.close(review);
    EscalationEnded end =
        new EscalationEnded(
            escalation.getEscalationId(),
            escalation.getTaskId(),
            Instant.ofEpochMilli(record.timestamp()));
    write(
        record,
        NodeNames.TO_ESCALATIONS,
        Stage.key(escalation.getTaskId()),
        Codecs.ESCALATION_ENDED.encode(end));
    if (review.getPlanted() != Planted.NO) {
      bookings.probed(review, outcome);
      report(record);
      terms.tally().reviewed(ended(review, outcome));
      return;
    }
    Signal signal = Signals.of(review, outcome, record.timestamp());
    signal.setGrants(grants);
    write(
        record,
        NodeNames.TO_SIGNALS,
        Stage.key(escalation.getTaskId()),
        Codecs.SIGNAL.encode(signal));
    terms.tally().reviewed(ended(review, outcome));
    boolean goesOn = booked(review, outcome);
    report(record);
    if (outcome == ReviewOutcome.PASSED_ON || goesOn) {
      boolean found = Signals.isHarmful(outcome) || outcome == ReviewOutcome.PASSED_ON;
      askNext(record, review, isAudit(review) && found);
    } else {
      findings.ended(record, review, outcome);
      if (!isAudit(review)) {
        conclude(record, review, outcome);
        lookAgain(record, review, outcome);
      }
    }
  }

  /** Books the end; whether it was an audit's screen, after which another tier is to confirm. */
  private boolean booked(OpenReview review, ReviewOutcome outcome) {
    Escalation escalation = review.getEscalation();
    Assessment assessment = escalation.getAssessment();
    String actionClass = assessment.getScore().getActionClass();
    if (review.getDenial() != null) {
      bookings.lookedAtAgain(review, outcome);
      terms.tally().deniedAudited(actionClass, Tally.DeniedBy.REVIEWERS, outcome);
      return false;
    }
    boolean goesOn = bookings.ended(review, outcome, confirmation(escalation));
    if (isAudit(review) && !goesOn && Decisions.denied(assessment.getDecision())) {
      terms.tally().deniedAudited(actionClass, Tally.DeniedBy.AT_ONCE, outcome);
    }
    return goesOn;
  }

  private EndedReview ended(OpenReview review, ReviewOutcome outcome) {
    Boolean harmful =
        review.getPlanted() == Planted.NO ? null : review.getPlanted() == Planted.HARMFUL;
    return new EndedReview(review.getOpinions(), outcome, harmful, reviews.size());
  }

  /** Tells the fleet what was found. */
  private void report(Record<byte[], byte[]> record) {
    AuditReport report = bookings.report(record.timestamp());
    if (report != null) {
      byte[] key = Stage.key("audit/" + report.getPartition());
      write(record, NodeNames.TO_EXPOSURE, key, Codecs.AUDIT_REPORT.encode(report));
    }
  }

  /**
   * Sometimes asks the tier that has just answered about an action whose right verdict is known.
   */
  private void plant(Record<byte[], byte[]> record, OpenReview ended) {
    String policy = Publication.hex(ended.getEscalation().getAssessment().getPolicyDigest());
    Policy decided = terms.shelf().get(policy);
    dev.weir.budget.Terms by = terms.shelf().terms(policy);
    if (decided == null || by == null) {
      return;
    }
    long nowMs = Math.max(record.timestamp(), context.currentSystemTimeMs());
    int partition = context.taskId().partition();
    Planter.Bed bed =
        new Planter.Bed(decided, by, taskId -> terms.placement().of(taskId) == partition, nowMs);
    OpenReview planted = planter.after(ended, bed).orElse(null);
    if (planted == null
        || SettleProcessor.OPEN_REVIEW.encode(planted).length > terms.maxStateBytes()) {
      return;
    }
    ask(record, planted);
    bookings.planted(planted);
    terms.tally().planted(planted.getEscalation().getTier());
  }

  private void askNext(Record<byte[], byte[]> record, OpenReview review, boolean harmful) {
    Escalation before = review.getEscalation();
    List<AskedTier> left = review.getTiers().subList(1, review.getTiers().size());
    OpenReview next = next(record, review, left);
    next.setScreenedHarmful(harmful);
    ask(record, next);
    Holds holds = reviews.holds(before.getTaskId());
    Hold hold = holds.find(before.getEscalationId());
    if (hold != null) {
      hold.setEscalationId(next.getEscalation().getEscalationId());
      reviews.put(before.getTaskId(), holds);
    }
    openings.asked(next);
    bookings.askedNext(before.getAssessment(), left.get(0));
  }

  /**
   * Sometimes asks others about a proposal that reviewers have denied. It stays denied; what is
   * asked looks as if the tier had been asked in the first place, or been passed on to, so that
   * nobody knows which denials are looked at again.
   */
  private void lookAgain(Record<byte[], byte[]> record, OpenReview review, ReviewOutcome outcome) {
    Escalation denied = review.getEscalation();
    Assessment assessment = denied.getAssessment();
    Policy policy = terms.shelf().get(Publication.hex(assessment.getPolicyDigest()));
    AuditSettings audit = policy == null ? null : policy.audit().orElse(null);
    if (policy == null
        || audit == null
        || !Signals.isHarmful(outcome)
        || assessment.getPhase() != Phase.PROPOSED
        || denied.getReason() == EscalationReason.TASK
        || confirmation(denied) >= audit.denials()) {
      return;
    }
    AskedTier tier = AskedTiers.confirming(policy, audit);
    OpenReview again = next(record, review, List.of(tier));
    again.getEscalation().setRound(tier.getId().equals(assessment.getDecision().getTier()) ? 0 : 1);
    List<String> heard = review.getOpinions().stream().map(Opinion::getReviewerId).toList();
    again.setSeen(null);
    again.setDenial(new Denial(heard, audit.denials()));
    ask(record, again);
    bookings.askedAgain(assessment, tier);
  }

  /** A review of the same action, by these tiers. */
  private OpenReview next(Record<?, ?> record, OpenReview review, List<AskedTier> tiers) {
    Escalation before = review.getEscalation();
    byte[] nonce =
        chance.nonce(
            before.getTaskId(),
            bytes(before.getDigest()),
            origin(before.getAssessment()),
            before.getRound() + 1);
    long askedMs = Math.max(record.timestamp(), context.currentSystemTimeMs());
    return OpenReview.newBuilder(review)
        .setEscalation(Escalations.next(before, tiers.get(0), nonce, askedMs))
        .setTiers(new ArrayList<>(tiers))
        .setOpinions(new ArrayList<>())
        .build();
  }

  private void ask(Record<byte[], byte[]> record, OpenReview review) {
    Escalation escalation = review.getEscalation();
    reviews.open(review);
    write(
        record,
        NodeNames.TO_ESCALATIONS,
        Stage.key(escalation.getTaskId()),
        Codecs.ESCALATION.encode(escalation));
  }

  private void conclude(Record<byte[], byte[]> record, OpenReview review, ReviewOutcome outcome) {
    Disposition disposition = conclusions.of(review, outcome, record.timestamp());
    if (disposition != null) {
      write(
          record,
          NodeNames.TO_DISPOSITIONS,
          Stage.key(disposition.getTaskId()),
          Codecs.DISPOSITION.encode(disposition));
      terms.tally().disposed(disposition.getKind());
      terms
          .tally()
          .disposedAfter(
              record.timestamp()
                  - review.getEscalation().getAssessment().getReceivedAt().toEpochMilli());
    }
    if (outcome == ReviewOutcome.HANDED_OVER && review.getProposed()) {
      handOver(record, review);
    }
  }

  /** Tells the agent that may do it; one that does not fit is denied all the same. */
  private void handOver(Record<byte[], byte[]> record, OpenReview review) {
    Handover handover = conclusions.handover(review, record.timestamp());
    byte[] value = handover == null ? null : Codecs.HANDOVER.encode(handover);
    boolean told = value != null && value.length <= terms.maxStateBytes();
    if (value != null && told) {
      byte[] key = Stage.key(review.getEscalation().getTaskId());
      write(record, NodeNames.TO_HANDOVERS, key, value);
    }
    terms.tally().handedOver(told);
  }

  /** By which it is decided whether somebody looks again; known to no reviewer. */
  private double confirmation(Escalation escalation) {
    return chance.confirmation(escalation.getTaskId(), bytes(escalation.getDigest()));
  }

  /** Where the action was first read. */
  private static Origin origin(Assessment assessment) {
    return new Origin(
        assessment.getTopic(),
        assessment.getPartition(),
        assessment.getOffset(),
        assessment.getReceivedAt().toEpochMilli());
  }

  private void write(Record<?, ?> from, String child, byte[] key, byte[] value) {
    Stage.write(context, from, child, key, value);
  }

  /** Whether it is an audit or a second opinion, for which nothing waits. */
  static boolean isAudit(OpenReview review) {
    return Signals.stage(review) != AuditStage.NONE;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
