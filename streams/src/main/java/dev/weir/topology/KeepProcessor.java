/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.metrics.Tally;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps a global topic: bytes in the store, the decoded value on a board. A record that cannot be
 * read is counted and changes nothing: the last good value stays. Never throws on bytes.
 */
final class KeepProcessor<T extends SpecificRecord>
    implements Processor<byte[], byte[], Void, Void> {
  private final String topic;
  private final String storeName;
  private final SingleObject<T> codec;
  private final Board<T> board;
  private final Consumer<T> listener;
  private final Tally tally;

  @SuppressWarnings("NullAway.Init") // set by init, before any record
  private KeyValueStore<Bytes, byte[]> store;

  KeepProcessor(
      String topic,
      String storeName,
      SingleObject<T> codec,
      Board<T> board,
      Consumer<T> listener,
      Tally tally) {
    this.topic = topic;
    this.storeName = storeName;
    this.codec = codec;
    this.board = board;
    this.listener = listener;
    this.tally = tally;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = context.getStateStore(storeName);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      tally.internalRefused(topic);
      return;
    }
    T value;
    try {
      value = codec.decode(record.value());
    } catch (MalformedRecordException e) {
      tally.internalRefused(topic);
      return;
    }
    store.put(Bytes.wrap(record.key()), record.value());
    board.put(new String(record.key(), StandardCharsets.UTF_8), value);
    listener.accept(value);
  }
}
