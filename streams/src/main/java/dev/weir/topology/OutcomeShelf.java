/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.state.TaskOutcomes;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes that counted lately, by task, and the tasks by the hour of the partition's clock in
 * which one of them last did: in one store, the two told apart by their keys' first byte.
 *
 * <p>Invariant: a task stands under the hour that its record names, and is forgotten {@value
 * #KEPT_HOURS} hours later, at the next outcome of the partition.
 */
final class OutcomeShelf {
  /** A week: signatures count for a day. */
  static final long KEPT_HOURS = 7 * 24;

  /** Tasks forgotten at once at most. */
  private static final int MOST = 100;

  private static final byte TASK = 0;
  private static final byte HOUR = 1;
  private static final byte[] PRESENT = {};
  private static final SingleObject<TaskOutcomes> CODEC = SingleObject.of(TaskOutcomes.class);

  private final KeyValueStore<byte[], byte[]> store;

  OutcomeShelf(KeyValueStore<byte[], byte[]> store) {
    this.store = store;
  }

  /** What is remembered of a task; null if nothing is. */
  @Nullable TaskOutcomes find(String taskId) {
    byte[] bytes = store.get(task(taskId));
    return bytes == null ? null : CODEC.decode(bytes);
  }

  /** Remembers {@code next} of a task in the place of {@code before}, and forgets older tasks. */
  void put(String taskId, @Nullable TaskOutcomes before, TaskOutcomes next, long nowMs) {
    long hour = TimeUnit.MILLISECONDS.toHours(nowMs);
    next.setHour(before == null ? hour : Math.max(hour, before.getHour()));
    store.put(task(taskId), CODEC.encode(next));
    if (before == null || before.getHour() != next.getHour()) {
      if (before != null) {
        store.delete(hour(before.getHour(), taskId));
      }
      store.put(hour(next.getHour(), taskId), PRESENT);
      forget(hour - KEPT_HOURS);
    }
  }

  private void forget(long beforeHour) {
    List<byte[]> old = new ArrayList<>();
    try (KeyValueIterator<byte[], byte[]> oldest =
        store.range(hour(0, ""), hour(Math.max(0, beforeHour), ""))) {
      while (oldest.hasNext() && old.size() < MOST) {
        KeyValue<byte[], byte[]> next = oldest.next();
        old.add(next.key);
      }
    }
    for (byte[] key : old) {
      store.delete(key);
      store.delete(
          task(
              new String(
                  key, 1 + Long.BYTES, key.length - 1 - Long.BYTES, StandardCharsets.UTF_8)));
    }
  }

  private static byte[] task(String taskId) {
    byte[] id = taskId.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + id.length).put(TASK).put(id).array();
  }

  private static byte[] hour(long hour, String taskId) {
    byte[] id = taskId.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + Long.BYTES + id.length).put(HOUR).putLong(hour).put(id).array();
  }
}
