/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.bench;

import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Intake;
import dev.weir.action.Limits;
import dev.weir.action.Origin;
import dev.weir.event.ActionEvent;
import dev.weir.score.Provenance;
import dev.weir.score.ResultReader;
import dev.weir.score.ResultReader.Acted;
import dev.weir.score.Scored;
import dev.weir.score.Scorer;
import dev.weir.score.TaskView;
import dev.weir.state.TaskCore;
import dev.weir.state.TaskObjective;
import dev.weir.task.FoldRules;
import dev.weir.task.Folded;
import dev.weir.task.Objectives;
import dev.weir.task.TaskFold;
import dev.weir.task.TaskViews;
import dev.weir.wire.SingleObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One action of a replayed log as benchmarks need it: its bytes, and its task as it stood before.
 *
 * @param json the record in JSON
 * @param avro the same in Avro single-object encoding
 * @param action decoded from {@code json}
 * @param task the task before the action
 * @param scored what the scorer made of it in the replay
 * @param folded the task's fold of it in the replay
 * @param provenance the task's live one, that all its actions may be folded into
 */
record Replayed(
    byte[] json,
    byte[] avro,
    Action action,
    TaskView task,
    Scored scored,
    Folded folded,
    Provenance provenance) {
  static final Limits LIMITS = Limits.DEFAULT.withAheadMs(Long.MAX_VALUE / 2);
  static final Origin ORIGIN = new Origin("weir.actions", 0, 0, 0);

  private static final SingleObject<ActionEvent> AVRO = SingleObject.of(ActionEvent.class);

  /** Every action of the log that decodes, in order. */
  static List<Replayed> all(List<byte[]> log, Scorer scorer) {
    FoldRules offline = new FoldRules(21_600_000, 3_600_000, 60_000, true);
    TaskFold fold = new TaskFold(offline);
    ActionDecoder decoder = new ActionDecoder(LIMITS);
    Map<String, TaskCore> cores = new HashMap<>();
    Map<String, TaskObjective> objectives = new HashMap<>();
    Map<String, Provenance> provenances = new HashMap<>();
    ResultReader results = new ResultReader();
    List<Replayed> all = new ArrayList<>();
    for (byte[] json : log) {
      Intake intake = decoder.decode(json, ORIGIN);
      if (intake instanceof Action action) {
        String id = action.event().getTaskId();
        Provenance provenance = provenances.computeIfAbsent(id, i -> new Provenance());
        Provenance before = Provenance.restored(provenance.state());
        TaskView task = TaskViews.of(cores.get(id), objectives.get(id), before);
        Scored scored = scorer.score(action, task);
        Folded folded =
            fold.fold(cores.get(id), action, scored.score().getRisk(), scored.score().getMass());
        cores.put(id, folded.core());
        Optional<TaskObjective> changed =
            Objectives.change(objectives.get(id), action.event().getObjective(), false);
        changed.ifPresent(o -> objectives.put(id, o));
        results.fold(provenance, new Acted(action, scored), false, null);
        byte[] avro = AVRO.encode(action.event());
        all.add(new Replayed(json, avro, action, task, scored, folded, provenance));
      }
    }
    return all;
  }
}
