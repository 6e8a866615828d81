/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.action.Action;
import dev.weir.event.AgentEvidence;
import dev.weir.policy.Policy;
import dev.weir.score.Scored;
import dev.weir.score.Scorer;
import dev.weir.score.TaskView;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stream's way of an action, deduplicate, score, fold, over tasks held in memory: for logs,
 * examples and explanations. Scores every action as the stream would, against its task as it stood
 * before; forgets no idle task.
 */
public final class Replay {
  private final Scorer scorer;
  private final TaskGrowth growth;
  private final Map<String, TaskMemory> tasks = new HashMap<>();

  /** Replays by this scorer; {@code policy} says what sources may attest. */
  public Replay(Policy policy, Scorer scorer, FoldRules rules) {
    this.scorer = scorer;
    this.growth = new TaskGrowth(new TaskFold(rules), policy);
  }

  /**
   * One action as it was scored.
   *
   * @param view what the scorer saw of its task
   * @param grown its task before and after
   */
  public record Replayed(
      Action action, Sighting sighting, TaskView view, Scored scored, TaskGrowth.Grown grown) {}

  /** The same by an agent of no record. */
  public Optional<Replayed> add(Action action) {
    return add(action, null);
  }

  /**
   * Scores {@code action} and folds it into its task; empty if it is a repetition.
   *
   * @param evidence what the agent's record says against it; null for nothing
   */
  public Optional<Replayed> add(Action action, @Nullable AgentEvidence evidence) {
    TaskMemory before = task(action.event().getTaskId());
    Sighting sighting = before.sight(action);
    if (sighting == Sighting.DUPLICATE) {
      return Optional.empty();
    }
    TaskView view = before.view();
    Scored scored = scorer.score(action, view, evidence);
    TaskGrowth.Grown grown = growth.grow(before, action, sighting, scored);
    tasks.put(action.event().getTaskId(), grown.after());
    return Optional.of(new Replayed(action, sighting, view, scored, grown));
  }

  /** The task as it stands. */
  public TaskMemory task(String taskId) {
    TaskMemory known = tasks.get(taskId);
    return known == null ? TaskMemory.none() : known;
  }
}
