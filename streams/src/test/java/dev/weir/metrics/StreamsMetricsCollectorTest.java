/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class StreamsMetricsCollectorTest {
  private static final String THREAD_1 = "weir-7f3c-StreamThread-1";

  private final Map<MetricName, Metric> streams = new HashMap<>();

  @Test
  void shouldShowCountersAsTotalsWhenTheyOnlyGrow() {
    put("stream-thread-metrics", "process-total", 42.0, Map.of("thread-id", THREAD_1));
    put("stream-metrics", "failed-stream-threads", 1, Map.of("client-id", "weir-7f3c"));
    assertThat(samples())
        .containsEntry("kafka_streams_thread_processed_total[1]", 42.0)
        .containsEntry("kafka_streams_failed_threads_total[]", 1.0);
  }

  @Test
  void shouldShowSecondsWhenKafkaHasMilliseconds() {
    put("stream-thread-metrics", "commit-latency-max", 1500.0, Map.of("thread-id", THREAD_1));
    assertThat(samples())
        .containsExactly(Map.entry("kafka_streams_thread_commit_max_seconds[1]", 1.5));
  }

  @Test
  void shouldLeaveOutWhenNotANumberOrNotAllowed() {
    put("stream-thread-metrics", "commit-latency-max", Double.NaN, Map.of("thread-id", THREAD_1));
    put("stream-thread-metrics", "process-rate", "text", Map.of("thread-id", THREAD_1));
    put("stream-thread-metrics", "poll-rate", 3.0, Map.of("thread-id", THREAD_1));
    assertThat(samples()).isEmpty();
  }

  @Test
  void shouldShowOnlyTheThreadsOwnConsumerWhenThereAreMore() {
    String group = "consumer-fetch-manager-metrics";
    put(group, "records-lag-max", 5.0, Map.of("client-id", THREAD_1 + "-consumer"));
    put(group, "records-lag-max", 6.0, Map.of("client-id", THREAD_1 + "-restore-consumer"));
    put(group, "records-lag-max", 7.0, Map.of("client-id", "weir-7f3c-global-consumer"));
    put(
        group,
        "records-lag-max",
        8.0,
        Map.of("client-id", THREAD_1 + "-consumer", "topic", "t", "partition", "0"));
    assertThat(samples())
        .containsExactly(Map.entry("kafka_streams_consumer_records_lag_max[1]", 5.0));
  }

  @Test
  void shouldAddUpWhenATaskIsListedTwice() {
    put(
        "stream-state-metrics",
        "num-open-iterators",
        1,
        Map.of("thread-id", THREAD_1, "task-id", "0_3", "rocksdb-state-id", "tasks"));
    put(
        "stream-state-metrics",
        "num-open-iterators",
        2,
        Map.of(
            "thread-id",
            "weir-7f3c-StreamThread-2",
            "task-id",
            "0_3",
            "rocksdb-state-id",
            "tasks"));
    assertThat(samples())
        .containsExactly(Map.entry("kafka_streams_store_open_iterators[0_3, tasks]", 3.0));
  }

  private Map<String, Double> samples() {
    CollectorRegistry registry = new CollectorRegistry();
    registry.register(new StreamsMetricsCollector(() -> streams));
    return Collections.list(registry.metricFamilySamples()).stream()
        .flatMap(family -> family.samples.stream())
        .collect(toMap(s -> s.name + s.labelValues, s -> s.value, (a, b) -> b, TreeMap::new));
  }

  private void put(String group, String name, Object value, Map<String, String> tags) {
    MetricName key = new MetricName(name, group, "", tags);
    streams.put(
        key,
        new Metric() {
          @Override
          public MetricName metricName() {
            return key;
          }

          @Override
          public Object metricValue() {
            return value;
          }
        });
  }
}
