/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.fault;

import dev.weir.action.Digest;
import dev.weir.action.Origin;
import dev.weir.action.Refusal;
import dev.weir.event.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Writes down refused records, cut so that a dead letter always fits. */
public final class DeadLetters {
  static final int MAX_VALUE_BYTES = 64 << 10;
  static final int MAX_KEY_BYTES = 1 << 10;
  static final int MAX_HEADERS = 32;
  static final int MAX_HEADER_BYTES = 1 << 10;
  static final int MAX_HEADER_NAME_CHARS = 256;

  private static final byte[] NOTHING = {};

  private DeadLetters() {}

  /** The dead letter of a record with that key, value and headers. */
  public static DeadLetter of(
      Refusal refusal,
      Origin origin,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Headers headers) {
    byte[] bytes = value == null ? NOTHING : value;
    return new DeadLetter(
        refusal.reason(),
        refusal.field(),
        refusal.detail(),
        origin.topic(),
        origin.partition(),
        origin.offset(),
        Instant.ofEpochMilli(origin.receivedMs()),
        refusal.shown().eventId(),
        refusal.shown().taskId(),
        refusal.shown().phase(),
        key == null ? null : cut(key, MAX_KEY_BYTES),
        value == null ? -1 : value.length,
        ByteBuffer.wrap(Digest.of(bytes)),
        cut(bytes, MAX_VALUE_BYTES),
        bytes.length > MAX_VALUE_BYTES,
        cut(headers));
  }

  /** The Kafka key of a dead letter: its task where it shows one, else the record's, cut. */
  public static byte @Nullable [] key(Refusal refusal, byte @Nullable [] key) {
    String taskId = refusal.shown().taskId();
    if (taskId != null) {
      return taskId.getBytes(StandardCharsets.UTF_8);
    }
    return key == null || key.length <= MAX_KEY_BYTES ? key : Arrays.copyOf(key, MAX_KEY_BYTES);
  }

  private static ByteBuffer cut(byte[] bytes, int limit) {
    return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, limit));
  }

  private static Map<String, ByteBuffer> cut(Headers headers) {
    Map<String, ByteBuffer> kept = new HashMap<>();
    for (Header header : headers) {
      if (kept.size() >= MAX_HEADERS) {
        break;
      }
      if (header.key().length() <= MAX_HEADER_NAME_CHARS && header.value() != null) {
        kept.put(header.key(), cut(header.value(), MAX_HEADER_BYTES));
      }
    }
    return kept;
  }
}
