/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.cli.Adopted.Stand;
import dev.weir.config.WeirConfig;
import dev.weir.event.Assessment;
import dev.weir.policy.publish.Publication;
import dev.weir.topology.Codecs;
import dev.weir.wire.MalformedRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The topic of assessments, as far as it says which policies partitions score by. */
final class AssessmentTopic implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long READ_MS = 30_000;

  /** How far back from the end to look: the last records may be marks of transactions. */
  private static final long BACK = 200;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> all;
  private final Map<TopicPartition, Long> ends;

  private AssessmentTopic(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    this.all =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    this.ends = consumer.endOffsets(all);
  }

  static AssessmentTopic open(WeirConfig config) {
    return new AssessmentTopic(Clients.consumer(config), config.topics().assessments());
  }

  /** What each partition's latest assessment was scored by. */
  Adopted latest() {
    SortedMap<Integer, Stand> latest = new TreeMap<>();
    if (all.isEmpty()) {
      return new Adopted(latest);
    }
    consumer.assign(all);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(all);
    all.forEach(p -> consumer.seek(p, Math.max(beginnings.getOrDefault(p, 0L), end(p) - BACK)));
    long deadline = deadline();
    while (System.nanoTime() < deadline && all.stream().anyMatch(this::isBehind)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Stand stand = stand(record);
        if (stand != null) {
          latest.put(record.partition(), stand);
        }
      }
    }
    return new Adopted(latest);
  }

  /** What that partition scored by before {@code now}; null if it does not say. */
  @Nullable Stand before(int partition, Stand now) {
    TopicPartition one = new TopicPartition(all.get(0).topic(), partition);
    consumer.assign(List.of(one));
    long first = consumer.beginningOffsets(List.of(one)).getOrDefault(one, 0L);
    return new Before(offset -> from(one, offset)).of(now, first, end(one));
  }

  private @Nullable Stand from(TopicPartition partition, long offset) {
    consumer.seek(partition, offset);
    long deadline = deadline();
    while (System.nanoTime() < deadline && isBehind(partition)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Stand stand = stand(record);
        if (stand != null) {
          return stand;
        }
      }
    }
    return null;
  }

  private static @Nullable Stand stand(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return null;
    }
    try {
      Assessment assessment = Codecs.ASSESSMENT.decode(record.value());
      return new Stand(
          assessment.getPolicyGeneration(),
          Publication.hex(assessment.getPolicyDigest()),
          assessment.getReceivedAt().toEpochMilli());
    } catch (MalformedRecordException e) {
      return null; // a stranger's
    }
  }

  private boolean isBehind(TopicPartition partition) {
    return consumer.position(partition) < end(partition);
  }

  private long end(TopicPartition partition) {
    return ends.getOrDefault(partition, 0L);
  }

  private static long deadline() {
    return System.nanoTime() + READ_MS * 1_000_000;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
