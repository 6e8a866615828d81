/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Action;
import dev.weir.review.Holds;
import dev.weir.score.Provenance;
import dev.weir.score.ResultReader;
import dev.weir.state.TaskCore;
import dev.weir.state.TaskObjective;
import dev.weir.state.TaskRecent;
import dev.weir.store.StoreNames;
import dev.weir.task.Folded;
import dev.weir.task.TaskFold;
import dev.weir.task.TaskGrowth;
import dev.weir.task.TaskMemory;
import dev.weir.task.TaskRisks;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Folds a scored action into its task, reports the task's risk, and forgets idle tasks. */
final class FoldProcessor extends Stage<String, Judged> {
  /** Idle tasks forgotten at one action at most. */
  private static final int RETIRE_AT_ONCE = 4;

  private final TaskFold fold;
  private final ResultReader results = new ResultReader();
  private final long idleMs;

  @SuppressWarnings("NullAway.Init") // set by init, before any record
  private KeyValueStore<String, TaskCore> cores;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, TaskRecent> recents;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, TaskObjective> objectives;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, Provenance> provenances;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, Holds> holds;

  @SuppressWarnings("NullAway.Init")
  private IdleIndex idle;

  FoldProcessor(TaskFold fold, long idleMs) {
    this.fold = fold;
    this.idleMs = idleMs;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    super.init(context);
    cores = context.getStateStore(StoreNames.TASK_CORE);
    recents = context.getStateStore(StoreNames.TASK_RECENT);
    objectives = context.getStateStore(StoreNames.TASK_OBJECTIVE);
    provenances = context.getStateStore(StoreNames.TASK_PROVENANCE);
    holds = context.getStateStore(StoreNames.TASK_HOLDS);
    idle = new IdleIndex(context.getStateStore(StoreNames.TASK_IDLE), idleMs);
  }

  @Override
  public void process(Record<String, Judged> record) {
    String taskId = record.key();
    Judged judged = record.value();
    Action action = judged.fresh().action();
    TaskMemory before =
        new TaskMemory(
            judged.core(), judged.fresh().recent(), judged.objective(), judged.provenance());
    TaskGrowth.Grown grown =
        new TaskGrowth(fold, judged.stance().policy(), results)
            .grow(before, action, judged.fresh().sighting(), judged.scored());
    Folded folded = grown.folded();

    idle.touch(taskId, folded.core(), fold.partitionTime(action));
    cores.put(taskId, folded.core());
    recents.put(taskId, before.recent());
    provenances.put(taskId, before.provenance());
    grown.objective().ifPresent(changed -> objectives.put(taskId, changed));
    write(
        record,
        NodeNames.TO_TASK_RISK,
        key(taskId),
        Codecs.TASK_RISK.encode(TaskRisks.of(taskId, folded.core())));
    next(record, NodeNames.DECIDE, taskId, new TaskChange.Grown(judged, grown.before(), folded));
    idle.takeIdle(RETIRE_AT_ONCE).forEach(gone -> retire(record, gone));
  }

  /** A task is not forgotten while something of it is under review. */
  private void retire(Record<String, Judged> record, String taskId) {
    Holds underReview = holds.get(taskId);
    TaskCore known = cores.get(taskId);
    if (underReview != null && underReview.open() > 0 && known != null) {
      idle.again(taskId, known);
      cores.put(taskId, known);
      return;
    }
    holds.delete(taskId);
    TaskCore core = cores.delete(taskId);
    recents.delete(taskId);
    objectives.delete(taskId);
    provenances.delete(taskId);
    write(record, NodeNames.TO_TASK_RISK, key(taskId), null);
    if (core != null) {
      next(record, NodeNames.DECIDE, taskId, new TaskChange.Retired(core.getMass()));
    }
  }
}
