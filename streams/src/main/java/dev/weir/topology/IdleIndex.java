/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.state.TaskCore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Tasks by the hour of the partition's clock in which they were last seen. Rewritten only when the
 * hour changes; read only when the clock enters a new hour or a backlog is left.
 */
final class IdleIndex {
  private static final byte[] PRESENT = {};

  private final KeyValueStore<byte[], byte[]> store;
  private final long idleHours;
  private long clockHour = Long.MIN_VALUE;
  private boolean backlog = true;

  IdleIndex(KeyValueStore<byte[], byte[]> store, long idleMs) {
    this.store = store;
    this.idleHours = Math.max(1, TimeUnit.MILLISECONDS.toHours(idleMs));
  }

  /** Lists the task under the hour of {@code partitionTimeMs}, and sets that hour in its core. */
  void touch(String taskId, TaskCore core, long partitionTimeMs) {
    long hour = Math.floorDiv(partitionTimeMs, TimeUnit.HOURS.toMillis(1));
    if (hour > core.getIdleHour()) {
      if (core.getIdleHour() != Long.MIN_VALUE) {
        store.delete(key(core.getIdleHour(), taskId));
      }
      store.put(key(hour, taskId), PRESENT);
      core.setIdleHour(hour);
    }
    if (hour > clockHour) {
      clockHour = hour;
      backlog = true;
    }
  }

  /** Lists a task that was taken off the list, under the present hour. */
  void again(String taskId, TaskCore core) {
    store.put(key(clockHour, taskId), PRESENT);
    core.setIdleHour(clockHour);
  }

  /** Takes up to {@code most} tasks that have been idle too long off the list, oldest first. */
  List<String> takeIdle(int most) {
    if (!backlog) {
      return List.of();
    }
    List<byte[]> keys = new ArrayList<>();
    try (KeyValueIterator<byte[], byte[]> oldest =
        store.range(key(0, ""), key(Math.max(0, clockHour - idleHours), ""))) {
      while (oldest.hasNext() && keys.size() < most) {
        KeyValue<byte[], byte[]> next = oldest.next();
        keys.add(next.key);
      }
    }
    backlog = keys.size() == most;
    keys.forEach(store::delete);
    return keys.stream().map(IdleIndex::taskId).toList();
  }

  private static byte[] key(long hour, String taskId) {
    byte[] id = taskId.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + id.length).putLong(hour).put(id).array();
  }

  private static String taskId(byte[] key) {
    return new String(key, 8, key.length - 8, StandardCharsets.UTF_8);
  }
}
