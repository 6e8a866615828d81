/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.ActionDecoder;
import dev.weir.action.Origin;
import dev.weir.action.Refusal;
import dev.weir.budget.Chance;
import dev.weir.budget.Decisions;
import dev.weir.event.Assessment;
import dev.weir.event.AuditReport;
import dev.weir.event.AuditStage;
import dev.weir.event.Disposition;
import dev.weir.event.DispositionKind;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationEnded;
import dev.weir.event.ExpiryNotice;
import dev.weir.event.RefusalReason;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.Verdict;
import dev.weir.metrics.EndedReview;
import dev.weir.metrics.Tally;
import dev.weir.policy.Policy;
import dev.weir.policy.publish.Publication;
import dev.weir.review.Escalations;
import dev.weir.review.Grants;
import dev.weir.review.Holds;
import dev.weir.review.Notices;
import dev.weir.review.Planter;
import dev.weir.review.Registry;
import dev.weir.review.Ruling;
import dev.weir.review.Signals;
import dev.weir.review.VerdictCheck;
import dev.weir.state.AskedTier;
import dev.weir.state.Hold;
import dev.weir.state.OpenReview;
import dev.weir.state.Planted;
import dev.weir.store.StoreNames;
import dev.weir.task.FoldRules;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Settles reviews by what stands in the log of verdicts, in its order. Deadlines are decided there
 * too: the clock only writes a notice that one has passed, and the notice counts once it is read
 * back, if nothing ended the review before. So no outage loses a verdict that was in time, and a
 * replay needs no clock.
 */
final class SettleProcessor extends Stage<byte[], byte[]> {
  private static final Duration TICK = Duration.ofSeconds(1);

  /** Notices written at a tick at most. */
  private static final int NOTICES_AT_ONCE = 500;

  private static final SingleObject<OpenReview> OPEN_REVIEW = SingleObject.of(OpenReview.class);

  private final Terms terms;
  private final Chance chance;
  private final Notices notices;
  private final Planter planter;
  private final VerdictCheck check;
  private final ActionDecoder decoder;

  @SuppressWarnings("NullAway.Init") // set by init, before any record
  private Reviews reviews;

  @SuppressWarnings("NullAway.Init")
  private Conclusions conclusions;

  @SuppressWarnings("NullAway.Init")
  private Bookings bookings;

  /**
   * What verdicts are settled by.
   *
   * @param registry who may review
   * @param grants who is vetted for what
   * @param decoder reads actions as they were escalated
   * @param chances the secret by which nonces and notices are made
   * @param probes what is planted among reviews
   * @param placement where tasks live
   * @param shelf policies, for the audit's settings
   * @param foldRules how time passes for a task
   * @param maxStateBytes longest review kept, answers included
   * @param tally counts
   */
  record Terms(
      Registry registry,
      Grants grants,
      ActionDecoder decoder,
      ChanceSettings chances,
      ProbeSettings probes,
      Placement placement,
      PolicyShelf shelf,
      FoldRules foldRules,
      int maxStateBytes,
      Tally tally) {}

  SettleProcessor(Terms terms) {
    this.terms = terms;
    this.check = new VerdictCheck(terms.registry, terms.grants, terms.decoder);
    this.decoder = terms.decoder;
    this.chance = terms.chances.chance();
    this.notices = new Notices(chance);
    this.planter = terms.probes.planter(chance, decoder, terms.foldRules);
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    super.init(context);
    reviews = new Reviews(context);
    conclusions =
        new Conclusions(
            reviews, context.getStateStore(StoreNames.TASK_RECENT), decoder, terms.tally);
    bookings = new Bookings(context, terms.shelf);
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::notice);
  }

  @Override
  public void close() {
    terms.tally.reviewsLost(context().taskId().partition());
  }

  private void notice(long nowMs) {
    for (OpenReview review : reviews.overdue(nowMs, NOTICES_AT_ONCE)) {
      Escalation escalation = review.getEscalation();
      ExpiryNotice notice =
          notices.of(
              escalation.getEscalationId(),
              escalation.getTaskId(),
              escalation.getDeadline().toEpochMilli());
      context()
          .forward(
              new Record<>(
                  key(escalation.getTaskId()),
                  Codecs.EXPIRY_NOTICE.encode(notice),
                  Math.max(nowMs, escalation.getDeadline().toEpochMilli())),
              NodeNames.TO_VERDICTS);
    }
    terms.tally.openReviews(context().taskId().partition(), reviews.size());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    byte[] value = record.value();
    Ruling.Refused unreadable =
        Incoming.fault(value, terms.maxStateBytes, Codecs.VERDICT, Codecs.EXPIRY_NOTICE);
    if (unreadable != null) {
      refuse(record, Refusal.Shown.NOTHING, unreadable);
    } else if (Codecs.EXPIRY_NOTICE.reads(SingleObject.fingerprint(value))) {
      ExpiryNotice notice = decode(record, Codecs.EXPIRY_NOTICE, value);
      if (notice != null) {
        expire(record, notice);
      }
    } else {
      Verdict verdict = decode(record, Codecs.VERDICT, value);
      if (verdict != null) {
        settle(record, verdict);
      }
    }
  }

  private <T extends SpecificRecord> @Nullable T decode(
      Record<byte[], byte[]> record, SingleObject<T> codec, byte[] value) {
    try {
      return codec.decode(value);
    } catch (MalformedRecordException e) {
      refuse(record, Refusal.Shown.NOTHING, Incoming.MALFORMED);
      return null;
    }
  }

  private void settle(Record<byte[], byte[]> record, Verdict verdict) {
    Refusal.Shown shown = decoder.shown(verdict.getEventId(), verdict.getTaskId());
    OpenReview review = reviews.find(verdict.getEscalationId());
    Ruling ruling =
        review == null
            ? notOpen(verdict.getTaskId(), verdict.getEscalationId())
            : check.rule(
                review, new VerdictCheck.Received(verdict, record.value(), record.timestamp()));
    OpenReview answered =
        ruling instanceof Ruling.Noted noted
            ? noted.review()
            : ruling instanceof Ruling.Ended ended ? ended.review() : null;
    if (answered != null && tooLong(answered)) {
      ruling =
          no(
              RefusalReason.FIELD_TOO_LONG,
              "with it the review takes more than it may; shorten rationale or replacement");
    }
    if (ruling instanceof Ruling.Refused refused) {
      refuse(record, shown, refused);
      return;
    }
    terms.tally.verdict(verdict.getDecision());
    if (ruling instanceof Ruling.Noted noted) {
      reviews.answered(noted.review());
    } else if (ruling instanceof Ruling.Ended ended) {
      end(record, ended.review(), ended.outcome());
    }
  }

  private boolean tooLong(OpenReview review) {
    return OPEN_REVIEW.encode(review).length > terms.maxStateBytes;
  }

  private Ruling.Refused notOpen(String taskId, String escalationId) {
    if (terms.placement.of(taskId) != context().taskId().partition()) {
      return no(
          RefusalReason.MISPLACED,
          "the key is task_id in UTF-8, and the partition murmur2(task_id) mod n, as Kafka's own"
              + " clients choose it");
    }
    Hold ended = reviews.holds(taskId).find(escalationId);
    if (ended == null) {
      return no(RefusalReason.NOT_OPEN, "no such escalation of the task is open, or was lately");
    }
    return ended.getKind() == DispositionKind.EXPIRED
        ? no(RefusalReason.TOO_LATE, "the escalation has expired")
        : no(RefusalReason.REPLAYED, "the escalation has ended by other verdicts, or by this one");
  }

  private void expire(Record<byte[], byte[]> record, ExpiryNotice notice) {
    if (!notices.verifies(notice)) {
      refuse(
          record,
          decoder.shown(null, notice.getTaskId()),
          no(RefusalReason.BAD_NOTICE, "only Weir writes that a deadline has passed"));
      return;
    }
    OpenReview review = reviews.find(notice.getEscalationId());
    if (review == null) {
      return; // it ended by a verdict that the log has before the notice
    }
    if (record.timestamp() < notice.getDeadline().toEpochMilli()) {
      reviews.early(review);
      return;
    }
    boolean further = review.getTiers().size() > 1 && !isAudit(review);
    end(record, review, further ? ReviewOutcome.PASSED_ON : ReviewOutcome.EXPIRED);
  }

  private void end(Record<byte[], byte[]> record, OpenReview review, ReviewOutcome outcome) {
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
        key(escalation.getTaskId()),
        Codecs.ESCALATION_ENDED.encode(end));
    if (review.getPlanted() != Planted.NO) {
      bookings.probed(review, outcome);
      report(record);
      terms.tally.reviewed(ended(review, outcome));
      return;
    }
    byte[] signal = Codecs.SIGNAL.encode(Signals.of(review, outcome, record.timestamp()));
    write(record, NodeNames.TO_SIGNALS, key(escalation.getTaskId()), signal);
    terms.tally.reviewed(ended(review, outcome));
    boolean goesOn = bookings.ended(review, outcome);
    Assessment assessment = escalation.getAssessment();
    if (isAudit(review) && !goesOn && Decisions.denied(assessment.getDecision())) {
      terms.tally.deniedAudited(assessment.getScore().getActionClass(), outcome);
    }
    report(record);
    if (outcome == ReviewOutcome.PASSED_ON || goesOn) {
      boolean found = Signals.isHarmful(outcome) || outcome == ReviewOutcome.PASSED_ON;
      askNext(record, review, isAudit(review) && found);
    } else if (!isAudit(review)) {
      conclude(record, review, outcome);
    }
    if (outcome != ReviewOutcome.EXPIRED) {
      plant(record, review);
    }
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
      byte[] key = key("audit/" + report.getPartition());
      write(record, NodeNames.TO_EXPOSURE, key, Codecs.AUDIT_REPORT.encode(report));
    }
  }

  /** Sometimes asks the tier that answered about an action whose right verdict is known. */
  private void plant(Record<byte[], byte[]> record, OpenReview ended) {
    String policy = Publication.hex(ended.getEscalation().getAssessment().getPolicyDigest());
    Policy decided = terms.shelf.get(policy);
    dev.weir.budget.Terms by = terms.shelf.terms(policy);
    if (decided == null || by == null) {
      return;
    }
    long nowMs = Math.max(record.timestamp(), context().currentSystemTimeMs());
    int partition = context().taskId().partition();
    Planter.Bed bed =
        new Planter.Bed(decided, by, taskId -> terms.placement.of(taskId) == partition, nowMs);
    OpenReview planted = planter.after(ended, bed).orElse(null);
    if (planted == null || tooLong(planted)) {
      return;
    }
    reviews.open(planted);
    bookings.planted(planted);
    Escalation escalation = planted.getEscalation();
    write(
        record,
        NodeNames.TO_ESCALATIONS,
        key(escalation.getTaskId()),
        Codecs.ESCALATION.encode(escalation));
    terms.tally.planted(escalation.getTier());
  }

  private void askNext(Record<byte[], byte[]> record, OpenReview review, boolean harmful) {
    Escalation before = review.getEscalation();
    Assessment assessment = before.getAssessment();
    List<AskedTier> left = review.getTiers().subList(1, review.getTiers().size());
    byte[] digest = bytes(before.getDigest());
    byte[] nonce =
        chance.nonce(before.getTaskId(), digest, origin(assessment), before.getRound() + 1);
    long askedMs = Math.max(record.timestamp(), context().currentSystemTimeMs());
    Escalation next = Escalations.next(before, left.get(0), nonce, askedMs);
    reviews.open(
        OpenReview.newBuilder(review)
            .setEscalation(next)
            .setTiers(new ArrayList<>(left))
            .setScreenedHarmful(harmful)
            .setOpinions(new ArrayList<>())
            .build());
    Holds holds = reviews.holds(before.getTaskId());
    Hold hold = holds.find(before.getEscalationId());
    if (hold != null) {
      hold.setEscalationId(next.getEscalationId());
      reviews.put(before.getTaskId(), holds);
    }
    bookings.askedNext(assessment, left.get(0));
    write(
        record, NodeNames.TO_ESCALATIONS, key(before.getTaskId()), Codecs.ESCALATION.encode(next));
  }

  private void conclude(Record<byte[], byte[]> record, OpenReview review, ReviewOutcome outcome) {
    Disposition disposition = conclusions.of(review, outcome, record.timestamp());
    if (disposition != null) {
      write(
          record,
          NodeNames.TO_DISPOSITIONS,
          key(disposition.getTaskId()),
          Codecs.DISPOSITION.encode(disposition));
      terms.tally.disposed(disposition.getKind());
      terms.tally.disposedAfter(
          record.timestamp()
              - review.getEscalation().getAssessment().getReceivedAt().toEpochMilli());
    }
  }

  /** Where the action was first read. */
  private static Origin origin(Assessment assessment) {
    return new Origin(
        assessment.getTopic(),
        assessment.getPartition(),
        assessment.getOffset(),
        assessment.getReceivedAt().toEpochMilli());
  }

  private static boolean isAudit(OpenReview review) {
    return review.getEscalation().getAuditStage() != AuditStage.NONE;
  }

  private void refuse(Record<byte[], byte[]> record, Refusal.Shown shown, Ruling.Refused refused) {
    terms.tally.verdictRefused(refused.reason());
    deadLetter(record, new Refusal(refused.reason(), refused.field(), refused.detail(), shown));
  }

  private static Ruling.Refused no(RefusalReason reason, String detail) {
    return new Ruling.Refused(reason, "", detail);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
