/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import dev.weir.budget.RuleShare;
import dev.weir.budget.TrialReport;
import dev.weir.config.Readme;
import dev.weir.event.EscalationReason;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The README's table of metrics is what the code shows. */
class MetricsTableTest {
  @Test
  void shouldStandInTheReadmeWhenMetricsChange() throws IOException {
    Readme.check("metrics", markdown());
  }

  private static String markdown() {
    TreeMap<String, String> rows = new TreeMap<>();
    Metrics metrics = new Metrics();
    touch(metrics);
    for (MetricFamilySamples family : metrics.collected()) {
      row(rows, family.name, family.type, labels(family), family.help);
    }
    for (MetricNames.Bridged bridged : MetricNames.STREAMS) {
      row(rows, bridged.name(), bridged.type(), bridged.labels(), bridged.help());
    }
    return "| name | type | labels | help |\n|---|---|---|---|\n" + String.join("", rows.values());
  }

  /** Gives every metric whose labels are names of something a first series. */
  static void touch(Metrics metrics) {
    metrics.internalRefused("topic");
    metrics.reserved("class", ReservedUse.VIOLATION);
    metrics.assessed(MetricsTest.bounded());
    metrics.policyCalled(0);
    metrics.policyStands(0, 0, "default", "digest");
    metrics.trialStatus(0, TrialStatus.NONE);
    metrics.concentration(FleetNews.concentration(1, 0, 0));
    metrics.ledger(FleetNews.hour(FleetNews.NOON, EscalationReason.PRICED));
    RuleShare rule = new RuleShare("rule", 1, 1, 1, 1);
    TrialReport.Side side = new TrialReport.Side(0, 0, 0, 1, List.of(rule));
    metrics.trialConcluded(new TrialReport(1, 1, side, side, List.of()));
  }

  private static void row(
      TreeMap<String, String> rows,
      String family,
      Collector.Type type,
      Collection<String> labels,
      String help) {
    String name = type == Collector.Type.COUNTER ? family + "_total" : family;
    rows.put(
        name,
        "| `%s` | %s | %s | %s |\n"
            .formatted(
                name,
                type.name().toLowerCase(Locale.ROOT),
                String.join(", ", labels),
                Readme.cell(help)));
  }

  private static Set<String> labels(MetricFamilySamples family) {
    Set<String> labels = new LinkedHashSet<>();
    for (MetricFamilySamples.Sample sample : family.samples) {
      labels.addAll(sample.labelNames);
    }
    labels.removeAll(List.of("le"));
    return labels;
  }
}
