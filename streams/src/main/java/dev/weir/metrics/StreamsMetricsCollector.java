/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import dev.weir.metrics.MetricNames.Bridged;
import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * Shows an allowed part of Kafka Streams' own metrics to Prometheus.
 *
 * <p>Invariant: a family has one set of labels and no two samples with the same; what is not a
 * finite number is left out. Client ids never become labels: a thread is its number, or "global".
 */
final class StreamsMetricsCollector extends Collector {
  private static final Pattern THREAD = Pattern.compile("(Global)?StreamThread(?:-(\\d+))?");
  private static final Set<String> CONSUMER_TAGS = Set.of("client-id");

  private final Supplier<Map<MetricName, ? extends Metric>> streams;
  private final Map<List<String>, Bridged> allowed = new HashMap<>();

  StreamsMetricsCollector(Supplier<Map<MetricName, ? extends Metric>> streams) {
    this.streams = streams;
    for (Bridged bridged : MetricNames.STREAMS) {
      allowed.put(List.of(bridged.group(), bridged.metric()), bridged);
    }
  }

  @Override
  public List<MetricFamilySamples> collect() {
    Map<Bridged, Map<List<String>, Double>> families = new LinkedHashMap<>();
    MetricNames.STREAMS.forEach(bridged -> families.put(bridged, new LinkedHashMap<>()));
    streams
        .get()
        .forEach(
            (name, metric) -> {
              Bridged bridged = allowed.get(List.of(name.group(), name.name()));
              if (bridged != null
                  && metric.metricValue() instanceof Number number
                  && Double.isFinite(number.doubleValue())) {
                List<String> labels = labels(bridged, name.tags());
                if (labels != null) {
                  // A task that moves between threads may be listed twice for a moment.
                  families
                      .getOrDefault(bridged, new HashMap<>())
                      .merge(labels, number.doubleValue() * bridged.scale(), Double::sum);
                }
              }
            });
    List<MetricFamilySamples> shown = new ArrayList<>();
    families.forEach((bridged, samples) -> shown.add(family(bridged, samples)));
    shown.removeIf(family -> family.samples.isEmpty());
    return shown;
  }

  private static MetricFamilySamples family(Bridged bridged, Map<List<String>, Double> samples) {
    List<MetricFamilySamples.Sample> list = new ArrayList<>();
    samples.forEach(
        (values, value) ->
            list.add(
                new MetricFamilySamples.Sample(
                    bridged.sampleName(), bridged.labels(), values, value)));
    return new MetricFamilySamples(bridged.name(), bridged.type(), bridged.help(), list);
  }

  /** Values of the family's labels, or null if the metric is another one of the same name. */
  private static @Nullable List<String> labels(Bridged bridged, Map<String, String> tags) {
    if (bridged.group().startsWith("consumer-") && !isMainConsumer(tags)) {
      return null;
    }
    List<String> values = new ArrayList<>();
    for (String label : bridged.labels()) {
      String value =
          switch (label) {
            case "thread" -> thread(tags);
            case "task" -> tags.get("task-id");
            default -> store(tags);
          };
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return values;
  }

  /** True for a thread's own consumer: not its partitions one by one, not the restoring one. */
  private static boolean isMainConsumer(Map<String, String> tags) {
    return tags.keySet().equals(CONSUMER_TAGS)
        && !tags.getOrDefault("client-id", "").endsWith("restore-consumer");
  }

  private static @Nullable String thread(Map<String, String> tags) {
    String id = tags.getOrDefault("thread-id", tags.get("client-id"));
    if (id == null) {
      return null;
    }
    Matcher matcher = THREAD.matcher(id);
    if (!matcher.find()) {
      return null;
    }
    return matcher.group(1) != null ? "global" : matcher.group(2);
  }

  private static @Nullable String store(Map<String, String> tags) {
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      if (tag.getKey().endsWith("-state-id")) {
        return tag.getValue();
      }
    }
    return null;
  }
}
