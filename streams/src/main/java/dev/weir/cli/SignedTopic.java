/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.event.Grant;
import dev.weir.event.Reviewer;
import dev.weir.review.Grants;
import dev.weir.review.Registry;
import dev.weir.topology.Codecs;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;

/** A topic of signed records as it stands, read as a monitor reads it. */
final class SignedTopic<T extends SpecificRecord> {
  private final SingleObject<T> codec;
  private final Taker<T> taker;
  private final Map<String, T> records = new TreeMap<>();
  private final Map<String, Integer> refused = new TreeMap<>();

  /** Says what is wrong with a record; empty if it counts. */
  @FunctionalInterface
  private interface Taker<T> {
    Optional<String> take(String key, T record, byte[] value, long atMs);
  }

  private SignedTopic(SingleObject<T> codec, Taker<T> taker) {
    this.codec = codec;
    this.taker = taker;
  }

  /** Reads all that is committed of the topic of reviewers. */
  static SignedTopic<Reviewer> reviewers(WeirConfig config) {
    Registry registry = new Registry(config.topics().reviewers(), config.registrars());
    return new SignedTopic<>(Codecs.REVIEWER, registry::take)
        .read(config, config.topics().reviewers());
  }

  /** Reads all that is committed of the topic of grants. */
  static SignedTopic<Grant> grants(WeirConfig config) {
    Grants grants = new Grants(config.topics().grants(), config.issuers());
    return new SignedTopic<>(Codecs.GRANT, grants::take).read(config, config.topics().grants());
  }

  private SignedTopic<T> read(WeirConfig config, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(config)) {
      Clients.readToEnd(consumer, topic, this::take);
    }
    return this;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    refusal(record).ifPresent(fault -> refused.merge(fault, 1, Integer::sum));
  }

  private Optional<String> refusal(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return Optional.of("it has no key or no value");
    }
    T decoded;
    try {
      decoded = codec.decode(record.value());
    } catch (MalformedRecordException e) {
      return Optional.of("it cannot be read");
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    Optional<String> fault = taker.take(key, decoded, record.value(), record.timestamp());
    if (fault.isEmpty()) {
      records.put(key, decoded);
    }
    return fault;
  }

  /** What counts under a key; null if nothing does. */
  @Nullable T find(String key) {
    return records.get(key);
  }

  /** All that counts, by key. */
  Collection<T> records() {
    return records.values();
  }

  /** How many records do not count, by what is wrong with them. */
  Map<String, Integer> refused() {
    return refused;
  }
}
