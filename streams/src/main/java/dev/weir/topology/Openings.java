/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Origin;
import dev.weir.budget.Clearance;
import dev.weir.event.Assessment;
import dev.weir.event.Decision;
import dev.weir.event.Escalation;
import dev.weir.event.GrantLack;
import dev.weir.event.GrantNotice;
import dev.weir.event.MissingGrant;
import dev.weir.event.UsedGrant;
import dev.weir.policy.Lines;
import dev.weir.policy.Policy;
import dev.weir.policy.publish.Publication;
import dev.weir.review.GrantWatch;
import dev.weir.review.Grants;
import dev.weir.review.Grants.Subject;
import dev.weir.review.Notices;
import dev.weir.state.OpenReview;
import dev.weir.state.TaskCore;
import dev.weir.state.TaskRecent;
import dev.weir.state.TaskSeen;
import dev.weir.store.StoreNames;
import dev.weir.task.AgentLine;
import dev.weir.task.TaskLine;
import dev.weir.task.TaskViews;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Which held requests grants open that came since: those that nothing else holds, and that nobody
 * has denied, nor their like. Looks at the requests of whom a grant came, changed or begins to
 * hold, and so much at a time; a restart looks at all of them once. What agents do starts no look.
 */
final class Openings {
  /** What is looked at at a time, in bytes of actions; a page more at most. */
  private static final int LOOK_BYTES = 4 << 20;

  /** What a look at a grant or a request costs apart from its action, in bytes. */
  private static final int ONE_BYTES = 2 << 10;

  /** Requests that are looked at before the cost is. */
  private static final int PAGE = 16;

  /** Requests that are noticed at a time at most. */
  private static final int NOTICES = 500;

  /** How often in a row deadlines wait for what is left to look at. */
  private static final int WAITS = 60;

  /** When what came too early by the broker's clock is looked at again, in ms. */
  private static final long AGAIN_MS = 60_000;

  private final ProcessorContext<Object, Object> context;
  private final Terms terms;
  private final Reviews reviews;
  private final AgentLines agents;
  private final KeyValueStore<String, TaskCore> cores;
  private final KeyValueStore<String, TaskRecent> recents;
  private final GrantWatch watch;
  private @Nullable Subject looked;
  private String lookedUntil = "";
  private int waited;
  private boolean waits;

  /**
   * What openings rest on.
   *
   * @param grants who may do what
   * @param shelf policies, by which conditions and lines are judged
   * @param decoder reads actions as they were escalated
   * @param notices that are written
   */
  record Terms(Grants grants, PolicyShelf shelf, ActionDecoder decoder, Notices notices) {}

  Openings(
      ProcessorContext<Object, Object> context, Terms terms, Reviews reviews, AgentLines agents) {
    this.context = context;
    this.terms = terms;
    this.reviews = reviews;
    this.agents = agents;
    this.cores = context.getStateStore(StoreNames.TASK_CORE);
    this.recents = context.getStateStore(StoreNames.TASK_RECENT);
    this.watch = new GrantWatch(terms.grants);
  }

  /** Notices what grants seem to open at that time. */
  void notice(long nowMs) {
    due(nowMs).forEach(review -> notice(review, nowMs));
    boolean behind = looked != null;
    waits = behind && waited < WAITS;
    waited = waits ? waited + 1 : behind ? waited : Math.max(0, waited - 1);
  }

  /**
   * Whether deadlines wait, as grants are left to look at that there were at the last notice: for a
   * minute at most, and no more than every other time in the long run.
   */
  boolean deadlinesWait() {
    return waits;
  }

  private List<OpenReview> due(long nowMs) {
    List<OpenReview> found = new ArrayList<>();
    long left = LOOK_BYTES;
    looked = looked == null ? watch.next(nowMs) : looked;
    while (looked != null && left > 0 && found.size() < NOTICES) {
      int most = Math.min(PAGE, NOTICES - found.size());
      boolean holds = terms.grants.holds(looked, nowMs);
      List<String> ids = holds ? reviews.requests(looked, lookedUntil, most) : List.of();
      left -= ONE_BYTES;
      for (String id : ids) {
        OpenReview review = reviews.find(id);
        if (review != null) {
          left -= ONE_BYTES + review.getEscalation().getAction().remaining();
          if (seemsOpen(review, nowMs)) {
            found.add(review);
          }
        }
        lookedUntil = id;
      }
      if (ids.size() < most) {
        lookedUntil = "";
        looked = watch.next(nowMs);
      }
    }
    return found;
  }

  /** Another tier is asked: grants that came before, and whose notice is void now, open it. */
  void asked(OpenReview review) {
    long nowMs = context.currentSystemTimeMs();
    if (seemsOpen(review, nowMs)) {
      notice(review, nowMs);
    }
  }

  /** Reads the action only where a grant holds of each class that it lacked. */
  private boolean seemsOpen(OpenReview review, long nowMs) {
    return review.getSeen() != null
        && Reviews.lacks(review.getEscalation()).stream()
            .allMatch(subject -> terms.grants.holds(subject, nowMs))
        && clearance(review, nowMs).missing().isEmpty();
  }

  private void notice(OpenReview review, long atMs) {
    Escalation asked = review.getEscalation();
    GrantNotice notice = terms.notices.ofGrants(asked.getEscalationId(), asked.getTaskId());
    byte[] value = Codecs.GRANT_NOTICE.encode(notice);
    context.forward(new Record<>(Stage.key(asked.getTaskId()), value, atMs), NodeNames.TO_VERDICTS);
  }

  /**
   * By which grants a request is opened that a notice named, which the broker appended at that
   * time; none if it stays held. What is opened adds to what its task and agent did unreviewed, and
   * is not where that would take one of them over its line.
   */
  List<UsedGrant> open(Record<?, ?> notice, OpenReview review) {
    Clearance clearance = clearance(review, notice.timestamp());
    for (MissingGrant missing : clearance.missing()) {
      if (missing.getLack() == GrantLack.NOT_YET) {
        watch.again(
            Reviews.lacks(review.getEscalation(), missing),
            context.currentSystemTimeMs() + AGAIN_MS);
      }
    }
    boolean opens = clearance.missing().isEmpty() && staysBelowLines(notice, review);
    return opens ? clearance.used() : List.of();
  }

  /** What grants say of a request at that time and, if its deadline passed before, in time. */
  private Clearance clearance(OpenReview review, long atMs) {
    Escalation escalation = review.getEscalation();
    Decision decision = escalation.getAssessment().getDecision();
    List<String> reserved =
        Stream.concat(
                decision.getGrants().stream().map(UsedGrant::getActionClass),
                decision.getMissingGrants().stream().map(MissingGrant::getActionClass))
            .toList();
    TaskSeen seen = review.getSeen();
    Policy policy = policy(escalation.getAssessment());
    if (seen == null
        || policy == null
        || reviews.holds(escalation.getTaskId()).isDenied(escalation.getEscalationId())
        || !(terms.decoder.decode(value(escalation), origin(escalation.getAssessment()))
            instanceof Action action)) {
      return Clearance.lacking(reserved, GrantLack.OTHER);
    }
    long inTimeMs = escalation.getDeadline().toEpochMilli() - 1;
    Clearance then = terms.grants.of(reserved, on(policy, action, seen, Math.min(atMs, inTimeMs)));
    return atMs <= inTimeMs || !then.missing().isEmpty()
        ? then
        : terms.grants.of(reserved, on(policy, action, seen, atMs));
  }

  private static Grants.Case on(Policy policy, Action action, TaskSeen seen, long atMs) {
    return new Grants.Case(policy, action, TaskViews.of(seen), atMs);
  }

  private boolean staysBelowLines(Record<?, ?> notice, OpenReview review) {
    Assessment assessment = review.getEscalation().getAssessment();
    Policy policy = policy(assessment);
    TaskCore core = cores.get(assessment.getTaskId());
    TaskRecent recent = recents.get(assessment.getTaskId());
    if (policy == null || core == null || recent == null) {
      return false;
    }
    Lines lines = policy.lines();
    double mass = assessment.getScore().getMass();
    boolean counts = assessment.getDecision().getTaskMass() > 0;
    double ofAgent =
        agents.towards(
            assessment.getTopic(),
            assessment.getAgentId(),
            mass,
            assessment.getTaskTime().toEpochMilli());
    boolean below =
        ofAgent <= lines.agentMass()
            && (!counts || core.getUnreviewedMass() + mass <= lines.taskMass());
    agents.settle(notice, AgentLine.Outcome.released(below ? mass : 0), lines.agentMass());
    if (below && counts) {
      TaskLine.released(core, recent, mass, bytes(assessment));
      cores.put(assessment.getTaskId(), core);
      recents.put(assessment.getTaskId(), recent);
    }
    return below;
  }

  private @Nullable Policy policy(Assessment assessment) {
    return terms.shelf.get(Publication.hex(assessment.getPolicyDigest()));
  }

  private static Origin origin(Assessment assessment) {
    return new Origin(
        assessment.getTopic(),
        assessment.getPartition(),
        assessment.getOffset(),
        assessment.getReceivedAt().toEpochMilli());
  }

  private static byte[] bytes(Assessment assessment) {
    byte[] bytes = new byte[assessment.getDigest().remaining()];
    assessment.getDigest().duplicate().get(bytes);
    return bytes;
  }

  private static byte[] value(Escalation escalation) {
    byte[] value = new byte[escalation.getAction().remaining()];
    escalation.getAction().duplicate().get(value);
    return value;
  }
}
