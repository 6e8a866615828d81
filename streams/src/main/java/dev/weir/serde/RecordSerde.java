/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.serde;

import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a value in a store as an Avro record in single-object encoding. Safe for use by several
 * threads.
 *
 * @param <V> the live value
 * @param <R> the record that it is kept as
 */
public final class RecordSerde<V, R extends SpecificRecord> implements Serde<V> {
  private final SingleObject<R> codec;
  private final Function<V, R> toRecord;
  private final Function<R, V> toValue;

  private RecordSerde(SingleObject<R> codec, Function<V, R> toRecord, Function<R, V> toValue) {
    this.codec = codec;
    this.toRecord = toRecord;
    this.toValue = toValue;
  }

  /** For values that are records themselves. */
  public static <R extends SpecificRecord> RecordSerde<R, R> of(Class<R> type) {
    return new RecordSerde<>(SingleObject.of(type), Function.identity(), Function.identity());
  }

  /** For values that have a record as their state. */
  public static <V, R extends SpecificRecord> RecordSerde<V, R> of(
      Class<R> type, Function<V, R> toRecord, Function<R, V> toValue) {
    return new RecordSerde<>(SingleObject.of(type), toRecord, toValue);
  }

  @Override
  public Serializer<V> serializer() {
    return (topic, value) -> value == null ? null : codec.encode(toRecord.apply(value));
  }

  @Override
  public Deserializer<V> deserializer() {
    return (topic, bytes) -> read(topic, bytes);
  }

  @SuppressWarnings("NullAway") // Kafka's serdes pass null for a tombstone
  private V read(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return toValue.apply(codec.decode(bytes));
    } catch (MalformedRecordException e) {
      throw new SerializationException("state in " + topic + " cannot be read", e);
    }
  }
}
