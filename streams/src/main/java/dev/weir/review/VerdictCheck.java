/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import static dev.weir.event.RefusalReason.BAD_NUMBER;
import static dev.weir.event.RefusalReason.BAD_SIGNATURE;
import static dev.weir.event.RefusalReason.FIELD_TOO_LONG;
import static dev.weir.event.RefusalReason.NOT_INDEPENDENT;
import static dev.weir.event.RefusalReason.NOT_VETTED;
import static dev.weir.event.RefusalReason.REPLAYED;
import static dev.weir.event.RefusalReason.REVOKED;
import static dev.weir.event.RefusalReason.SELF_REVIEW;
import static dev.weir.event.RefusalReason.TOO_LATE;
import static dev.weir.event.RefusalReason.UNANSWERABLE;
import static dev.weir.event.RefusalReason.UNKNOWN_REVIEWER;
import static dev.weir.event.RefusalReason.WRONG_DIGEST;
import static dev.weir.event.RefusalReason.WRONG_NONCE;
import static dev.weir.event.RefusalReason.WRONG_TIER;

import dev.weir.action.ActionDecoder;
import dev.weir.event.Decision;
import dev.weir.event.Escalation;
import dev.weir.event.MissingGrant;
import dev.weir.event.Opinion;
import dev.weir.event.RefusalReason;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.Reviewer;
import dev.weir.event.UsedGrant;
import dev.weir.event.Verdict;
import dev.weir.event.VerdictDecision;
import dev.weir.policy.Independence;
import dev.weir.state.AskedTier;
import dev.weir.state.Denial;
import dev.weir.state.OpenReview;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a verdict counts, and what it does: reviewers are checked, not trusted. A verdict
 * counts if its reviewer is registered for the tier at the time at which the broker appended it,
 * its key is valid then and has signed it, the reviewer is as independent of the acting agent as
 * the tier demands, and it names the escalation's own digest and nonce, before the deadline. Of one
 * reviewer the last verdict counts, until the tier's quorum agrees.
 *
 * <p>A pure function of its arguments and the registry. Not safe for use by several threads.
 */
public final class VerdictCheck {
  /** Longest rationale, in bytes of UTF-8. */
  public static final int MAX_RATIONALE_BYTES = 4 << 10;

  /** Most reviewers who answer one escalation. */
  public static final int MAX_OPINIONS = 16;

  private static final int MAX_NAME_CHARS = 256;

  private final Registry registry;
  private final Grants grants;
  private final ActionDecoder decoder;

  /**
   * @param registry who may review
   * @param grants who is vetted for what
   * @param decoder says what may stand as arguments
   */
  public VerdictCheck(Registry registry, Grants grants, ActionDecoder decoder) {
    this.registry = registry;
    this.grants = grants;
    this.decoder = decoder;
  }

  /**
   * A verdict as it was received.
   *
   * @param verdict decoded
   * @param value its bytes
   * @param atMs when the broker appended it, epoch ms
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Received(Verdict verdict, byte[] value, long atMs) {}

  /** What {@code received} does to {@code review}, which it names; changes neither. */
  public Ruling rule(OpenReview review, Received received) {
    Ruling.Refused refused = refused(review, received);
    if (refused != null) {
      return refused;
    }
    OpenReview answered = OpenReview.newBuilder(review).build();
    List<Opinion> opinions = new ArrayList<>(review.getOpinions());
    Opinion opinion = opinion(received);
    int at = indexOf(opinions, opinion.getReviewerId());
    if (at >= 0) {
      opinions.set(at, opinion);
    } else if (opinions.size() < MAX_OPINIONS) {
      opinions.add(opinion);
    } else {
      return no(UNANSWERABLE, "", "%d reviewers have answered already".formatted(MAX_OPINIONS));
    }
    answered.setOpinions(opinions);
    ReviewOutcome outcome = outcome(answered, opinion);
    return outcome == null ? new Ruling.Noted(answered) : new Ruling.Ended(answered, outcome);
  }

  private Ruling.@Nullable Refused refused(OpenReview review, Received received) {
    Verdict verdict = received.verdict;
    Escalation escalation = review.getEscalation();
    if (received.atMs >= escalation.getDeadline().toEpochMilli()) {
      return no(TOO_LATE, "", "it was appended at or after the escalation's deadline");
    }
    Registry.Registered reviewer = registry.find(verdict.getReviewerId());
    if (reviewer == null) {
      return no(UNKNOWN_REVIEWER, "reviewer_id", "nobody of that id is registered");
    }
    Registry.Key key = reviewer.keys().get(verdict.getKeyId());
    if (key == null) {
      return no(UNKNOWN_REVIEWER, "key_id", "the reviewer has no key of that name");
    }
    if (!RecordSignature.VERDICT.verifies(received.value, key.key())) {
      return no(BAD_SIGNATURE, "signature", "it is not signed by the reviewer's key");
    }
    if (!reviewer.validAt(received.atMs) || !key.validAt(received.atMs)) {
      return no(REVOKED, "key_id", "the reviewer, or its key, was not valid when it was appended");
    }
    Ruling.Refused bound = unbound(escalation, verdict);
    if (bound != null) {
      return bound;
    }
    Ruling.Refused entitled = unentitled(review, reviewer.record());
    if (entitled != null) {
      return entitled;
    }
    Ruling.Refused unanswerable = unanswerable(review, verdict);
    return unanswerable != null ? unanswerable : unvetted(escalation, received);
  }

  private static Ruling.@Nullable Refused unbound(Escalation escalation, Verdict verdict) {
    if (!verdict.getDigest().equals(escalation.getDigest())
        || !verdict.getTaskId().equals(escalation.getTaskId())
        || !verdict.getEventId().equals(escalation.getAssessment().getEventId())) {
      return no(WRONG_DIGEST, "digest", "it names another action than the escalation's");
    }
    if (!verdict.getNonce().equals(escalation.getNonce())) {
      return no(WRONG_NONCE, "nonce", "it does not show the escalation's nonce");
    }
    return verdict.getTier().equals(escalation.getTier())
        ? null
        : no(WRONG_TIER, "tier", "another tier is asked");
  }

  private static Ruling.@Nullable Refused unentitled(OpenReview review, Reviewer reviewer) {
    AskedTier tier = review.getTiers().get(0);
    Denial denial = review.getDenial();
    if (denial != null && denial.getReviewers().contains(reviewer.getReviewerId())) {
      return no(NOT_INDEPENDENT, "reviewer_id", "the reviewer has judged the action before");
    }
    if (!reviewer.getTiers().contains(tier.getId())) {
      return no(WRONG_TIER, "tier", "the reviewer is not registered for it");
    }
    Independence demanded = Independence.valueOf(tier.getIndependence());
    String actor = review.getEscalation().getAssessment().getAgentId();
    if (demanded != Independence.NONE
        && (actor.equals(reviewer.getAgentId()) || actor.equals(reviewer.getReviewerId()))) {
      return no(SELF_REVIEW, "reviewer_id", "an agent does not review what it did itself");
    }
    boolean near =
        switch (demanded) {
          case NONE, AGENT -> false;
          case MODEL -> same(reviewer.getModel(), review.getAgentModel());
          case PROVIDER ->
              same(reviewer.getModel(), review.getAgentModel())
                  || same(reviewer.getProvider(), review.getAgentProvider());
        };
    return near
        ? no(
            NOT_INDEPENDENT,
            "reviewer_id",
            "the tier asks for independence of %s, and the two are the same or the agent's is not known"
                .formatted(demanded.name().toLowerCase(Locale.ROOT)))
        : null;
  }

  /** Whether a reviewer's model or provider may be the agent's; one that has none is no model. */
  private static boolean same(@Nullable String reviewers, @Nullable String agents) {
    return reviewers != null && (agents == null || reviewers.equalsIgnoreCase(agents));
  }

  private Ruling.@Nullable Refused unanswerable(OpenReview review, Verdict verdict) {
    if (!counts(verdict.getHarmEstimate()) || !counts(verdict.getCost())) {
      return no(BAD_NUMBER, "", "harm_estimate and cost are finite and at least 0, or null");
    }
    if (utf8(verdict.getRationale()) > MAX_RATIONALE_BYTES) {
      return no(
          FIELD_TOO_LONG, "rationale", "it has at most %d bytes".formatted(MAX_RATIONALE_BYTES));
    }
    String handover = verdict.getHandoverAgent();
    String replacement = verdict.getReplacementArguments();
    String lacking =
        switch (verdict.getDecision()) {
          case OTHER -> "decision";
          case REPLACE ->
              replacement != null && decoder.areArguments(replacement)
                  ? null
                  : "replacement_arguments";
          case HANDOVER ->
              handover != null && !handover.isBlank() && handover.length() <= MAX_NAME_CHARS
                  ? null
                  : "handover_agent";
          case APPROVE, DENY, ESCALATE, ABSTAIN -> null;
        };
    if (lacking != null) {
      return no(UNANSWERABLE, lacking, "the decision cannot be carried out as it stands");
    }
    int at = indexOf(review.getOpinions(), verdict.getReviewerId());
    Instant before = at < 0 ? Instant.MIN : review.getOpinions().get(at).getIssuedAt();
    return verdict.getIssuedAt().isAfter(before)
        ? null
        : no(REPLAYED, "issued_at", "it is not newer than the reviewer's last one");
  }

  /** What is reserved is handed over only to who has a grant of it. */
  private Ruling.@Nullable Refused unvetted(Escalation escalation, Received received) {
    String agentId = received.verdict.getHandoverAgent();
    if (received.verdict.getDecision() != VerdictDecision.HANDOVER || agentId == null) {
      return null;
    }
    Decision decision = escalation.getAssessment().getDecision();
    return Stream.concat(
                decision.getGrants().stream().map(UsedGrant::getActionClass),
                decision.getMissingGrants().stream().map(MissingGrant::getActionClass))
            .allMatch(actionClass -> grants.vetted(agentId, actionClass, received.atMs))
        ? null
        : no(
            NOT_VETTED,
            "handover_agent",
            "the agent has no grant of what is reserved here; 'weir grant list' shows who has");
  }

  /** How the review ends by this opinion; null if it goes on. */
  private @Nullable ReviewOutcome outcome(OpenReview review, Opinion last) {
    if (last.getDecision() == VerdictDecision.ESCALATE && review.getTiers().size() > 1) {
      return ReviewOutcome.PASSED_ON;
    }
    int approvals = 0;
    int denials = 0;
    for (Opinion opinion : review.getOpinions()) {
      if (stands(opinion)) {
        approvals += opinion.getDecision() == VerdictDecision.APPROVE ? 1 : 0;
        denials += Signals.denies(opinion) ? 1 : 0;
      }
    }
    int quorum = review.getTiers().get(0).getQuorum();
    if (denials >= quorum) {
      return denied(review.getOpinions());
    }
    return approvals >= quorum ? ReviewOutcome.APPROVED : null;
  }

  /** Whether its reviewer was not revoked since, as of the time at which it came. */
  private boolean stands(Opinion opinion) {
    Registry.Registered reviewer = registry.find(opinion.getReviewerId());
    return reviewer != null && reviewer.validAt(opinion.getReceivedAt().toEpochMilli());
  }

  /** All that deny must agree on what is to be done instead; else nothing is. */
  private static ReviewOutcome denied(List<Opinion> opinions) {
    List<Opinion> denials = opinions.stream().filter(Signals::denies).toList();
    Opinion first = denials.get(0);
    if (!denials.stream().allMatch(each -> isSameInstead(first, each))) {
      return ReviewOutcome.DENIED;
    }
    return switch (first.getDecision()) {
      case REPLACE -> ReviewOutcome.REPLACED;
      case HANDOVER -> ReviewOutcome.HANDED_OVER;
      default -> ReviewOutcome.DENIED;
    };
  }

  private static boolean isSameInstead(Opinion one, Opinion other) {
    return one.getDecision() == other.getDecision()
        && Objects.equals(one.getReplacementArguments(), other.getReplacementArguments())
        && Objects.equals(one.getHandoverAgent(), other.getHandoverAgent());
  }

  private Opinion opinion(Received received) {
    Verdict verdict = received.verdict;
    Registry.Registered found = registry.find(verdict.getReviewerId());
    if (found == null) {
      throw new IllegalStateException("a reviewer is never taken off the registry");
    }
    Reviewer reviewer = found.record();
    boolean replaces = verdict.getDecision() == VerdictDecision.REPLACE;
    boolean hands = verdict.getDecision() == VerdictDecision.HANDOVER;
    return new Opinion(
        verdict.getReviewerId(),
        reviewer.getKind(),
        reviewer.getModel(),
        verdict.getDecision(),
        verdict.getHarmEstimate(),
        verdict.getRationale(),
        verdict.getCost(),
        verdict.getIssuedAt(),
        Instant.ofEpochMilli(received.atMs),
        replaces ? verdict.getReplacementArguments() : null,
        hands ? verdict.getHandoverAgent() : null);
  }

  private static int indexOf(List<Opinion> opinions, String reviewerId) {
    for (int i = 0; i < opinions.size(); i++) {
      if (opinions.get(i).getReviewerId().equals(reviewerId)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean counts(@Nullable Double number) {
    return number == null || (number >= 0 && number < Double.POSITIVE_INFINITY);
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static Ruling.Refused no(RefusalReason reason, String field, String detail) {
    return new Ruling.Refused(reason, field, detail);
  }
}
