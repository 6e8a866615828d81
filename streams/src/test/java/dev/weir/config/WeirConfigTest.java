/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.action.Limits;
import dev.weir.store.StoreKind;
import dev.weir.store.TaskStores;
import dev.weir.task.FoldRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeirConfigTest {
  @TempDir Path folder;

  @Test
  void shouldBeAsDocumentedWhenNothingIsSet() {
    WeirConfig config = WeirConfig.of(Map.of());

    assertThat(config.limits()).isEqualTo(Limits.DEFAULT);
    assertThat(config.foldRules()).isEqualTo(FoldRules.DEFAULT);
    assertThat(config.stores()).isEqualTo(new TaskStores(StoreKind.LIVE, 20_000));
    assertThat(config.topics()).isEqualTo(new Topics("weir", List.of()));
    assertThat(config.believesOccurredAt()).isFalse();
    assertThat(config.kafka()).isEmpty();
    assertThat(config.getString(WeirConfig.HTTP_HOST)).isEqualTo("127.0.0.1");
    assertThat(config.getInt(WeirConfig.MAX_OUTPUT_BYTES)).isEqualTo(900 << 10);
  }

  @Test
  void shouldTakeEveryValueWhenItIsSet() {
    WeirConfig config =
        WeirConfig.of(
            Map.of(
                "topics.prefix", "acme",
                "sources", "ci,billing",
                "store", "plain",
                "live.tasks.max", "7",
                "task.half.life.ms", "5000",
                "task.lateness.ms", "10",
                "max.arguments.depth", "9",
                "max.attributes", "3"));

    assertThat(config.topics().sources())
        .containsExactly("acme.actions", "acme.actions.ci", "acme.actions.billing");
    assertThat(config.stores()).isEqualTo(new TaskStores(StoreKind.PLAIN, 7));
    assertThat(config.foldRules()).isEqualTo(new FoldRules(5000, 10, 60_000, false));
    assertThat(config.limits().argumentsDepth()).isEqualTo(9);
    assertThat(config.limits().attributes()).isEqualTo(3);
  }

  @Test
  void shouldBelieveTheLogWhenTimeIsOccurredAt() {
    WeirConfig config = WeirConfig.of(Map.of("time", "occurred-at"));

    assertThat(config.believesOccurredAt()).isTrue();
    assertThat(config.foldRules().occurredAt()).isTrue();
    assertThat(config.limits().aheadMs()).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "application.id, ''",
    "topics.prefix, ''",
    "topics.prefix, two words",
    "topics.prefix, a/b",
    "sources, a b",
    "sources, 'a,a'",
    "sources, 'a,,b'",
    "http.port, -1",
    "http.port, 65536",
    "http.port, many",
    "threads, 0",
    "threads, 257",
    "commit.interval.ms, 0",
    "commit.interval.ms, 5001",
    "close.timeout.ms, -1",
    "close.timeout.ms, 3600001",
    "time, wall",
    "store, fast",
    "live.tasks.max, 0",
    "live.tasks.max, 10000001",
    "rocksdb.memory.bytes, 1024",
    "task.half.life.ms, 999",
    "task.lateness.ms, -1",
    "task.idle.ms, 3599999",
    "max.record.bytes, 1023",
    "max.record.bytes, 67108865",
    "max.output.bytes, 65535",
    "max.arguments.bytes, 0",
    "max.arguments.depth, 0",
    "max.arguments.depth, 201",
    "max.objective.bytes, 0",
    "max.excerpt.bytes, 0",
    "max.attributes, -1",
    "max.attribute.bytes, 0",
    "max.ahead.ms, -1"
  })
  void shouldNameTheKeyWhenValueIsRefused(String key, String value) {
    assertThatThrownBy(() -> WeirConfig.of(Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key);
  }

  @Test
  void shouldListUnknownKeysWhenThereAreAny() {
    assertThatThrownBy(
            () -> WeirConfig.of(Map.of("thread", "2", "bootstrap.servers", "x", "threads", "2")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Unknown keys bootstrap.servers, thread.")
        .hasMessageContaining("'kafka.'")
        .hasMessageContaining("weir run --settings");
  }

  @Test
  void shouldRefuseOtherProvidersWhenTheyAreNamed() {
    assertThatThrownBy(() -> WeirConfig.of(Map.of("config.providers", "mine")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("config.providers");
  }

  @Test
  void shouldNeedRoomForWholeActionWhenOutputIsLimited() {
    int record = 300 << 10;
    int needed = record + (128 << 10);
    Map<String, String> enough =
        Map.of("max.record.bytes", "" + record, "max.output.bytes", "" + needed);
    Map<String, String> oneLess =
        Map.of("max.record.bytes", "" + record, "max.output.bytes", "" + (needed - 1));

    assertThat(WeirConfig.of(enough).getInt("max.output.bytes")).isEqualTo(needed);
    assertThatThrownBy(() -> WeirConfig.of(oneLess))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("max.output.bytes")
        .hasMessageContaining("max.record.bytes")
        .hasMessageContaining("" + needed);
  }

  @Test
  void shouldPassKafkaSettingsOnWhenTheyHaveThePrefix() {
    WeirConfig config =
        WeirConfig.of(
            Map.of(
                "kafka.bootstrap.servers", "broker:9092",
                "kafka.consumer.max.poll.records", "50",
                "kafka.unheard.of", "1"));

    assertThat(config.kafka())
        .containsOnly(
            Map.entry("bootstrap.servers", "broker:9092"),
            Map.entry("consumer.max.poll.records", "50"),
            Map.entry("unheard.of", "1"));
  }

  @Test
  void shouldTakeSecretFromFileWhenValueRefersToIt() throws IOException {
    Path secrets = Files.writeString(folder.resolve("secrets"), "jaas=user-and-password\nn=3\n");

    WeirConfig config =
        WeirConfig.of(
            Map.of(
                "kafka.sasl.jaas.config", "${file:" + secrets + ":jaas}",
                "threads", "${file:" + secrets + ":n}"));

    assertThat(config.kafka()).containsEntry("sasl.jaas.config", "user-and-password");
    assertThat(config.getInt(WeirConfig.THREADS)).isEqualTo(3);
  }

  @Test
  void shouldTakeSecretFromEnvironmentWhenValueRefersToIt() {
    Map.Entry<String, String> variable =
        System.getenv().entrySet().stream()
            .filter(entry -> entry.getKey().matches("\\w+") && !entry.getValue().isEmpty())
            .findFirst()
            .orElseThrow();

    WeirConfig config =
        WeirConfig.of(Map.of("kafka.ssl.key.password", "${env:" + variable.getKey() + "}"));

    assertThat(config.kafka()).containsEntry("ssl.key.password", variable.getValue());
  }

  @Test
  void shouldNotShowSecretWhenConfigIsPrinted() throws IOException {
    Path secrets = Files.writeString(folder.resolve("secrets"), "jaas=hunter2\n");
    WeirConfig config =
        WeirConfig.of(Map.of("kafka.sasl.jaas.config", "${file:" + secrets + ":jaas}"));

    assertThat(config.toString()).doesNotContain("hunter2");
    assertThat(config.values().toString()).doesNotContain("hunter2");
  }

  @Test
  void shouldNotShowSecretWhenAnotherValueIsRefused() throws IOException {
    Path secrets = Files.writeString(folder.resolve("secrets"), "jaas=hunter2\n");
    Map<String, String> properties = new HashMap<>();
    properties.put("kafka.sasl.jaas.config", "${file:" + secrets + ":jaas}");
    properties.put("threads", "0");

    assertThatThrownBy(() -> WeirConfig.of(properties)).message().doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${env:WEIR_NO_SUCH_VARIABLE}", "x-${file:%s:other}"})
  void shouldNameTheKeyWhenReferenceLeadsNowhere(String reference) throws IOException {
    Path secrets = Files.writeString(folder.resolve("secrets"), "jaas=hunter2\n");

    for (String key : List.of("kafka.sasl.jaas.config", "application.id")) {
      assertThatThrownBy(() -> WeirConfig.of(Map.of(key, reference.formatted(secrets))))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(key);
    }
  }

  @Test
  void shouldNameTheFileWhenItCannotBeRead() {
    Path missing = folder.resolve("missing");

    assertThatThrownBy(
            () -> WeirConfig.of(Map.of("kafka.ssl.key.password", "${file:" + missing + ":key}")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(missing.toString());
  }
}
