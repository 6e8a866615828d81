/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.metrics.Tally;
import dev.weir.score.Scored;
import dev.weir.score.Scorer;
import dev.weir.state.TaskCore;
import dev.weir.state.TaskObjective;
import dev.weir.store.StoreNames;
import dev.weir.task.TaskViews;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Scores an action against its task as it stood before. */
final class ScoreProcessor extends Stage<String, Fresh> {
  private final Scorer scorer;
  private final Tally tally;

  @SuppressWarnings("NullAway.Init") // set by init, before any record
  private KeyValueStore<String, TaskCore> cores;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, TaskObjective> objectives;

  ScoreProcessor(Scorer scorer, Tally tally) {
    this.scorer = scorer;
    this.tally = tally;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    super.init(context);
    cores = context.getStateStore(StoreNames.TASK_CORE);
    objectives = context.getStateStore(StoreNames.TASK_OBJECTIVE);
  }

  @Override
  public void process(Record<String, Fresh> record) {
    TaskCore core = cores.get(record.key());
    TaskObjective objective = objectives.get(record.key());
    long startNs = System.nanoTime();
    Scored scored = scorer.score(record.value().action(), TaskViews.of(core, objective));
    tally.scoreTook(System.nanoTime() - startNs);
    next(record, NodeNames.FOLD, record.key(), new Judged(record.value(), scored, core, objective));
  }
}
