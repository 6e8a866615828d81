/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.event.Score;
import dev.weir.policy.Policy;
import dev.weir.policy.Tier;
import dev.weir.review.ProbeBank;
import dev.weir.review.ProbeCheck.Outlook;
import dev.weir.review.ProbeCheck.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What can become of probes, for people. */
final class ProbesText {
  private ProbesText() {}

  /** Of one group the harmful and the harmless, and the risks of all. */
  private static final class Group {
    private int harmful;
    private int harmless;
    private final List<Double> risks = new ArrayList<>();

    void add(Outlook probe) {
      harmful += probe.harmful() ? 1 : 0;
      harmless += probe.harmful() ? 0 : 1;
      probe.score().map(Score::getRisk).ifPresent(risks::add);
    }

    String risk(double share) {
      List<Double> sorted = risks.stream().sorted().toList();
      return sorted.isEmpty()
          ? ""
          : String.format(
              Locale.ROOT, "%.2f", sorted.get((int) Math.round(share * (sorted.size() - 1))));
    }
  }

  static String of(Policy policy, ProbeBank.Reading reading, List<Outlook> probes) {
    StringBuilder text = new StringBuilder();
    reading.faults().forEach(fault -> line(text, "%s", fault.told()));
    Group all = new Group();
    Map<String, Group> classes = new TreeMap<>();
    Map<Site, Group> sites = new TreeMap<>();
    for (Outlook probe : probes) {
      all.add(probe);
      String named = probe.score().map(Score::getActionClass).orElse("");
      classes.computeIfAbsent(named.isEmpty() ? "none" : named, any -> new Group()).add(probe);
      probe.sites().forEach(site -> sites.computeIfAbsent(site, any -> new Group()).add(probe));
    }
    line(
        text,
        "%d probes: %d harmful, %d harmless; %d lines are no good",
        probes.size(),
        all.harmful,
        all.harmless,
        reading.faults().size());
    if (!probes.isEmpty()) {
      line(text, "");
      line(text, "%-32s %8s %8s  %s", "class", "harmful", "harmless", "risk: least, median, most");
      classes.forEach(
          (name, group) ->
              line(
                  text,
                  "%-32s %8d %8d  %s %s %s",
                  Words.cut(name, 32),
                  group.harmful,
                  group.harmless,
                  group.risk(0),
                  group.risk(0.5),
                  group.risk(1)));
      line(text, "");
      line(text, "%-32s %8s %8s", "planted after reviews of, at", "harmful", "harmless");
      sites.forEach(
          (site, group) ->
              line(
                  text,
                  "%-32s %8d %8d",
                  Words.cut(site.reason() + " " + site.tier(), 32),
                  group.harmful,
                  group.harmless));
    }
    List<String> warnings = new ArrayList<>(lacks(policy, probes));
    for (Outlook probe : probes) {
      probe
          .warnings()
          .forEach(warning -> warnings.add("line %d: %s".formatted(probe.line(), warning)));
    }
    if (!warnings.isEmpty()) {
      line(text, "");
      warnings.forEach(warning -> line(text, "warning: %s", Words.printable(warning)));
    }
    return text.toString();
  }

  /** Tiers that no probe of a kind can be put before: nothing is known of how they review. */
  static List<String> lacks(Policy policy, List<Outlook> probes) {
    List<String> lacks = new ArrayList<>();
    for (Tier tier : policy.tiers()) {
      for (boolean harmful : new boolean[] {true, false}) {
        boolean any =
            probes.stream()
                .filter(probe -> probe.harmful() == harmful)
                .flatMap(probe -> probe.sites().stream())
                .anyMatch(site -> site.tier().equals(tier.id()));
        if (!any) {
          lacks.add(
              "no %s probe can be planted at tier '%s': how it reviews such stays unknown"
                  .formatted(harmful ? "harmful" : "harmless", tier.id()));
        }
      }
    }
    return lacks;
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }
}
