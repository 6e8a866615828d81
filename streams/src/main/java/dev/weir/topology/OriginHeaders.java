/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Origin;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Carries where a record was first read across the re-key topic, which only Weir may write. */
final class OriginHeaders {
  private static final String TOPIC = "weir-origin-topic";
  private static final String POSITION = "weir-origin-position";

  /** Kafka's own limit on a topic's name. */
  private static final int MAX_TOPIC_BYTES = 249;

  private static final int POSITION_BYTES = 20;

  private OriginHeaders() {}

  static Headers of(Origin origin) {
    ByteBuffer position =
        ByteBuffer.allocate(POSITION_BYTES)
            .putInt(origin.partition())
            .putLong(origin.offset())
            .putLong(origin.receivedMs());
    return new RecordHeaders()
        .add(TOPIC, origin.topic().getBytes(StandardCharsets.UTF_8))
        .add(POSITION, position.array());
  }

  /** The origin in {@code headers}, or null if they are not as Weir writes them. */
  static @Nullable Origin read(Headers headers) {
    Header topic = headers.lastHeader(TOPIC);
    Header position = headers.lastHeader(POSITION);
    if (topic == null
        || position == null
        || topic.value() == null
        || topic.value().length > MAX_TOPIC_BYTES
        || position.value() == null
        || position.value().length != POSITION_BYTES) {
      return null;
    }
    ByteBuffer numbers = ByteBuffer.wrap(position.value());
    return new Origin(
        new String(topic.value(), StandardCharsets.UTF_8),
        numbers.getInt(),
        numbers.getLong(),
        numbers.getLong());
  }
}
