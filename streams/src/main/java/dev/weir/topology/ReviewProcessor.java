/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Action;
import dev.weir.budget.Chance;
import dev.weir.budget.Decisions;
import dev.weir.budget.Terms;
import dev.weir.event.Agent;
import dev.weir.event.Assessment;
import dev.weir.event.Decision;
import dev.weir.event.DispositionKind;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.Phase;
import dev.weir.metrics.Tally;
import dev.weir.policy.Policy;
import dev.weir.review.AskedTiers;
import dev.weir.review.Dispositions;
import dev.weir.review.Escalations;
import dev.weir.review.Holds;
import dev.weir.score.Likeness;
import dev.weir.state.AskedTier;
import dev.weir.state.Hold;
import dev.weir.state.OpenReview;
import dev.weir.state.Planted;
import dev.weir.state.TaskCore;
import dev.weir.state.TaskRecent;
import dev.weir.state.TaskSeen;
import dev.weir.store.StoreNames;
import dev.weir.task.Folded;
import dev.weir.task.RecentActions;
import dev.weir.task.RecentActions.Proposal;
import dev.weir.task.TaskLine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Asks reviewers, and tells agents that wait: at once where nobody is asked, else that they wait.
 */
final class ReviewProcessor extends Stage<String, Decided> {
  /** What an escalation leaves of an output's size, at most, to the answers kept with it. */
  private static final int ROOM_BYTES = 64 << 10;

  private static final ByteBuffer NO_CALL = ByteBuffer.allocate(0);

  private final Chance chance;
  private final int maxEscalationBytes;
  private final Tally tally;

  @SuppressWarnings("NullAway.Init") // set by init, before any record
  private Reviews reviews;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, TaskCore> cores;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, TaskRecent> recents;

  ReviewProcessor(ChanceSettings chances, int maxOutputBytes, Tally tally) {
    this.chance = chances.chance();
    this.maxEscalationBytes = maxOutputBytes - Math.min(ROOM_BYTES, maxOutputBytes / 8);
    this.tally = tally;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    super.init(context);
    reviews = new Reviews(context);
    cores = context.getStateStore(StoreNames.TASK_CORE);
    recents = context.getStateStore(StoreNames.TASK_RECENT);
  }

  @Override
  public void process(Record<String, Decided> record) {
    Decided decided = record.value();
    Decision decision = decided.assessment().getDecision();
    switch (decision.getReason()) {
      case NONE -> answer(record, unasked(decision));
      case AUDIT -> {
        ask(record, decided, Escalations.Covered.only(decided.judged().fresh().action()));
        answer(record, unasked(decision));
      }
      default -> hold(record, decided);
    }
  }

  /** What becomes of a proposal for which nobody is asked before. */
  private static DispositionKind unasked(Decision decision) {
    return Decisions.denied(decision) ? DispositionKind.DENIED : DispositionKind.RELEASED;
  }

  private void hold(Record<String, Decided> record, Decided decided) {
    String taskId = record.key();
    Holds holds = reviews.holds(taskId);
    List<Long> likeness = Likeness.of(decided.judged().fresh().action(), decided.judged().scored());
    double risk = decided.assessment().getScore().getRisk();
    int retries = holds.retried(likeness, risk);
    if (holds.open() >= Holds.MAX_OPEN) {
      reviews.put(taskId, holds);
      tally.holdRefused(decided.assessment().getPhase());
      answer(record, DispositionKind.DENIED);
      return;
    }
    String escalationId = ask(record, decided, covered(decided));
    holds.add(held(decided, escalationId, likeness, retries));
    reviews.put(taskId, holds);
    recents.put(taskId, decided.judged().fresh().recent());
    TaskCore core = decided.grown().folded().core();
    core.setEscalated(core.getEscalated() + 1);
    core.setHolds(holds.size());
    cores.put(taskId, core);
    answer(record, DispositionKind.HELD);
  }

  private static Hold held(Decided decided, String escalationId, List<Long> likeness, int retries) {
    Action action = decided.judged().fresh().action();
    Double inherited = decided.assessment().getDecision().getInheritedRisk();
    double own = decided.assessment().getScore().getRisk();
    return new Hold(
        escalationId,
        action.event().getEventId(),
        ByteBuffer.wrap(action.digest()),
        action.event().getPhase() == Phase.PROPOSED,
        DispositionKind.HELD,
        likeness,
        inherited == null ? own : inherited,
        retries,
        RecentActions.call(action.event()),
        NO_CALL,
        decided.assessment().getDecision().getReason() == EscalationReason.REQUESTED);
  }

  /** What the review is asked to cover; what it covers counts towards the task's line no more. */
  private static Escalations.Covered covered(Decided decided) {
    Folded folded = decided.grown().folded();
    TaskRecent recent = decided.judged().fresh().recent();
    if (decided.assessment().getDecision().getReason() == EscalationReason.TASK) {
      List<ByteBuffer> digests = TaskLine.takeAll(recent);
      long unlisted = folded.core().getUnreviewedActions() - digests.size();
      TaskLine.rebase(folded.core());
      return new Escalations.Covered(digests, unlisted);
    }
    if (folded.counts() && Decisions.clearsLines(decided.assessment().getDecision().getReason())) {
      TaskLine.reviewed(folded.core(), folded.unreviewedBefore());
      TaskLine.forgetLatest(recent);
    }
    return Escalations.Covered.only(decided.judged().fresh().action());
  }

  /** Asks the tier that was decided; returns the escalation's id. */
  private String ask(Record<String, Decided> record, Decided decided, Escalations.Covered covered) {
    Action action = decided.judged().fresh().action();
    Agent agent = action.event().getAgent();
    Decision decision = decided.assessment().getDecision();
    long askedMs = Math.max(action.origin().receivedMs(), context().currentSystemTimeMs());
    List<AskedTier> tiers = AskedTiers.of(decided.judged().stance().policy(), decision);
    Written written = written(new Asked(decided, tiers.get(0), covered, askedMs));
    reviews.open(
        new OpenReview(
            written.escalation,
            tiers,
            action.event().getPhase() == Phase.PROPOSED && holds(decision),
            false,
            agent.getModel(),
            agent.getProvider(),
            new ArrayList<>(),
            Planted.NO,
            written.escalation.getActionTruncated() ? null : openable(decided),
            null));
    String to = Decisions.waits(decision) ? NodeNames.TO_WAITING : NodeNames.TO_ESCALATIONS;
    write(record, to, key(record.key()), written.bytes);
    return written.escalation.getEscalationId();
  }

  /** The task before a request that a grant may release; null for all else. */
  private static @Nullable TaskSeen openable(Decided decided) {
    Assessment assessment = decided.assessment();
    Policy policy = decided.judged().stance().policy();
    return decided.judged().seen() != null
            && Decisions.passesIfGranted(
                Decisions.Of.assessed(assessment), assessment.getDecision(), Terms.of(policy))
        ? decided.judged().seen()
        : null;
  }

  private static boolean holds(Decision decision) {
    return decision.getReason() != EscalationReason.AUDIT;
  }

  /** What a tier is asked. */
  private record Asked(
      Decided decided, AskedTier tier, Escalations.Covered covered, long askedMs) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Written(Escalation escalation, byte[] bytes) {}

  /** The action is cut by as much as the rest needs room. */
  private Written written(Asked asked) {
    int length = asked.decided.judged().fresh().action().value().length;
    int room = Math.min(length, maxEscalationBytes);
    Written whole = written(asked, room);
    if (whole.bytes.length <= maxEscalationBytes) {
      return whole;
    }
    int cut = Math.max(0, room - (whole.bytes.length - maxEscalationBytes));
    return written(asked, cut);
  }

  private Written written(Asked asked, int room) {
    Decided decided = asked.decided;
    Action action = decided.judged().fresh().action();
    byte[] nonce = chance.nonce(action.event().getTaskId(), action.digest(), action.origin(), 0);
    Escalation escalation =
        Escalations.of(
            action,
            decided.assessment(),
            decided.grown().before(),
            asked.tier,
            nonce,
            asked.covered,
            new Escalations.Terms(asked.askedMs, room));
    return new Written(escalation, Codecs.ESCALATION.encode(escalation));
  }

  /** Tells the agent, if it waits. */
  private void answer(Record<String, Decided> record, DispositionKind kind) {
    Action action = record.value().judged().fresh().action();
    if (action.event().getPhase() != Phase.PROPOSED) {
      return;
    }
    Proposal proposal = Proposal.of(action);
    long atMs = action.origin().receivedMs();
    TaskRecent recent = record.value().judged().fresh().recent();
    RecentActions.decided(recent, proposal, kind, atMs);
    recents.put(record.key(), recent);
    write(
        record,
        NodeNames.TO_DISPOSITIONS,
        key(record.key()),
        Codecs.DISPOSITION.encode(Dispositions.of(record.key(), proposal, kind, atMs)));
    tally.disposed(kind);
    if (kind != DispositionKind.HELD) {
      tally.disposedAfter(context().currentSystemTimeMs() - atMs);
    }
  }
}
