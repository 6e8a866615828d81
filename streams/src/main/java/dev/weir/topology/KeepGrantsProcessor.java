/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.event.Grant;
import dev.weir.metrics.Tally;
import dev.weir.review.Grants;
import dev.weir.store.StoreNames;
import dev.weir.wire.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what counts of the topic of grants: bytes in the store, what they allow in memory. What
 * does not count is counted and logged in one line, and what was there before stays. Never throws
 * on bytes.
 */
final class KeepGrantsProcessor implements Processor<byte[], byte[], Void, Void> {
  private static final Logger LOG = LoggerFactory.getLogger(KeepGrantsProcessor.class);

  private final Grants grants;
  private final Tally tally;

  @SuppressWarnings("NullAway.Init") // set by init, before any record
  private KeyValueStore<Bytes, byte[]> store;

  KeepGrantsProcessor(Grants grants, Tally tally) {
    this.grants = grants;
    this.tally = tally;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = context.getStateStore(StoreNames.GRANTS);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Optional<String> fault = take(record);
    if (fault.isEmpty()) {
      store.put(Bytes.wrap(record.key()), record.value());
    } else {
      tally.grantRefused();
      LOG.warn("Refused a record on the topic of grants, what was before stays: {}", fault.get());
    }
    tally.grants(grants.size());
  }

  private Optional<String> take(Record<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return Optional.of("it has no key, or no value: a grant is revoked, never deleted");
    }
    try {
      Grant grant = Codecs.GRANT.decode(record.value());
      String key = new String(record.key(), StandardCharsets.UTF_8);
      return grants.take(key, grant, record.value(), record.timestamp());
    } catch (MalformedRecordException e) {
      return Optional.of("it cannot be read: " + e.getMessage());
    }
  }
}
