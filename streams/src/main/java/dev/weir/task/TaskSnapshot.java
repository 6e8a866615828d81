/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.event.ActionSummary;
import dev.weir.event.TaskContext;
import dev.weir.state.Remembered;
import dev.weir.state.TaskCore;
import dev.weir.state.TaskObjective;
import dev.weir.state.TaskRecent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as it stood before an action was folded: what a reviewer is shown, if one is asked. Cheap
 * to take; masses in LU, times epoch ms.
 *
 * @param objective what the task is for, or null
 * @param actions before this one
 * @param mass summed expected loss
 * @param decayedMass the same, decayed
 * @param firstSeenMs time of the first action
 * @param recent latest actions, oldest first
 * @param worst worst actions, worst first
 */
public record TaskSnapshot(
    @Nullable TaskObjective objective,
    long actions,
    double mass,
    double decayedMass,
    long firstSeenMs,
    List<Remembered> recent,
    List<Remembered> worst) {

  /** The task as it stands; {@code core} is null if the action opens it, at {@code nowMs}. */
  public static TaskSnapshot of(
      @Nullable TaskCore core, TaskRecent recent, @Nullable TaskObjective objective, long nowMs) {
    List<Remembered> latest = List.copyOf(recent.getLatest());
    return core == null
        ? new TaskSnapshot(objective, 0, 0, 0, nowMs, latest, List.of())
        : new TaskSnapshot(
            objective,
            core.getActions(),
            core.getMass(),
            core.getDecayedMass(),
            core.getFirstSeenMs(),
            latest,
            List.copyOf(core.getWorst()));
  }

  /** The same, as an escalation carries it. */
  public TaskContext toContext() {
    return new TaskContext(
        objective == null ? null : objective.getText(),
        objective != null && objective.getAttested(),
        actions,
        mass,
        decayedMass,
        Instant.ofEpochMilli(firstSeenMs),
        summaries(recent),
        summaries(worst));
  }

  static List<ActionSummary> summaries(List<Remembered> remembered) {
    return remembered.stream()
        .map(
            r ->
                new ActionSummary(
                    r.getEventId(),
                    r.getAgentId(),
                    r.getTool(),
                    r.getArguments(),
                    Instant.ofEpochMilli(r.getOccurredAtMs()),
                    r.getRisk(),
                    r.getDigest()))
        .toList();
  }
}
