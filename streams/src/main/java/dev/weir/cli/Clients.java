/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.topology.StreamsSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Plain clients of the cluster that a configuration names. */
final class Clients {
  private static final Duration POLL = Duration.ofMillis(200);

  private Clients() {}

  /** A producer of bytes that loses and repeats nothing. */
  static KafkaProducer<byte[], byte[]> producer(WeirConfig config) {
    return new KafkaProducer<>(
        producerSettings(config), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A producer of transactions, of which there is one at a time of that id. */
  static KafkaProducer<byte[], byte[]> transactional(WeirConfig config, String id) {
    Map<String, Object> settings = producerSettings(config);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    // one that is never ended holds up whoever reads committed records only
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 9_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Map<String, Object> producerSettings(WeirConfig config) {
    Map<String, Object> settings = new HashMap<>(StreamsSettings.client(config));
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 17);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000);
    return settings;
  }

  /** A consumer of committed records only, without a group. */
  static KafkaConsumer<byte[], byte[]> consumer(WeirConfig config) {
    return new KafkaConsumer<>(
        consumerSettings(config), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Map<String, Object> consumerSettings(WeirConfig config) {
    Map<String, Object> settings = new HashMap<>(StreamsSettings.client(config));
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2000);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000);
    return settings;
  }

  /**
   * A consumer of committed records only, of few at a time, that commits nothing.
   *
   * @param instance who it is in the group: comes back under its name at once
   */
  static KafkaConsumer<byte[], byte[]> consumer(WeirConfig config, String group, String instance) {
    Map<String, Object> settings = consumerSettings(config);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 64);
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Hands over all of a topic, from its first record to what is its end now. */
  static void readToEnd(
      KafkaConsumer<byte[], byte[]> consumer,
      String topic,
      Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    List<TopicPartition> all = partitions(consumer, topic);
    consumer.assign(all);
    consumer.seekToBeginning(all);
    readOn(consumer, all, taker);
  }

  /**
   * Hands over what of some partitions has that timestamp or stands behind it, and is there now.
   */
  static void readSince(
      KafkaConsumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      Instant since,
      Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
    consumer
        .offsetsForTimes(times)
        .forEach(
            (partition, from) -> {
              if (from != null) {
                consumer.seek(partition, from.offset());
              }
            });
    readOn(consumer, partitions, taker);
  }

  /** The partitions of a topic, in their order. */
  static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    List<PartitionInfo> partitions = consumer.partitionsFor(topic);
    if (partitions.isEmpty()) {
      throw new CommandFailedException(
          "there is no topic %s; 'weir topics create' makes it".formatted(topic));
    }
    return IntStream.range(0, partitions.size())
        .mapToObj(partition -> new TopicPartition(topic, partition))
        .toList();
  }

  private static void readOn(
      KafkaConsumer<byte[], byte[]> consumer,
      List<TopicPartition> all,
      Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    while (all.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        long end = ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
        if (record.offset() < end) {
          taker.accept(record);
        }
      }
    }
  }
}
