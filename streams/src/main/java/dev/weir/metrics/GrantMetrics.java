/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;

/** Grants, and how what they are for is used. Labels are enums and the classes of policies. */
final class GrantMetrics {
  private final Gauge grants;
  private final Counter refused;
  private final Counter conditionsFailed;
  private final Counter reserved;

  GrantMetrics(CollectorRegistry registry) {
    grants =
        Gauge.build(MetricNames.GRANTS, "Grants issued, revoked and expired ones too.")
            .register(registry);
    refused =
        Counter.build(
                MetricNames.GRANTS_REFUSED,
                "Records of the topic of grants that do not count; the ones before stay.")
            .register(registry);
    conditionsFailed =
        Counter.build(
                MetricNames.GRANT_CONDITIONS_FAILED,
                "Actions without a grant since the condition of one could not be evaluated.")
            .register(registry);
    reserved =
        Counter.build(
                MetricNames.RESERVED_ACTIONS,
                "Actions of reserved classes: by agents that have a grant, proposed without one,"
                    + " and done without one or a release. What carries out a release is not"
                    + " counted again.")
            .labelNames("class", "use")
            .register(registry);
  }

  void grants(int count) {
    grants.set(count);
  }

  void refused() {
    refused.inc();
  }

  void conditionFailed() {
    conditionsFailed.inc();
  }

  void reserved(String actionClass, ReservedUse use) {
    reserved.labels(actionClass, use.name()).inc();
  }
}
