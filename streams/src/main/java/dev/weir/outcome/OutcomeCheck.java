/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.outcome;

import static dev.weir.event.RefusalReason.*;

import dev.weir.event.Assessment;
import dev.weir.event.DispositionKind;
import dev.weir.event.Outcome;
import dev.weir.event.RefusalReason;
import dev.weir.event.ReviewerKind;
import dev.weir.event.Score;
import dev.weir.review.RecordSignature;
import dev.weir.review.Registry;
import dev.weir.review.Ruling;
import dev.weir.state.ReportedOutcome;
import dev.weir.state.TaskOutcomes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says whether an outcome counts: reporters are checked, not trusted. It counts if its reporter is
 * registered for {@value #TIER} at the broker's time, its key is valid then and has signed it, the
 * reporter did not act itself, the assessment is the named action's, and it says something new.
 *
 * <p>The assessment is the reporter's copy: the signature says who answers for it, and the record
 * says where the original stands.
 *
 * <p>A pure function of its arguments and the registry. Not safe for use by several threads.
 */
public final class OutcomeCheck {
  /** What reporters are registered for, as reviewers are for a tier. */
  public static final String TIER = "outcomes";

  /** Longest text of what found it out, in bytes of UTF-8. */
  public static final int MAX_FOUND_BY_BYTES = 1 << 10;

  /** How long a signature counts, in ms. */
  public static final long SIGNED_MS = Duration.ofDays(1).toMillis();

  /** How far a reporter's clock may be ahead of the broker's, in ms. */
  static final long AHEAD_MS = Duration.ofMinutes(5).toMillis();

  private final Registry registry;

  /**
   * @param registry who may report
   */
  public OutcomeCheck(Registry registry) {
    this.registry = registry;
  }

  /**
   * An outcome as it was received.
   *
   * @param outcome decoded
   * @param value its bytes
   * @param atMs when the broker appended it, epoch ms
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Received(Outcome outcome, byte[] value, long atMs) {}

  /** What an outcome comes to. */
  public sealed interface Result {}

  /**
   * It does not count.
   *
   * @param why and how to mend it
   */
  public record Refused(Ruling.Refused why) implements Result {}

  /**
   * It counts.
   *
   * @param reporterKind what its reporter is
   * @param corrects whether it says otherwise than its reporter said before
   * @param outcomes of the task that are remembered from now on; their hour is not set
   */
  public record Counted(ReviewerKind reporterKind, boolean corrects, TaskOutcomes outcomes)
      implements Result {}

  /**
   * What {@code received} comes to; changes nothing.
   *
   * @param known of its task; null if nothing is
   */
  public Result check(Received received, @Nullable TaskOutcomes known) {
    Outcome outcome = received.outcome;
    OutcomeMemory memory = new OutcomeMemory(known);
    Ruling.Refused fault = untrusted(received);
    fault = fault == null ? unbound(outcome) : fault;
    fault = fault == null ? malformed(outcome, received.atMs) : fault;
    fault = fault == null ? repeated(outcome, memory, received.atMs) : fault;
    Registry.Registered reporter = registry.find(outcome.getReporterId());
    if (fault != null || reporter == null) {
      return new Refused(fault == null ? unknown() : fault);
    }
    return new Counted(
        reporter.record().getKind(),
        memory.before(outcome) != null,
        new TaskOutcomes(memory.with(outcome), 0L));
  }

  private Ruling.@Nullable Refused untrusted(Received received) {
    Outcome outcome = received.outcome;
    Registry.Registered reporter = registry.find(outcome.getReporterId());
    if (reporter == null) {
      return unknown();
    }
    Registry.Key key = reporter.keys().get(outcome.getKeyId());
    if (key == null) {
      return no(UNKNOWN_REVIEWER, "key_id", "the reporter has no key of that name");
    }
    if (!RecordSignature.OUTCOME.verifies(received.value, key.key())) {
      return no(BAD_SIGNATURE, "signature", "it is not signed by the reporter's key");
    }
    if (!reporter.validAt(received.atMs) || !key.validAt(received.atMs)) {
      return no(REVOKED, "key_id", "the reporter, or its key, was not valid when it was appended");
    }
    if (!reporter.record().getTiers().contains(TIER)) {
      return no(
          WRONG_TIER, "reporter_id", "it may not report; register it for the tier \"outcomes\"");
    }
    String actor = outcome.getAssessment().getAgentId();
    return actor.equals(reporter.record().getAgentId()) || actor.equals(outcome.getReporterId())
        ? no(SELF_REVIEW, "reporter_id", "an agent does not report what came of its own action")
        : null;
  }

  private static Ruling.Refused unknown() {
    return no(UNKNOWN_REVIEWER, "reporter_id", "nobody of that id is registered");
  }

  private static Ruling.@Nullable Refused unbound(Outcome outcome) {
    Assessment assessment = outcome.getAssessment();
    return outcome.getDigest().equals(assessment.getDigest())
            && outcome.getTaskId().equals(assessment.getTaskId())
            && outcome.getEventId().equals(assessment.getEventId())
        ? null
        : no(WRONG_DIGEST, "assessment", "it is another action's than the one that is named");
  }

  private static Ruling.@Nullable Refused malformed(Outcome outcome, long atMs) {
    long issuedMs = outcome.getIssuedAt().toEpochMilli();
    if (issuedMs <= atMs - SIGNED_MS) {
      return no(TOO_LATE, "issued_at", "it was signed a day ago or earlier; sign it again");
    }
    if (issuedMs > atMs + AHEAD_MS || outcome.getDiscoveredAt().toEpochMilli() > atMs + AHEAD_MS) {
      return no(BAD_TIME, "", "issued_at and discovered_at are not in the future");
    }
    if (!isNumber(outcome)) {
      return no(BAD_NUMBER, "harm", "it is finite and at least 0, and 0 where nothing was harmful");
    }
    Score score = outcome.getAssessment().getScore();
    if (!Double.isFinite(score.getRisk()) || !Double.isFinite(score.getMass())) {
      return no(BAD_NUMBER, "assessment.score", "no assessment holds a number that is not finite");
    }
    if (outcome.getDisposition() == DispositionKind.HELD
        || outcome.getDisposition() == DispositionKind.OTHER) {
      return no(BAD_VALUE, "disposition", "it is RELEASED, DENIED or EXPIRED, or null");
    }
    if (outcome.getFoundBy().isBlank()) {
      return no(MISSING_FIELD, "found_by", "say what found it out");
    }
    return outcome.getFoundBy().getBytes(StandardCharsets.UTF_8).length > MAX_FOUND_BY_BYTES
        ? no(FIELD_TOO_LONG, "found_by", "it has at most %d bytes".formatted(MAX_FOUND_BY_BYTES))
        : null;
  }

  private static boolean isNumber(Outcome outcome) {
    Double harm = outcome.getHarm();
    return harm == null
        || (harm >= 0 && harm < Double.POSITIVE_INFINITY && (outcome.getHarmful() || harm == 0));
  }

  private static Ruling.@Nullable Refused repeated(
      Outcome outcome, OutcomeMemory memory, long atMs) {
    ReportedOutcome before = memory.before(outcome);
    if (before != null && OutcomeMemory.repeats(outcome, before)) {
      return no(REPLAYED, "", "its reporter said the same of the action already, or later");
    }
    return memory.isFull(outcome, atMs - SIGNED_MS)
        ? no(
            UNANSWERABLE,
            "task_id",
            "%d outcomes of the task were signed within a day; report more tomorrow"
                .formatted(OutcomeMemory.MAX_OUTCOMES))
        : null;
  }

  private static Ruling.Refused no(RefusalReason reason, String field, String detail) {
    return new Ruling.Refused(reason, field, detail);
  }
}
