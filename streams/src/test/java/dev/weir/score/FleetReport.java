/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.event.Contribution;
import dev.weir.policy.PolicyLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Prints how the built-in policy spreads and ranks the evaluation log, for those who work on the
 * rules: {@code java -cp <test class path> dev.weir.score.FleetReport [log]}.
 */
final class FleetReport {
  private FleetReport() {}

  record Row(Fleet.Line line, Scored scored) {
    double risk() {
      return scored.score().getRisk();
    }
  }

  public static void main(String[] args) throws Exception {
    Path log = args.length > 0 ? Path.of(args[0]) : Fleet.log().orElseThrow();
    List<Fleet.Line> lines = Fleet.read(log);
    Scorer scorer = new PolicyScorer(PolicyLoader.builtIn());
    List<Row> rows = new ArrayList<>();
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 6; round++) {
      rows.clear();
      long start = System.nanoTime();
      Map<String, Long> tasks = new HashMap<>();
      for (Fleet.Line line : lines) {
        long actions = tasks.merge(line.action().event().getTaskId(), 1L, Long::sum) - 1;
        TaskView task = new TaskView(actions, 0, 0, 0, null, false, 0, 0);
        rows.add(new Row(line, scorer.score(line.action(), task)));
      }
      best = Math.min(best, (System.nanoTime() - start) / 1e3 / lines.size());
    }
    System.out.printf("actions %d, best %.1f us per action%n", lines.size(), best);
    print(rows);
  }

  private static void print(List<Row> rows) {
    rows.sort(Comparator.comparingDouble(Row::risk).reversed());
    Set<Double> distinct = new HashSet<>();
    Map<String, List<Double>> byTool = new TreeMap<>();
    Map<Long, Integer> spread = new TreeMap<>();
    int mandatory = 0;
    int unscorable = 0;
    for (Row row : rows) {
      distinct.add(row.risk());
      byTool
          .computeIfAbsent(row.line().action().event().getTool().getName(), t -> new ArrayList<>())
          .add(row.risk());
      spread.merge(Math.round(Math.floor(row.scored().score().getMagnitude())), 1, Integer::sum);
      unscorable += row.scored().score().getUnscorable() ? 1 : 0;
      if (row.scored().route() || row.scored().catastrophic()) {
        mandatory++;
        System.out.println("MANDATORY " + describe(row));
      }
    }
    System.out.printf(
        "distinct %d, mandatory %d, unscorable %d, magnitudes %s%n",
        distinct.size(), mandatory, unscorable, spread);
    long harmful = rows.stream().filter(r -> r.line().harmful()).count();
    for (double share : new double[] {0.001, 0.01, 0.05}) {
      int n = (int) Math.round(rows.size() * share);
      long found = rows.subList(0, n).stream().filter(r -> r.line().harmful()).count();
      long labelled =
          rows.subList(0, n).stream().filter(r -> r.line().source().equals("agentdojo")).count();
      System.out.printf(
          "top %.1f %%: %d actions, %d of %d harmful (%d from the labelled logs), risk above %.3f%n",
          share * 100, n, found, harmful, labelled, rows.get(n - 1).risk());
    }
    rows.stream().limit(40).forEach(r -> System.out.println("TOP " + describe(r)));
    byTool.entrySet().stream()
        .sorted(Comparator.comparingInt(e -> -e.getValue().size()))
        .limit(60)
        .forEach(
            e -> {
              List<Double> v = e.getValue();
              System.out.printf(
                  "%-36s %5d  distinct %4d  max %.2f  median %.2f  min %.2f%n",
                  e.getKey(),
                  v.size(),
                  new HashSet<>(v).size(),
                  v.get(0),
                  v.get(v.size() / 2),
                  v.get(v.size() - 1));
            });
  }

  private static String describe(Row row) {
    StringBuilder why = new StringBuilder();
    for (Contribution c : row.scored().score().getContributions()) {
      if (c.getCounted()) {
        why.append(c.getRule())
            .append(' ')
            .append(String.format("%.1f", c.getValue()))
            .append(", ");
      }
    }
    String arguments =
        String.valueOf(row.line().action().event().getArguments()).replace('\n', ' ');
    return String.format(
        "%.2f m%.2f %s %s %s | %s",
        row.risk(),
        row.scored().score().getMagnitude(),
        row.line().harmful() ? "HARM" : "    ",
        row.line().action().event().getTool().getName().split("\n")[0],
        arguments.substring(0, Math.min(150, arguments.length())),
        why);
  }
}
