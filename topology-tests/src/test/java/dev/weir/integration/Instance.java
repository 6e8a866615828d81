/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import dev.weir.metrics.MetricNames;
import dev.weir.metrics.Metrics;
import dev.weir.policy.publish.PolicyRefusal;
import dev.weir.topology.Monitor;

/** One running monitor of a {@link Cluster}, with its counters. */
final class Instance implements AutoCloseable {
  private final Monitor monitor;
  private final Metrics metrics;

  Instance(Monitor monitor, Metrics metrics) {
    this.monitor = monitor;
    this.metrics = metrics;
  }

  Metrics metrics() {
    return metrics;
  }

  Monitor monitor() {
    return monitor;
  }

  /** Runs or rebalances, and no stream thread of it ever died. */
  boolean sound() {
    return monitor.streams().state().isRunningOrRebalancing() && failedThreads() == 0;
  }

  /** Stream tasks that it works on now. */
  long activeTasks() {
    return monitor.streams().metadataForLocalThreads().stream()
        .mapToLong(thread -> thread.activeTasks().size())
        .sum();
  }

  double refused(String topic) {
    return metrics.value(MetricNames.INTERNAL_REFUSED, "topic", topic);
  }

  double policiesRefused(PolicyRefusal reason) {
    return metrics.value(MetricNames.POLICY_REFUSALS, "reason", reason.name());
  }

  /** Generation of the policy that should score. */
  double called() {
    return metrics.value(MetricNames.POLICY_GENERATION, "kind", "called");
  }

  private double failedThreads() {
    return monitor.streams().metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("failed-stream-threads"))
        .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
        .sum();
  }

  @Override
  public void close() {
    monitor.close();
  }
}
