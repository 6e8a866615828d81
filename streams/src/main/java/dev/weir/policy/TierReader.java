/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.weir.policy.YamlMap.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the review services of a policy. */
final class TierReader {
  private static final int MAX_TIERS = 8;
  private static final int MAX_QUORUM = 15;
  private static final Set<String> KEYS =
      Set.of("id", "cost", "assurance", "deadline", "capacity", "quorum", "independence");

  private final YamlFile file;
  private final Problems problems;
  private final Map<String, Place> places;

  /** Tells {@code places} where each stands, by its id. */
  TierReader(YamlFile file, Map<String, Place> places) {
    this.file = file;
    this.problems = file.problems();
    this.places = places;
  }

  List<Tier> read(YamlMap map) {
    Node node = map.required("tiers");
    List<Tier> tiers = new ArrayList<>();
    for (Node item : map.list("tiers")) {
      Tier tier = tier(new YamlMap(item, problems, KEYS));
      if (tiers.stream().anyMatch(other -> other.id().equals(tier.id()))) {
        problems.add(item, "tier '" + tier.id() + "' stands here twice; rename one of them");
      }
      tiers.add(tier);
      places.put(tier.id(), file.place(item));
    }
    if (node != null && (tiers.isEmpty() || tiers.size() > MAX_TIERS)) {
      problems.add(
          node, "%d tiers; name at least one and at most %d".formatted(tiers.size(), MAX_TIERS));
    }
    return List.copyOf(tiers);
  }

  private Tier tier(YamlMap map) {
    return new Tier(
        map.id("id"),
        map.number("cost", Range.above(0, 1e9), null),
        map.number("assurance", Range.above(0, 1), 1.0),
        map.durationMs("deadline", null),
        map.value("capacity") == null
            ? Tier.UNLIMITED
            : map.number("capacity", Range.above(0, 1e9), null),
        new Tier.Panel(quorum(map), independence(map)));
  }

  private int quorum(YamlMap map) {
    double quorum = map.number("quorum", Range.of(1, MAX_QUORUM), 1.0);
    if (quorum != Math.rint(quorum)) {
      problems.add(map.at("quorum"), "'quorum' counts reviewers; write a whole number");
    }
    return (int) quorum;
  }

  private Independence independence(YamlMap map) {
    Node node = map.value("independence");
    Independence named =
        node == null
            ? null
            : map.constant(Independence.class, node, map.scalar(node, "independence"));
    return named == null ? Tier.Panel.DEFAULT.independence() : named;
  }
}
