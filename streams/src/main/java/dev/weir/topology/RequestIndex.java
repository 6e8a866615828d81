/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Digest;
import dev.weir.review.Grants.Subject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Open requests by the grant that they lack. */
final class RequestIndex {
  private static final byte[] NOTHING = {};

  /** Above every byte of an escalation's id. */
  private static final String END = "~";

  private final KeyValueStore<byte[], byte[]> store;

  RequestIndex(KeyValueStore<byte[], byte[]> store) {
    this.store = store;
  }

  void add(Subject lacks, String escalationId) {
    store.put(key(lacks, escalationId), NOTHING);
  }

  void remove(Subject lacks, String escalationId) {
    store.delete(key(lacks, escalationId));
  }

  /** Escalations after that one, in the order of ids, at most so many. */
  List<String> of(Subject lacks, String after, int most) {
    List<String> found = new ArrayList<>();
    try (KeyValueIterator<byte[], byte[]> all =
        store.range(key(lacks, after + '\0'), key(lacks, END))) {
      while (all.hasNext() && found.size() < most) {
        byte[] key = all.next().key;
        found.add(
            new String(key, Digest.BYTES, key.length - Digest.BYTES, StandardCharsets.US_ASCII));
      }
    }
    return found;
  }

  /** Of the same length for every subject, whatever names it has. */
  private static byte[] key(Subject lacks, String escalationId) {
    byte[] source = lacks.source().getBytes(StandardCharsets.UTF_8);
    byte[] agent = lacks.agentId().getBytes(StandardCharsets.UTF_8);
    byte[] actionClass = lacks.actionClass().getBytes(StandardCharsets.UTF_8);
    byte[] subject =
        ByteBuffer.allocate(2 * Integer.BYTES + source.length + agent.length + actionClass.length)
            .putInt(source.length)
            .put(source)
            .putInt(agent.length)
            .put(agent)
            .put(actionClass)
            .array();
    byte[] id = escalationId.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(Digest.BYTES + id.length).put(Digest.of(subject)).put(id).array();
  }
}
