/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.config.WeirConfig;
import dev.weir.store.BoundedMemory;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What Weir asks of Kafka Streams. Settings under the prefix win, but for those Weir rests on. */
public final class StreamsSettings {
  /** Deprecated at birth, since 5.0 has nothing else; silent on 4.3 only if set. */
  private static final String GLOBAL_HANDLER = "processing.exception.handler.global.enabled";

  /** By these, records would vanish or memory grow behind Weir's back. */
  private static final List<String> REFUSED =
      List.of(
          "deserialization.exception.handler",
          "default.deserialization.exception.handler",
          "production.exception.handler",
          "default.production.exception.handler",
          "processing.exception.handler",
          "errors.dead.letter.queue.topic.name",
          "rocksdb.config.setter");

  private StreamsSettings() {}

  /**
   * The settings of {@code config}.
   *
   * @throws ConfigException if a setting under the prefix is one that Weir rests on
   */
  public static Properties of(WeirConfig config) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.getInt(WeirConfig.THREADS));
    settings.put(
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.getLong(WeirConfig.COMMIT_INTERVAL_MS));
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedMemory.class);
    settings.put(
        BoundedMemory.BYTES_CONFIG, config.getLong(WeirConfig.ROCKSDB_MEMORY_BYTES).toString());
    settings.put(consumer(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    settings.put(producer(ProducerConfig.LINGER_MS_CONFIG), "20");
    settings.put(producer(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    refuse(config.kafka());
    settings.putAll(config.kafka());
    rest(settings, config, StreamsConfig.APPLICATION_ID_CONFIG, WeirConfig.APPLICATION_ID);
    rest(settings, config, StreamsConfig.STATE_DIR_CONFIG, WeirConfig.STATE_DIR);
    fixed(settings, StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    fixed(settings, StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
    fixed(settings, GLOBAL_HANDLER, "true");
    fixed(
        settings,
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        Integer.toString(1 << 20));
    return settings;
  }

  private static void refuse(Map<String, Object> given) {
    for (String key : REFUSED) {
      if (given.containsKey(key)) {
        throw new ConfigException(
            "%s%s cannot be set: Weir has its own, and its promises rest on it"
                .formatted(WeirConfig.KAFKA_PREFIX, key));
      }
    }
  }

  private static String consumer(String key) {
    return StreamsConfig.consumerPrefix(key);
  }

  private static String producer(String key) {
    return StreamsConfig.producerPrefix(key);
  }

  private static void rest(Properties settings, WeirConfig config, String kafkaKey, String key) {
    if (settings.containsKey(kafkaKey)) {
      throw new ConfigException(
          "%s%s is set by %s; set that one".formatted(WeirConfig.KAFKA_PREFIX, kafkaKey, key));
    }
    String value = config.getString(key);
    if (!value.isEmpty()) {
      settings.put(kafkaKey, value);
    }
  }

  private static void fixed(Properties settings, String key, String value) {
    Object given = settings.put(key, value);
    if (given != null && !given.toString().equals(value)) {
      throw new ConfigException(
          "%s%s is %s here and cannot be %s: Weir's promises rest on it"
              .formatted(WeirConfig.KAFKA_PREFIX, key, value, given));
    }
  }

  /** The settings of a plain client, from those under the prefix that are not for one kind only. */
  public static Map<String, Object> client(WeirConfig config) {
    Map<String, Object> client = config.kafka();
    client.keySet().removeIf(key -> !isClientKey(key));
    return client;
  }

  private static boolean isClientKey(String key) {
    return key.equals("bootstrap.servers")
        || key.startsWith("security.")
        || key.startsWith("sasl.")
        || key.startsWith("ssl.")
        || key.equals("client.dns.lookup");
  }
}
