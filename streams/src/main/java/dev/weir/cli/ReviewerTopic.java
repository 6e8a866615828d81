/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.event.Reviewer;
import dev.weir.review.Registry;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;

/** The topic of reviewers as it stands, read as a monitor reads it. */
final class ReviewerTopic {
  static final SingleObject<Reviewer> CODEC = SingleObject.of(Reviewer.class);

  private final Registry registry;
  private final Map<String, Reviewer> reviewers = new TreeMap<>();
  private final Map<String, Integer> refused = new TreeMap<>();

  private ReviewerTopic(WeirConfig config) {
    this.registry = new Registry(config.topics().reviewers(), config.registrars());
  }

  /** Reads all of it that is committed. */
  static ReviewerTopic read(WeirConfig config) {
    ReviewerTopic topic = new ReviewerTopic(config);
    try (KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(config)) {
      Clients.readToEnd(consumer, config.topics().reviewers(), topic::take);
    }
    return topic;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    refusal(record).ifPresent(fault -> refused.merge(fault, 1, Integer::sum));
  }

  private Optional<String> refusal(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return Optional.of("it has no key or no value");
    }
    Reviewer reviewer;
    try {
      reviewer = CODEC.decode(record.value());
    } catch (MalformedRecordException e) {
      return Optional.of("it cannot be read");
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    Optional<String> fault = registry.take(key, reviewer, record.value(), record.timestamp());
    if (fault.isEmpty()) {
      reviewers.put(key, reviewer);
    }
    return fault;
  }

  /** The reviewer as registered last; null if it never was. */
  @Nullable Reviewer reviewer(String id) {
    return reviewers.get(id);
  }

  /** All, by name. */
  Collection<Reviewer> reviewers() {
    return reviewers.values();
  }

  /** How many records do not count, by what is wrong with them. */
  Map<String, Integer> refused() {
    return refused;
  }
}
