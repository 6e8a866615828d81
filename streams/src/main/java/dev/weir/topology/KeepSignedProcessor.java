/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what counts of a topic of signed records: bytes in the store, what they say where it is
 * asked for. What does not count is counted and logged in one line, and what was there before
 * stays. Never throws on bytes.
 */
final class KeepSignedProcessor<T extends SpecificRecord>
    implements Processor<byte[], byte[], Void, Void> {
  private static final Logger LOG = LoggerFactory.getLogger(KeepSignedProcessor.class);

  private final String topic;
  private final String storeName;
  private final SingleObject<T> codec;
  private final Taker<T> taker;
  private final Told told;

  @SuppressWarnings("NullAway.Init") // set by init, before any record
  private KeyValueStore<Bytes, byte[]> store;

  /** Takes a record in, and says what is wrong with it; empty if it counts. */
  @FunctionalInterface
  interface Taker<T> {
    Optional<String> take(String key, T record, byte[] value, long atMs);
  }

  /**
   * Who is told of a record.
   *
   * @param refused that it does not count
   * @param taken that all that count may be others now
   */
  record Told(Runnable refused, Runnable taken) {}

  KeepSignedProcessor(
      String topic, String storeName, SingleObject<T> codec, Taker<T> taker, Told told) {
    this.topic = topic;
    this.storeName = storeName;
    this.codec = codec;
    this.taker = taker;
    this.told = told;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = context.getStateStore(storeName);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Optional<String> fault = take(record);
    if (fault.isEmpty()) {
      store.put(Bytes.wrap(record.key()), record.value());
      told.taken.run();
    } else {
      told.refused.run();
      LOG.warn("Refused a record of {}, what was before stays: {}", topic, fault.get());
    }
  }

  private Optional<String> take(Record<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return Optional.of("it has no key, or no value: what was signed is revoked, never deleted");
    }
    try {
      T decoded = codec.decode(record.value());
      String key = new String(record.key(), StandardCharsets.UTF_8);
      return taker.take(key, decoded, record.value(), record.timestamp());
    } catch (MalformedRecordException e) {
      return Optional.of("it cannot be read: " + e.getMessage());
    }
  }
}
