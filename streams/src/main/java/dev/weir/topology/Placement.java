/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * Where a task lives: the partition that Kafka's own default partitioner gives its id.
 *
 * @param partitions of every topic keyed by task; fixed for life
 */
public record Placement(int partitions) {
  /** Refuses a topic without partitions. */
  public Placement {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions: " + partitions);
    }
  }

  /** murmur2(task_id) mod n, in [0, n). */
  public int of(String taskId) {
    return Utils.toPositive(Utils.murmur2(taskId.getBytes(StandardCharsets.UTF_8))) % partitions;
  }
}
