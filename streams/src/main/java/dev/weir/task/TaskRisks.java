/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.event.RiskBucket;
import dev.weir.event.TaskRisk;
import dev.weir.state.TaskCore;
import java.time.Instant;

/** Reports a task's state as the public record of its risk. */
public final class TaskRisks {
  private TaskRisks() {}

  /** The risk so far of the task {@code taskId}. */
  public static TaskRisk of(String taskId, TaskCore core) {
    return new TaskRisk(
        taskId,
        core.getAgentId(),
        core.getSource(),
        core.getActions(),
        core.getEscalated(),
        core.getMass(),
        core.getDecayedMass(),
        core.getMaxRisk(),
        Instant.ofEpochMilli(core.getFirstSeenMs()),
        Instant.ofEpochMilli(core.getLastSeenMs()),
        core.getHistogram().stream()
            .map(b -> new RiskBucket(b.getIndex(), b.getCount(), b.getMass()))
            .toList(),
        TaskSnapshot.summaries(core.getWorst()));
  }
}
