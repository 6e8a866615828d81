/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

/**
 * How time passes for a task.
 *
 * @param halfLifeMs after which a task's decayed mass is halved
 * @param latenessMs how far an action may lie behind its task's clock before it counts as late
 * @param aheadMs how far the clock may run ahead of the broker's append time
 * @param occurredAt true to believe occurred_at whatever the broker's clock says: for offline logs
 */
public record FoldRules(long halfLifeMs, long latenessMs, long aheadMs, boolean occurredAt) {
  /** Half-life 6 h, lateness 1 h, one minute ahead, the broker's clock counts. */
  public static final FoldRules DEFAULT = new FoldRules(21_600_000, 3_600_000, 60_000, false);

  /**
   * The time that the task's clock may take from an action, epoch ms: within lateness and allowance
   * of the broker's, so that a date of long ago does not let a task's mass decay at its next
   * action.
   */
  long believed(long occurredMs, long receivedMs) {
    return occurredAt
        ? occurredMs
        : Math.max(receivedMs - latenessMs, Math.min(occurredMs, receivedMs + aheadMs));
  }

  /** The partition's clock, by which idle tasks are retired, epoch ms. */
  public long partitionTime(long occurredMs, long receivedMs) {
    return occurredAt ? occurredMs : receivedMs;
  }
}
