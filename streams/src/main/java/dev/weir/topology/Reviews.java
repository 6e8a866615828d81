/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.event.Assessment;
import dev.weir.event.Escalation;
import dev.weir.event.MissingGrant;
import dev.weir.review.Grants.Subject;
import dev.weir.review.Holds;
import dev.weir.review.Signals;
import dev.weir.state.OpenReview;
import dev.weir.store.StoreNames;
import dev.weir.topology.DeadlineIndex.Due;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What of one partition is under review.
 *
 * <p>Invariant: each open review stands in the index, under its deadline or, once a notice was
 * written, some time later: so a notice that came to nothing is written again. Each that a grant
 * may still release stands among the requests.
 */
final class Reviews {
  /** How long a notice may take to come back from the log, in ms. */
  private static final long NOTICE_MS = 60_000;

  private final KeyValueStore<String, Holds> holds;
  private final KeyValueStore<String, OpenReview> open;
  private final DeadlineIndex deadlines;
  private final RequestIndex requests;

  Reviews(ProcessorContext<?, ?> context) {
    holds = context.getStateStore(StoreNames.TASK_HOLDS);
    open = context.getStateStore(StoreNames.OPEN_REVIEWS);
    deadlines = new DeadlineIndex(context.getStateStore(StoreNames.DEADLINES));
    requests = new RequestIndex(context.getStateStore(StoreNames.REQUESTS));
  }

  /** What of a task is, or was lately, under review. */
  Holds holds(String taskId) {
    Holds known = holds.get(taskId);
    return known == null ? Holds.none() : known;
  }

  void put(String taskId, Holds changed) {
    holds.put(taskId, changed);
  }

  /** The review of that escalation; null if none is open. */
  @Nullable OpenReview find(String escalationId) {
    return open.get(escalationId);
  }

  /** A reviewer is asked. */
  void open(OpenReview review) {
    open.put(review.getEscalation().getEscalationId(), review);
    deadlines.add(due(review));
    if (review.getSeen() != null) {
      String id = review.getEscalation().getEscalationId();
      lacks(review.getEscalation()).forEach(subject -> requests.add(subject, id));
    }
  }

  /** A reviewer has answered, others are waited for. What one has denied no grant releases. */
  void answered(OpenReview review) {
    if (review.getSeen() != null && review.getOpinions().stream().anyMatch(Signals::denies)) {
      forget(review.getEscalation());
      review.setSeen(null);
    }
    open.put(review.getEscalation().getEscalationId(), review);
  }

  /** No reviewer of that escalation is waited for any more. */
  void close(OpenReview review) {
    open.delete(review.getEscalation().getEscalationId());
    deadlines.remove(due(review));
    if (review.getSeen() != null) {
      forget(review.getEscalation());
    }
  }

  private void forget(Escalation escalation) {
    lacks(escalation).forEach(subject -> requests.remove(subject, escalation.getEscalationId()));
  }

  /** Of which grants there was none when the action was decided. */
  static List<Subject> lacks(Escalation escalation) {
    return escalation.getAssessment().getDecision().getMissingGrants().stream()
        .map(missing -> lacks(escalation, missing))
        .toList();
  }

  /** Whose grant that is. */
  static Subject lacks(Escalation escalation, MissingGrant missing) {
    Assessment assessment = escalation.getAssessment();
    return new Subject(assessment.getTopic(), assessment.getAgentId(), missing.getActionClass());
  }

  /** Requests that lack a grant, after that escalation, in the order of ids, at most so many. */
  List<String> requests(Subject lacks, String after, int most) {
    return requests.of(lacks, after, most);
  }

  /** The deadline has not passed by the broker's clock: it is looked at again when it has. */
  void early(OpenReview review) {
    deadlines.add(due(review));
  }

  /** Reviews whose deadline has passed at that time, at most so many, each to be noticed now. */
  List<OpenReview> overdue(long nowMs, int most) {
    List<OpenReview> overdue = new ArrayList<>();
    for (Due due : deadlines.until(nowMs, most)) {
      OpenReview review = noticed(due, nowMs);
      if (review != null) {
        overdue.add(review);
      }
    }
    return overdue;
  }

  private @Nullable OpenReview noticed(Due due, long nowMs) {
    deadlines.remove(due);
    OpenReview review = find(due.escalationId());
    if (review != null) {
      deadlines.add(new Due(nowMs + NOTICE_MS, due.escalationId(), due.taskId()));
    }
    return review;
  }

  /** How many are open, about. */
  long size() {
    return deadlines.size();
  }

  private static Due due(OpenReview review) {
    Escalation escalation = review.getEscalation();
    return new Due(
        escalation.getDeadline().toEpochMilli(),
        escalation.getEscalationId(),
        escalation.getTaskId());
  }
}
