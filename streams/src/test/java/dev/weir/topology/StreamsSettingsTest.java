/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.store.BoundedMemory;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsSettingsTest {
  @Test
  void shouldBeExactlyOnceWhenNothingIsSet() {
    Properties settings = settings();

    assertThat(settings)
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("ensure.explicit.internal.resource.naming", "true")
        .containsEntry("processing.exception.handler.global.enabled", "true")
        .containsEntry("application.id", "weir")
        .containsEntry("num.stream.threads", 1)
        .containsEntry("commit.interval.ms", 100L)
        .containsEntry("statestore.cache.max.bytes", 0L)
        .containsEntry("rocksdb.config.setter", BoundedMemory.class)
        .containsEntry("consumer.auto.offset.reset", "earliest")
        .doesNotContainKey("state.dir");
  }

  @Test
  void shouldBeWhatKafkaStreamsTakesWhenCompleted() {
    StreamsConfig streams =
        new StreamsConfig(settings("kafka.bootstrap.servers", "b:1", "state.dir", "state"));

    assertThat(streams.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
    assertThat(streams.getString("state.dir")).isEqualTo("state");
  }

  @Test
  void shouldPassWeirsOwnSettingsOnWhenTheyAreSet() {
    Properties settings =
        settings(
            "threads", "3",
            "commit.interval.ms", "250",
            "rocksdb.memory.bytes", "33554432",
            "application.id", "mine",
            "state.dir", "there");

    assertThat(settings)
        .containsEntry("num.stream.threads", 3)
        .containsEntry("commit.interval.ms", 250L)
        .containsEntry(BoundedMemory.BYTES_CONFIG, "33554432")
        .containsEntry("application.id", "mine")
        .containsEntry("state.dir", "there");
  }

  @ParameterizedTest
  @CsvSource({
    "consumer.auto.offset.reset, latest",
    "producer.linger.ms, 0",
    "producer.compression.type, zstd",
    "num.standby.replicas, 1",
    "bootstrap.servers, broker:9092"
  })
  void shouldLetTheUsersSettingWinWhenNothingRestsOnIt(String key, String value) {
    assertThat(settings("kafka." + key, value)).containsEntry(key, value);
  }

  @ParameterizedTest
  @CsvSource({
    "processing.guarantee, at_least_once",
    "ensure.explicit.internal.resource.naming, false",
    "processing.exception.handler.global.enabled, false",
    "topic.max.message.bytes, 1000",
    "deserialization.exception.handler, mine",
    "default.deserialization.exception.handler, mine",
    "production.exception.handler, mine",
    "default.production.exception.handler, mine",
    "processing.exception.handler, mine",
    "errors.dead.letter.queue.topic.name, mine",
    "rocksdb.config.setter, mine",
    "application.id, other",
    "state.dir, elsewhere"
  })
  void shouldNameTheKeyWhenWeirRestsOnTheSetting(String key, String value) {
    assertThatThrownBy(() -> settings("kafka." + key, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("kafka." + key);
  }

  @Test
  void shouldTakeFixedSettingWhenItIsTheSame() {
    assertThat(settings("kafka.processing.guarantee", "exactly_once_v2"))
        .containsEntry("processing.guarantee", "exactly_once_v2");
  }

  @Test
  void shouldKeepOnlyConnectionSettingsWhenClientIsPlain() {
    Map<String, Object> client =
        StreamsSettings.client(
            config(
                "kafka.bootstrap.servers", "b:1",
                "kafka.security.protocol", "SASL_SSL",
                "kafka.sasl.mechanism", "PLAIN",
                "kafka.ssl.truststore.location", "file",
                "kafka.client.dns.lookup", "use_all_dns_ips",
                "kafka.consumer.max.poll.records", "5",
                "kafka.num.standby.replicas", "1"));

    assertThat(client)
        .containsOnlyKeys(
            "bootstrap.servers",
            "security.protocol",
            "sasl.mechanism",
            "ssl.truststore.location",
            "client.dns.lookup");
  }

  private static Properties settings(String... pairs) {
    return StreamsSettings.of(config(pairs));
  }

  private static WeirConfig config(String... pairs) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    return WeirConfig.of(properties);
  }
}
