/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.action.Action;
import dev.weir.budget.Decisions;
import dev.weir.event.Assessment;
import dev.weir.event.AuditStage;
import dev.weir.event.Decision;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.GrantRequest;
import dev.weir.event.Phase;
import dev.weir.state.AskedTier;
import dev.weir.task.TaskSnapshot;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes requests for review, with all that a reviewer needs. */
public final class Escalations {
  private Escalations() {}

  /**
   * What a verdict answers for.
   *
   * @param digests of actions, the escalated one among them
   * @param unlisted how many more led to the escalation
   */
  public record Covered(List<ByteBuffer> digests, long unlisted) {
    /** The action alone. */
    public static Covered only(Action action) {
      return new Covered(List.of(ByteBuffer.wrap(action.digest())), 0);
    }
  }

  /**
   * What a request may take.
   *
   * @param askedMs from when its deadline runs, epoch ms: when the reviewer could first see it, so
   *     that a backlog takes no time from reviewers
   * @param maxActionBytes how much of the action's value fits
   */
  public record Terms(long askedMs, int maxActionBytes) {}

  /**
   * A request for one review.
   *
   * @param tier that is asked
   * @param nonce random to all but Weir
   * @param covered what a verdict on it answers for
   * @param terms what it may take
   */
  public static Escalation of(
      Action action,
      Assessment assessment,
      TaskSnapshot before,
      AskedTier tier,
      byte[] nonce,
      Covered covered,
      Terms terms) {
    byte[] value = action.value();
    boolean truncated = value.length > terms.maxActionBytes;
    ByteBuffer digest = ByteBuffer.wrap(action.digest());
    return new Escalation(
        HexFormat.of().formatHex(nonce),
        assessment.getTaskId(),
        tier.getId(),
        0,
        assessment.getDecision().getReason(),
        assessment.getDecision().getReason() == EscalationReason.AUDIT
            ? AuditStage.SCREEN
            : AuditStage.NONE,
        Decisions.waits(assessment.getDecision()),
        Instant.ofEpochMilli(terms.askedMs + tier.getDeadlineMs()),
        ByteBuffer.wrap(nonce),
        digest,
        covered.digests(),
        covered.unlisted(),
        ByteBuffer.wrap(value, 0, truncated ? terms.maxActionBytes : value.length),
        truncated,
        assessment,
        before.toContext(),
        request(assessment));
  }

  /** What a proposal asks for that is reserved and lacks a grant; null for all else. */
  private static @Nullable GrantRequest request(Assessment assessment) {
    Decision decision = assessment.getDecision();
    boolean asks =
        assessment.getPhase() == Phase.PROPOSED && !decision.getMissingGrants().isEmpty();
    return asks
        ? new GrantRequest(
            assessment.getTopic(), assessment.getAgentId(), decision.getMissingGrants())
        : null;
  }

  /**
   * The request that follows where the tier of {@code before} did not end the review.
   *
   * @param tier that is asked next
   * @param nonce random to all but Weir, another than before
   * @param askedMs from when its deadline runs, epoch ms
   */
  public static Escalation next(Escalation before, AskedTier tier, byte[] nonce, long askedMs) {
    return Escalation.newBuilder(before)
        .setEscalationId(HexFormat.of().formatHex(nonce))
        .setTier(tier.getId())
        .setRound(before.getRound() + 1)
        .setAuditStage(
            before.getAuditStage() == AuditStage.NONE ? AuditStage.NONE : AuditStage.CONFIRM)
        .setWaiting(false)
        .setDeadline(Instant.ofEpochMilli(askedMs + tier.getDeadlineMs()))
        .setNonce(ByteBuffer.wrap(nonce))
        .build();
  }
}
