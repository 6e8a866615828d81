/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Origin;
import java.nio.BufferUnderflowException;
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

  private OriginHeaders() {}

  static Headers of(Origin origin) {
    ByteBuffer position =
        ByteBuffer.allocate(20)
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
    if (topic == null || position == null || topic.value() == null || position.value() == null) {
      return null;
    }
    try {
      ByteBuffer numbers = ByteBuffer.wrap(position.value());
      return new Origin(
          new String(topic.value(), StandardCharsets.UTF_8),
          numbers.getInt(),
          numbers.getLong(),
          numbers.getLong());
    } catch (BufferUnderflowException e) {
      return null;
    }
  }
}
