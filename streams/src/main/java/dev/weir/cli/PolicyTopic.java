/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.metrics.Tally;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyException;
import dev.weir.policy.PolicyLoader;
import dev.weir.policy.publish.PolicyRefusal;
import dev.weir.policy.publish.Publication;
import dev.weir.topology.Codecs;
import dev.weir.topology.PolicyDesk;
import dev.weir.topology.PolicyShelf;
import dev.weir.wire.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;

/** The topic of policies as it stands, read as a monitor reads it. */
final class PolicyTopic {
  private final Map<String, byte[]> kept = new HashMap<>();
  private final Map<PolicyRefusal, Integer> refused = new EnumMap<>(PolicyRefusal.class);
  private final PolicyDesk desk;

  private PolicyTopic(WeirConfig config, Policy configured) {
    Tally tally =
        new Tally() {
          @Override
          public void policyRefused(PolicyRefusal reason) {
            refused.merge(reason, 1, Integer::sum);
          }
        };
    this.desk =
        new PolicyDesk(
            config.topics().policies(), config.publishers(), new PolicyShelf(configured), tally);
  }

  /** Reads all of it that is committed. */
  static PolicyTopic read(WeirConfig config, Policy configured) {
    PolicyTopic topic = new PolicyTopic(config, configured);
    try (KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(config)) {
      Clients.readToEnd(consumer, config.topics().policies(), topic::take);
    }
    return topic;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (desk.take(record.key(), record.value(), record.timestamp(), kept::get)) {
      kept.put(new String(record.key(), StandardCharsets.UTF_8), record.value());
      desk.resume(kept::get);
    }
  }

  /** What is called for. */
  PolicyDesk desk() {
    return desk;
  }

  /** Whether there is a document or pointer that counts under that key. */
  boolean holds(String key) {
    return kept.containsKey(key);
  }

  /** The policy with that digest, in hex; null if no document of it counts. */
  @Nullable Policy policy(String digestHex) {
    byte[] document = kept.get(Publication.documentKey(digestHex));
    if (document == null) {
      return null;
    }
    try {
      String text = Codecs.POLICY_DOCUMENT.decode(document).getDocument();
      Policy policy =
          PolicyLoader.load("policy/" + digestHex, text.getBytes(StandardCharsets.UTF_8));
      return policy.digestHex().equals(digestHex) ? policy : null;
    } catch (MalformedRecordException | PolicyException e) {
      return null; // partitions refuse it, too
    }
  }

  /** How many records of the topic do not count, by reason. */
  Map<PolicyRefusal, Integer> refused() {
    return refused;
  }
}
