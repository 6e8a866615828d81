/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Origin;
import dev.weir.action.Refusal;
import dev.weir.fault.DeadLetters;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One step of the way: reads state, calls the domain, writes state, forwards. Headers of the input
 * never reach an output; outputs carry the input record's timestamp.
 */
abstract class Stage<K, V> extends ContextualProcessor<K, V, Object, Object> {

  /** Hands {@code value} to the stage {@code child}. */
  final void next(Record<?, ?> from, String child, String taskId, Object value) {
    context().forward(new Record<>(taskId, value, from.timestamp(), new RecordHeaders()), child);
  }

  /** Writes {@code value}, encoded, by the sink {@code child}. */
  final void write(
      Record<?, ?> from, String child, byte @Nullable [] key, byte @Nullable [] value) {
    write(context(), from, child, key, value);
  }

  /** The same for a part of a stage. */
  static void write(
      ProcessorContext<Object, Object> context,
      Record<?, ?> from,
      String child,
      byte @Nullable [] key,
      byte @Nullable [] value) {
    context.forward(new Record<>(key, value, from.timestamp(), new RecordHeaders()), child);
  }

  /** Writes down that {@code record} was refused, without its headers. */
  final void deadLetter(Record<byte[], byte[]> record, Refusal refusal) {
    RecordMetadata at = context().recordMetadata().orElseThrow();
    Origin origin = new Origin(at.topic(), at.partition(), at.offset(), record.timestamp());
    write(
        record,
        NodeNames.TO_DEAD_LETTERS,
        DeadLetters.key(refusal, record.key()),
        Codecs.DEAD_LETTER.encode(
            DeadLetters.of(refusal, origin, record.key(), record.value(), new RecordHeaders())));
  }

  static byte[] key(String taskId) {
    return taskId.getBytes(StandardCharsets.UTF_8);
  }
}
