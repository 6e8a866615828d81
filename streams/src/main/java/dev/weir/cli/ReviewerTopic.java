/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.event.Reviewer;
import dev.weir.policy.publish.Signatory;
import dev.weir.review.ReviewerCheck;
import dev.weir.review.ReviewerSignature;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;

/** The topic of reviewers as it stands, read as a monitor reads it. */
final class ReviewerTopic {
  static final SingleObject<Reviewer> CODEC = SingleObject.of(Reviewer.class);

  private final Map<String, Signatory> registrars;
  private final ReviewerSignature signature;
  private final Map<String, Reviewer> reviewers = new TreeMap<>();
  private final Map<String, Integer> refused = new TreeMap<>();

  private ReviewerTopic(WeirConfig config) {
    this.registrars = config.registrars();
    this.signature = new ReviewerSignature(config.topics().reviewers());
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
    String fault = refusal(record.key(), record.value(), record.timestamp());
    if (fault != null) {
      refused.merge(fault, 1, Integer::sum);
    }
  }

  private @Nullable String refusal(byte @Nullable [] key, byte @Nullable [] value, long atMs) {
    if (key == null || value == null) {
      return "no key or no value";
    }
    Reviewer reviewer;
    try {
      reviewer = CODEC.decode(value);
    } catch (MalformedRecordException e) {
      return "cannot be read";
    }
    Signatory registrar = registrars.get(reviewer.getRegistrar());
    if (registrar == null || !registrar.validAt(atMs)) {
      return "by nobody whom review.registrars lists for that time";
    }
    if (!signature.verifies(value, registrar.key())) {
      return "bad signature";
    }
    String id = reviewer.getReviewerId();
    if (!id.equals(new String(key, StandardCharsets.UTF_8))) {
      return "stands under another reviewer's key";
    }
    if (ReviewerCheck.fault(reviewer).isPresent()) {
      return ReviewerCheck.fault(reviewer).get();
    }
    Reviewer before = reviewers.get(id);
    if (before != null && reviewer.getGeneration() <= before.getGeneration()) {
      return "stale generation";
    }
    reviewers.put(id, reviewer);
    return null;
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
