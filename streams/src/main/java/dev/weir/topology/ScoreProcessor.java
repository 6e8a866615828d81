/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Action;
import dev.weir.budget.Clearance;
import dev.weir.event.AgentEvidence;
import dev.weir.event.AgentRecord;
import dev.weir.event.AgentStanding;
import dev.weir.event.Phase;
import dev.weir.metrics.Tally;
import dev.weir.policy.Policy;
import dev.weir.review.Grants;
import dev.weir.score.PolicyScorer;
import dev.weir.score.Provenance;
import dev.weir.score.Scored;
import dev.weir.score.Scorer;
import dev.weir.score.TaskView;
import dev.weir.state.TaskCore;
import dev.weir.state.TaskObjective;
import dev.weir.state.TaskSeen;
import dev.weir.store.StoreNames;
import dev.weir.task.AgentLine;
import dev.weir.task.Sighting;
import dev.weir.task.TaskViews;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Scores an action against its task as it stood before, by the policy in force and by the one in
 * shadow, and sees what grants say of it. What goes wrong in shadow changes nothing.
 */
final class ScoreProcessor extends Stage<String, Fresh> {
  private final PolicyShelf shelf;
  private final PolicyDesk desk;
  private final Grants grants;
  private final Board<AgentRecord> records;
  private final Tally tally;
  private final ScorerSlot inForce = new ScorerSlot();
  private final ScorerSlot shadow = new ScorerSlot();

  @SuppressWarnings("NullAway.Init") // set by init, before any record
  private Standing standing;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, TaskCore> cores;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, TaskObjective> objectives;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, Provenance> provenances;

  /** The scorer of the policy that was last asked for. */
  private static final class ScorerSlot {
    private @Nullable Policy policy;
    private @Nullable Scorer scorer;

    @SuppressWarnings("ReferenceEquality") // of a policy there is one, on the shelf
    Scorer of(Policy wanted) {
      Scorer known = scorer;
      if (known == null || policy != wanted) {
        known = new PolicyScorer(wanted);
        policy = wanted;
        scorer = known;
      }
      return known;
    }
  }

  ScoreProcessor(
      PolicyShelf shelf, PolicyDesk desk, Grants grants, Board<AgentRecord> records, Tally tally) {
    this.shelf = shelf;
    this.desk = desk;
    this.grants = grants;
    this.records = records;
    this.tally = tally;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    super.init(context);
    cores = context.getStateStore(StoreNames.TASK_CORE);
    objectives = context.getStateStore(StoreNames.TASK_OBJECTIVE);
    standing = new Standing(context.getStateStore(StoreNames.POLICY_STANDING), shelf, desk);
    provenances = context.getStateStore(StoreNames.TASK_PROVENANCE);
  }

  @Override
  public void process(Record<String, Fresh> record) {
    TaskCore core = cores.get(record.key());
    TaskObjective objective = objectives.get(record.key());
    Provenance known = provenances.get(record.key());
    Provenance provenance = known == null ? new Provenance() : known;
    Stance stance = standing.now();
    TaskView task = TaskViews.of(core, objective, provenance);
    Action action = record.value().action();
    long startNs = System.nanoTime();
    AgentEvidence evidence = evidence(stance.policy(), action);
    Scored scored = inForce.of(stance.policy()).score(action, task, evidence);
    tally.scoreTook(System.nanoTime() - startNs);
    Clearance clearance =
        record.value().sighting() == Sighting.CARRIES_OUT
            ? Clearance.NONE
            : grants.of(
                scored.reserved(),
                new Grants.Case(stance.policy(), action, task, action.origin().receivedMs()));
    boolean requests =
        !clearance.missing().isEmpty() && action.event().getPhase() == Phase.PROPOSED;
    TaskSeen seen = requests ? TaskViews.seen(task, provenance) : null;
    Scored shadowed = shadowed(stance.candidate(), action, task);
    next(
        record,
        NodeNames.FOLD,
        record.key(),
        new Judged(
            record.value(),
            stance,
            scored,
            clearance,
            seen,
            evidence,
            shadowed,
            core,
            objective,
            provenance));
  }

  /** What the agent's record says against it, where that counts; null for nothing. */
  private @Nullable AgentEvidence evidence(Policy policy, Action action) {
    if (records.size() == 0 || !policy.readsRecords(action.source())) {
      return null;
    }
    AgentRecord record =
        records.get(AgentLine.key(action.source(), action.event().getAgent().getId()));
    return record == null || record.getStanding() != AgentStanding.WORSE
        ? null
        : new AgentEvidence(
            record.getAnswers(), record.getFound(), record.getExpected(), record.getRatioLow());
  }

  private @Nullable Scored shadowed(
      Stance.@Nullable Candidate candidate, Action action, TaskView task) {
    if (candidate == null) {
      return null;
    }
    try {
      return shadow
          .of(candidate.policy())
          .score(action, task, evidence(candidate.policy(), action));
    } catch (RuntimeException | StackOverflowError e) {
      tally.shadowFailed();
      return null;
    }
  }
}
