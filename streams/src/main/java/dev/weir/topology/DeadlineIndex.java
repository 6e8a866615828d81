/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Open reviews by the time at which they are to be looked at, epoch ms. */
final class DeadlineIndex {
  private final KeyValueStore<byte[], byte[]> store;

  DeadlineIndex(KeyValueStore<byte[], byte[]> store) {
    this.store = store;
  }

  /** A review that is to be looked at. */
  record Due(long atMs, String escalationId, String taskId) {}

  void add(Due due) {
    store.put(key(due), due.taskId.getBytes(StandardCharsets.UTF_8));
  }

  void remove(Due due) {
    store.delete(key(due));
  }

  /** Those until that time, first ones first; at most so many. */
  List<Due> until(long nowMs, int most) {
    List<Due> due = new ArrayList<>();
    try (KeyValueIterator<byte[], byte[]> first = store.range(time(0), time(nowMs + 1))) {
      while (first.hasNext() && due.size() < most) {
        KeyValue<byte[], byte[]> next = first.next();
        due.add(
            new Due(
                ByteBuffer.wrap(next.key).getLong(),
                new String(
                    next.key, Long.BYTES, next.key.length - Long.BYTES, StandardCharsets.US_ASCII),
                new String(next.value, StandardCharsets.UTF_8)));
      }
    }
    return due;
  }

  /** How many there are, about. */
  long size() {
    return store.approximateNumEntries();
  }

  private static byte[] time(long ms) {
    return ByteBuffer.allocate(Long.BYTES).putLong(Math.max(0, ms)).array();
  }

  private static byte[] key(Due due) {
    byte[] id = due.escalationId.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(Long.BYTES + id.length)
        .putLong(Math.max(0, due.atMs))
        .put(id)
        .array();
  }
}
