/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.ActionDecoder;
import dev.weir.action.Refusal;
import dev.weir.event.DispositionKind;
import dev.weir.event.Escalation;
import dev.weir.event.ExpiryNotice;
import dev.weir.event.GrantNotice;
import dev.weir.event.RefusalReason;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.UsedGrant;
import dev.weir.event.Verdict;
import dev.weir.metrics.Tally;
import dev.weir.review.Grants;
import dev.weir.review.Notices;
import dev.weir.review.Registry;
import dev.weir.review.Ruling;
import dev.weir.review.VerdictCheck;
import dev.weir.state.Hold;
import dev.weir.state.OpenReview;
import dev.weir.task.FoldRules;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.time.Duration;
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
 * replay needs no clock. Grants reach open requests in the same way.
 */
final class SettleProcessor extends Stage<byte[], byte[]> {
  private static final Duration TICK = Duration.ofSeconds(1);

  /** Notices written at a tick at most. */
  private static final int NOTICES_AT_ONCE = 500;

  static final SingleObject<OpenReview> OPEN_REVIEW = SingleObject.of(OpenReview.class);

  private final Terms terms;
  private final Notices notices;
  private final VerdictCheck check;
  private final ActionDecoder decoder;

  @SuppressWarnings("NullAway.Init") // set by init, before any record
  private Reviews reviews;

  @SuppressWarnings("NullAway.Init")
  private Endings endings;

  @SuppressWarnings("NullAway.Init")
  private Openings openings;

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
   * @param agents what agents' lines rest on
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
      AgentLines.Terms agents,
      int maxStateBytes,
      Tally tally) {}

  SettleProcessor(Terms terms) {
    this.terms = terms;
    this.check = new VerdictCheck(terms.registry, terms.grants, terms.decoder);
    this.decoder = terms.decoder;
    this.notices = new Notices(terms.chances.chance());
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    super.init(context);
    reviews = new Reviews(context);
    openings =
        new Openings(
            context,
            new Openings.Terms(terms.grants, terms.shelf, decoder, notices),
            reviews,
            new AgentLines(context, terms.agents, terms.chances.chance()));
    endings = new Endings(context, terms, reviews, openings);
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::notice);
  }

  @Override
  public void close() {
    terms.tally.reviewsLost(context().taskId().partition());
  }

  /** Grants before deadlines: an outage loses no grant that came in time. */
  private void notice(long nowMs) {
    openings.notice(nowMs);
    if (!openings.deadlinesWait()) {
      for (OpenReview review : reviews.overdue(nowMs, NOTICES_AT_ONCE)) {
        Escalation asked = review.getEscalation();
        long deadlineMs = asked.getDeadline().toEpochMilli();
        ExpiryNotice notice = notices.of(asked.getEscalationId(), asked.getTaskId(), deadlineMs);
        byte[] value = Codecs.EXPIRY_NOTICE.encode(notice);
        context()
            .forward(
                new Record<>(key(asked.getTaskId()), value, Math.max(nowMs, deadlineMs)),
                NodeNames.TO_VERDICTS);
      }
    }
    terms.tally.openReviews(context().taskId().partition(), reviews.size());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    byte[] value = record.value();
    Ruling.Refused unreadable =
        Incoming.fault(
            value, terms.maxStateBytes, Codecs.VERDICT, Codecs.EXPIRY_NOTICE, Codecs.GRANT_NOTICE);
    if (unreadable != null) {
      refuse(record, Refusal.Shown.NOTHING, unreadable);
    } else if (Codecs.EXPIRY_NOTICE.reads(SingleObject.fingerprint(value))) {
      ExpiryNotice notice = decode(record, Codecs.EXPIRY_NOTICE, value);
      if (notice != null) {
        expire(record, notice);
      }
    } else if (Codecs.GRANT_NOTICE.reads(SingleObject.fingerprint(value))) {
      GrantNotice notice = decode(record, Codecs.GRANT_NOTICE, value);
      if (notice != null) {
        open(record, notice);
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
      endings.answered(record, ended.review(), ended.outcome());
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

  private void forged(Record<byte[], byte[]> record, String taskId, String detail) {
    refuse(record, decoder.shown(null, taskId), no(RefusalReason.BAD_NOTICE, detail));
  }

  private void open(Record<byte[], byte[]> record, GrantNotice notice) {
    if (!notices.verifies(notice)) {
      forged(record, notice.getTaskId(), "only Weir writes that grants came");
      return;
    }
    OpenReview review = reviews.find(notice.getEscalationId());
    List<UsedGrant> grants = review == null ? List.of() : openings.open(record, review);
    if (review != null && !grants.isEmpty()) {
      endings.end(record, review, ReviewOutcome.GRANTED, grants);
    }
  }

  private void expire(Record<byte[], byte[]> record, ExpiryNotice notice) {
    if (!notices.verifies(notice)) {
      forged(record, notice.getTaskId(), "only Weir writes that a deadline has passed");
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
    boolean further = review.getTiers().size() > 1 && !Endings.isAudit(review);
    endings.end(record, review, further ? ReviewOutcome.PASSED_ON : ReviewOutcome.EXPIRED);
  }

  private void refuse(Record<byte[], byte[]> record, Refusal.Shown shown, Ruling.Refused refused) {
    terms.tally.verdictRefused(refused.reason());
    deadLetter(record, new Refusal(refused.reason(), refused.field(), refused.detail(), shown));
  }

  private static Ruling.Refused no(RefusalReason reason, String detail) {
    return new Ruling.Refused(reason, "", detail);
  }
}
