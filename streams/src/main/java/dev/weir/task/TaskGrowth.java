/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.action.Action;
import dev.weir.event.Trust;
import dev.weir.policy.Attestable;
import dev.weir.policy.Policy;
import dev.weir.score.ResultReader;
import dev.weir.score.Scored;
import dev.weir.state.TaskObjective;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes one scored action into all that is kept of its task: the one place that says how, for the
 * stream and for offline replay. One thread.
 */
public final class TaskGrowth {
  private final TaskFold fold;
  private final Policy policy;
  private final ResultReader results;

  public TaskGrowth(TaskFold fold, Policy policy) {
    this(fold, policy, new ResultReader());
  }

  /** The same, with a reader of results that is used again. */
  public TaskGrowth(TaskFold fold, Policy policy, ResultReader results) {
    this.fold = fold;
    this.policy = policy;
    this.results = results;
  }

  /**
   * A task after one more action.
   *
   * @param before the task as it stood
   * @param folded its counts and masses, this action included
   * @param after all that is kept of it from now on
   * @param objective what it is for from now on; empty if that is what was known already
   */
  public record Grown(
      TaskSnapshot before, Folded folded, TaskMemory after, Optional<TaskObjective> objective) {}

  /** Grows the task by {@code action}; changes what {@code before} holds. */
  public Grown grow(TaskMemory before, Action action, Sighting sighting, Scored scored) {
    double risk = scored.score().getRisk();
    TaskSnapshot snapshot =
        TaskSnapshot.of(
            before.core(),
            before.recent(),
            before.objective(),
            action.event().getOccurredAt().toEpochMilli());
    boolean adds = sighting != Sighting.CARRIES_OUT;
    Folded folded = fold.fold(before.core(), action, risk, adds ? scored.score().getMass() : 0);
    RecentActions.add(before.recent(), action, risk);
    if (folded.counts()) {
      TaskLine.remember(before.recent(), action.digest());
    }
    Optional<TaskObjective> changed =
        Objectives.change(
            before.objective(),
            action.event().getObjective(),
            policy.attests(action.source(), Attestable.OBJECTIVE));
    @Nullable TaskObjective objective = changed.orElse(before.objective());
    TaskMemory after =
        new TaskMemory(folded.core(), before.recent(), objective, before.provenance());
    boolean vouched = policy.attests(action.source(), Attestable.OBJECTIVE);
    trace(after, new ResultReader.Acted(action, scored, vouched));
    return new Grown(snapshot, folded, after, changed);
  }

  /** What was returned is context for the task's later actions. */
  private void trace(TaskMemory task, ResultReader.Acted acted) {
    Action action = acted.action();
    boolean trusted =
        action.event().getTrust() == Trust.TRUSTED
            && policy.attests(action.source(), Attestable.TRUST);
    TaskObjective objective = task.objective();
    String attested = objective != null && objective.getAttested() ? objective.getText() : null;
    results.fold(task.provenance(), acted, trusted, attested);
  }
}
