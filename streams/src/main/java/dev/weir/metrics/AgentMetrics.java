/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import dev.weir.event.AgentStanding;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many agents there are of a kind, never which. */
final class AgentMetrics {
  private final Counter told;
  private final Gauge nearLine;
  private final Gauge standing;
  private final Map<Integer, Map<AgentStanding, Long>> byPartition = new ConcurrentHashMap<>();

  AgentMetrics(CollectorRegistry registry) {
    told =
        Counter.build(MetricNames.AGENTS_TOLD, "Records by which partitions tell of agents.")
            .register(registry);
    nearLine =
        Gauge.build(
                MetricNames.AGENTS_NEAR_LINE,
                "Agents whose mass without a review reached half their line, newcomers of a source as one.")
            .register(registry);
    standing =
        Gauge.build(
                MetricNames.AGENTS,
                "Agents of whom reviews or audits answered something and whose source says who acts, by how they stand beside others at the same work, where this process keeps their records.")
            .labelNames("standing")
            .register(registry);
    sum();
  }

  void told() {
    told.inc();
  }

  void nearLine(int agents) {
    nearLine.set(agents);
  }

  void standings(int partition, Map<AgentStanding, Long> agents) {
    byPartition.put(partition, Map.copyOf(agents));
    sum();
  }

  void lost(int partition) {
    byPartition.remove(partition);
    sum();
  }

  private void sum() {
    for (AgentStanding each : AgentStanding.values()) {
      long agents = 0;
      for (Map<AgentStanding, Long> one : byPartition.values()) {
        agents += one.getOrDefault(each, 0L);
      }
      standing.labels(each.name()).set((double) agents);
    }
  }
}
