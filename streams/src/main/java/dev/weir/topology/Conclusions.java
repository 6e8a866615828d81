/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Origin;
import dev.weir.event.ActionEvent;
import dev.weir.event.Assessment;
import dev.weir.event.Disposition;
import dev.weir.event.DispositionKind;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.Handover;
import dev.weir.event.Opinion;
import dev.weir.event.ReviewOutcome;
import dev.weir.metrics.Tally;
import dev.weir.review.Dispositions;
import dev.weir.review.Holds;
import dev.weir.state.Hold;
import dev.weir.state.OpenReview;
import dev.weir.state.TaskRecent;
import dev.weir.task.RecentActions;
import dev.weir.task.RecentActions.Proposal;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What a review that has ended means for its task, and for the agent that waits. */
final class Conclusions {
  private static final SingleObject<ActionEvent> ACTION = SingleObject.of(ActionEvent.class);

  private final Reviews reviews;
  private final KeyValueStore<String, TaskRecent> recents;
  private final ActionDecoder decoder;
  private final Tally tally;

  Conclusions(
      Reviews reviews,
      KeyValueStore<String, TaskRecent> recents,
      ActionDecoder decoder,
      Tally tally) {
    this.reviews = reviews;
    this.recents = recents;
    this.decoder = decoder;
    this.tally = tally;
  }

  /**
   * Ends the task's hold.
   *
   * @param atMs when the broker appended what ended the review, epoch ms
   * @return what the agent is told; null if none waits
   */
  @Nullable Disposition of(OpenReview review, ReviewOutcome outcome, long atMs) {
    Escalation escalation = review.getEscalation();
    String taskId = escalation.getTaskId();
    DispositionKind kind = kind(outcome);
    Holds holds = reviews.holds(taskId);
    Hold hold = holds.find(escalation.getEscalationId());
    if (hold == null) {
      return null;
    }
    String replacement = replacement(review, outcome);
    if (replacement != null) {
      hold.setReplacement(call(escalation, replacement));
    }
    holds.end(hold, kind);
    if (escalation.getReason() == EscalationReason.TASK && outcome == ReviewOutcome.DENIED) {
      holds.close();
      tally.taskClosed();
    }
    reviews.put(taskId, holds);
    if (!hold.getProposed()) {
      return null;
    }
    Proposal proposal = new Proposal(hold.getEventId(), hold.getDigest(), hold.getCall());
    TaskRecent recent = recents.get(taskId);
    if (recent != null) {
      RecentActions.decided(recent, proposal, kind, atMs);
      recents.put(taskId, recent);
    }
    return Dispositions.of(taskId, proposal, kind, atMs, replacement);
  }

  /**
   * What the agent is told that reviewers gave the action to.
   *
   * @param atMs when the broker appended what ended the review, epoch ms
   * @return null if it was given to none, or is not here whole
   */
  @Nullable Handover handover(OpenReview review, long atMs) {
    Escalation escalation = review.getEscalation();
    Action action = action(escalation);
    String to =
        review.getOpinions().stream()
            .map(Opinion::getHandoverAgent)
            .filter(agent -> agent != null)
            .findFirst()
            .orElse(null);
    return action == null || to == null
        ? null
        : new Handover(
            action.event().getEventId(),
            action.event().getTaskId(),
            escalation.getDigest(),
            action.source(),
            action.event().getAgent().getId(),
            to,
            ByteBuffer.wrap(ACTION.encode(action.event())),
            Instant.ofEpochMilli(atMs));
  }

  private static DispositionKind kind(ReviewOutcome outcome) {
    return switch (outcome) {
      case APPROVED, GRANTED -> DispositionKind.RELEASED;
      case EXPIRED -> DispositionKind.EXPIRED;
      case DENIED, REPLACED, HANDED_OVER, PASSED_ON, OTHER -> DispositionKind.DENIED;
    };
  }

  private static @Nullable String replacement(OpenReview review, ReviewOutcome outcome) {
    return outcome == ReviewOutcome.REPLACED
        ? review.getOpinions().stream()
            .map(Opinion::getReplacementArguments)
            .filter(text -> text != null)
            .findFirst()
            .orElse(null)
        : null;
  }

  /**
   * How the suggested call will look; empty where the escalation does not hold the action whole.
   */
  private ByteBuffer call(Escalation escalation, String replacement) {
    Action action = action(escalation);
    return action == null
        ? ByteBuffer.allocate(0)
        : RecentActions.call(
            ActionEvent.newBuilder(action.event())
                .setArguments(replacement)
                .setArgumentsRaw(null)
                .build());
  }

  /** The action; null where the escalation does not hold it whole. */
  private @Nullable Action action(Escalation escalation) {
    Assessment assessment = escalation.getAssessment();
    byte[] value = new byte[escalation.getAction().remaining()];
    escalation.getAction().duplicate().get(value);
    Origin origin =
        new Origin(
            assessment.getTopic(),
            assessment.getPartition(),
            assessment.getOffset(),
            assessment.getReceivedAt().toEpochMilli());
    return decoder.decode(value, origin) instanceof Action action ? action : null;
  }
}
