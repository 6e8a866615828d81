/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.store.StoreNames;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what counts of the topic of policies: bytes in the store, what it calls for on the desk.
 */
final class KeepPoliciesProcessor implements Processor<byte[], byte[], Void, Void> {
  private final PolicyDesk desk;

  @SuppressWarnings("NullAway.Init") // set by init, before any record
  private KeyValueStore<Bytes, byte[]> store;

  KeepPoliciesProcessor(PolicyDesk desk) {
    this.desk = desk;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = context.getStateStore(StoreNames.POLICIES);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (desk.take(record.key(), record.value(), record.timestamp(), this::find)) {
      store.put(Bytes.wrap(record.key()), record.value());
      desk.resume(this::find);
    }
  }

  private byte @Nullable [] find(String key) {
    return store.get(Bytes.wrap(key.getBytes(StandardCharsets.UTF_8)));
  }
}
