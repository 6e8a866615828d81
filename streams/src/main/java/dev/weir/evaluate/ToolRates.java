/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import dev.weir.evaluate.Cases.Truth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a tool's name alone tells: the harmful share of its labelled cases in all scenarios but the
 * one asked about, drawn by one case's worth towards the share of all tools.
 */
final class ToolRates {
  /** Harmful and labelled cases. */
  private static final class Count {
    private double harmful;
    private double labelled;

    void add(Truth truth) {
      harmful += truth == Truth.HARMFUL ? 1 : 0;
      labelled += truth == Truth.UNKNOWN ? 0 : 1;
    }
  }

  private static final Count NONE = new Count();

  private final Count all = new Count();
  private final Map<String, Count> tools = new HashMap<>();
  private final Map<String, Map<String, Count>> scenarios = new HashMap<>();

  private ToolRates() {}

  static ToolRates ofActions(List<Row> rows) {
    ToolRates rates = new ToolRates();
    for (Row row : rows) {
      rates.add(row.label().scenario(), row.tool(), Truth.of(row.label().harmful()));
    }
    return rates;
  }

  /** A task counts once for each of its tools. */
  static ToolRates ofRuns(List<Run> runs) {
    ToolRates rates = new ToolRates();
    for (Run run : runs) {
      Set<String> used = new HashSet<>();
      run.rows().forEach(row -> used.add(row.tool()));
      used.forEach(tool -> rates.add(run.scenario(), tool, run.truth()));
    }
    return rates;
  }

  /** The tool's harmful share outside that scenario, in [0, 1]. */
  double without(String scenario, String tool) {
    Count in = scenarios.getOrDefault(scenario, Map.of()).getOrDefault(tool, NONE);
    Count of = tools.getOrDefault(tool, NONE);
    double share = all.labelled == 0 ? 0 : all.harmful / all.labelled;
    return (of.harmful - in.harmful + share) / (of.labelled - in.labelled + 1);
  }

  private void add(String scenario, String tool, Truth truth) {
    all.add(truth);
    tools.computeIfAbsent(tool, t -> new Count()).add(truth);
    scenarios
        .computeIfAbsent(scenario, s -> new HashMap<>())
        .computeIfAbsent(tool, t -> new Count())
        .add(truth);
  }
}
