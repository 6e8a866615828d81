/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.event.Assessment;
import dev.weir.event.Exposure;
import dev.weir.metrics.MetricNames;
import dev.weir.store.StoreNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How idle tasks are forgotten. */
class RetirementStoryTest {
  private static final Duration IDLE = Duration.ofHours(2);

  @ParameterizedTest
  @ValueSource(strings = {"live", "plain"})
  void shouldForgetATaskWhenItHasBeenIdle(String store) {
    try (Flume flume = open(store)) {
      flume.send(Act.of("e-1").task("idle").loses(3).with("objective", "\"Rest\""));
      assertThat(flume.taskRisks()).hasSize(1);

      flume.send(Act.of("e-2").task("busy").at(Flume.NOON.plus(IDLE)));
      assertThat(flume.taskRisks()).as("not yet idle for two whole hours").hasSize(1);
      flume.send(Act.of("e-3").task("busy").at(Flume.NOON.plus(IDLE).plus(Duration.ofHours(1))));

      List<TestRecord<byte[], byte[]>> risks = flume.take(flume.topics().taskRisk());
      assertThat(risks)
          .extracting(r -> text(r.key()) + (r.value() == null ? " is gone" : ""))
          .containsExactly("busy", "idle is gone");
      assertThat(flume.store(StoreNames.TASK_CORE).get("idle")).isNull();
      assertThat(flume.store(StoreNames.TASK_RECENT).get("idle")).isNull();
      assertThat(flume.store(StoreNames.TASK_OBJECTIVE).get("idle")).isNull();
      assertThat(keys(flume, StoreNames.TASK_CORE)).containsExactly("busy");
      assertThat(flume.assessments()).hasSize(3);
      flume.skipFleet();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"live", "plain"})
  void shouldOpenTheTaskAnewWhenItReturns(String store) {
    try (Flume flume = open(store)) {
      Act act = Act.of("e-1").task("idle").loses(3);
      Instant later = Flume.NOON.plus(IDLE).plus(Duration.ofHours(1));

      flume.send(act).send(Act.of("e-2").task("busy").at(later)).send(act, later);

      assertThat(flume.assessments())
          .extracting(Assessment::getTaskActions)
          .containsExactly(1L, 1L, 1L);
      flume.skip(flume.topics().taskRisk());
      flume.skipFleet();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"live", "plain"})
  void shouldCountFewerLiveTasksWhenSomeAreForgotten(String store) {
    try (Flume flume = open(store)) {
      for (int i = 0; i < 16; i++) {
        flume.send(Act.of("e-" + i).task("idle-" + i).loses(i % 4));
      }
      assertThat(flume.count(MetricNames.TASKS_LIVE)).isEqualTo(16);

      for (int i = 0; i < 16; i++) {
        flume.send(Act.of("l-" + i).task("busy").at(Flume.NOON.plus(Duration.ofHours(4))));
      }

      List<Exposure> exposures = flume.exposures();
      assertThat(exposures).extracting(Exposure::getTasks).containsExactly(16L, 1L);
      assertThat(flume.count(MetricNames.TASKS_LIVE)).isEqualTo(1);
      assertThat(flume.take(flume.topics().taskRisk()))
          .filteredOn(r -> r.value() == null)
          .as("tombstones")
          .hasSize(16);
      flume.skip(flume.topics().assessments(), flume.topics().escalations());
      flume.skipFleet();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"live", "plain"})
  void shouldKeepATaskWhenItWasSeenSince(String store) {
    try (Flume flume = open(store)) {
      for (int hour = 0; hour < 12; hour++) {
        flume.send(Act.of("e-" + hour).at(Flume.NOON.plus(Duration.ofHours(hour))));
      }

      assertThat(flume.taskRisks().get(11).getActions()).isEqualTo(12);
      assertThat(flume.assessments()).hasSize(12);
      try (KeyValueIterator<byte[], byte[]> index =
          flume.<byte[], byte[]>store(StoreNames.TASK_IDLE).all()) {
        assertThat(index).toIterable().as("entries of the idle index").hasSize(1);
      }
      flume.skipFleet();
    }
  }

  private static Flume open(String store) {
    return Flume.open(
        Policies.STORY,
        Map.of(WeirConfig.STORE, store, WeirConfig.TASK_IDLE_MS, Long.toString(IDLE.toMillis())));
  }

  private static List<String> keys(Flume flume, String store) {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, ?> all = flume.<String, Object>store(store).all()) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
