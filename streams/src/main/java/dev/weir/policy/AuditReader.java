/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.weir.policy.AuditSettings.Band;
import dev.weir.policy.YamlMap.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a policy's section {@code audit}. */
final class AuditReader {
  private static final Set<String> KEYS =
      Set.of(
          "least",
          "classes",
          "bands",
          "screen",
          "confirm",
          "negatives",
          "denials",
          "cap",
          "level",
          "groups");
  private static final Range PROBABILITY = Range.above(0, 1);
  private static final Range RISK = Range.of(-8, 12);
  private static final int MAX_GROUPS = 31;

  private final Problems problems;
  private final Budget budget;
  private final List<Tier> tiers;

  AuditReader(Problems problems, Budget budget, List<Tier> tiers) {
    this.problems = problems;
    this.budget = budget;
    this.tiers = tiers;
  }

  /** The section; null where the policy has none, or one that is no good. */
  @Nullable AuditSettings read(YamlMap policy, Set<String> classes) {
    Node node = policy.value("audit");
    if (node == null || tiers.isEmpty()) {
      return null;
    }
    YamlMap a = new YamlMap(node, problems, KEYS);
    double least = a.number("least", PROBABILITY, 0.0001);
    Tier screen = tier(a, "screen", Comparator.comparingDouble(Tier::cost));
    Tier confirm = tier(a, "confirm", Comparator.comparingDouble(Tier::assurance).reversed());
    double negatives = a.number("negatives", PROBABILITY, 0.05);
    double denials = a.number("denials", Range.of(0, 1), AuditSettings.DENIALS);
    Map<String, Double> ofClass = classes(a, classes);
    List<Band> bands = bands(a);
    double cap = a.number("cap", Range.above(0, 1e12), 1_000_000.0);
    double level = a.number("level", Range.of(0.5, 0.9999), 0.95);
    Map<String, Set<String>> groups = groups(a);
    if (problems.any()) {
      return null;
    }
    AuditSettings settings =
        new AuditSettings(
            least,
            ofClass,
            bands,
            screen.id(),
            confirm.id(),
            negatives,
            denials,
            cap,
            level,
            groups);
    affordable(node, settings.leastCost(screen, confirm));
    return settings;
  }

  private void affordable(Node node, double cost) {
    if (budget.tax() > 0 && cost > budget.tax()) {
      problems.add(
          node,
          "audits alone cost %.3g an action and the budget is %.3g; lower 'least' or ask a cheaper 'screen'"
              .formatted(cost, budget.tax()));
    }
  }

  private Tier tier(YamlMap a, String key, Comparator<Tier> first) {
    Tier otherwise = tiers.stream().min(first).orElseThrow();
    Node node = a.value(key);
    if (node == null) {
      return otherwise;
    }
    String id = a.scalar(node, key);
    return tiers.stream()
        .filter(tier -> tier.id().equals(id))
        .findFirst()
        .orElseGet(
            () -> {
              problems.add(
                  node,
                  "no tier '%s'; there are %s"
                      .formatted(id, String.join(", ", tiers.stream().map(Tier::id).toList())));
              return otherwise;
            });
  }

  private Map<String, Double> classes(YamlMap a, Set<String> known) {
    Map<String, Double> least = new HashMap<>();
    Node node = a.value("classes");
    if (node != null) {
      YamlMap all = new YamlMap(node, problems);
      for (String id : all.keys()) {
        if (!known.contains(id)) {
          problems.add(all.at(id), "no class '" + id + "'; name one of the policy's classes");
        }
        least.put(id, all.number(id, PROBABILITY, null));
      }
    }
    return least;
  }

  private List<Band> bands(YamlMap a) {
    List<Band> bands = new ArrayList<>();
    for (Node item : a.list("bands")) {
      YamlMap b = new YamlMap(item, problems, Set.of("from", "least"));
      Band band = new Band(b.number("from", RISK, null), b.number("least", PROBABILITY, null));
      if (!bands.isEmpty() && !(band.from() > bands.get(bands.size() - 1).from())) {
        problems.add(item, "a band begins where another does, or below; write them rising");
      } else if (bands.size() == AuditSettings.MAX_BANDS) {
        problems.add(item, "more than " + AuditSettings.MAX_BANDS + " bands; merge some");
      }
      bands.add(band);
    }
    return bands;
  }

  private Map<String, Set<String>> groups(YamlMap a) {
    Map<String, Set<String>> groups = new LinkedHashMap<>();
    Node node = a.value("groups");
    if (node != null) {
      YamlMap all = new YamlMap(node, problems);
      for (String name : all.keys()) {
        if (!YamlMap.ID.matcher(name).matches() || name.equals(AuditSettings.NO_GROUP)) {
          problems.add(
              all.at(name),
              "a group is named in lower-case letters, digits, '-', '_' or '.', and not '"
                  + AuditSettings.NO_GROUP
                  + "'");
        }
        groups.put(name, new LinkedHashSet<>(all.texts(name)));
      }
      if (groups.size() > MAX_GROUPS) {
        problems.add(node, "more than " + MAX_GROUPS + " groups of agents; merge some");
      }
    }
    return groups;
  }
}
