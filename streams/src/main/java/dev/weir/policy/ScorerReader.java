/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.weir.event.Dimension;
import dev.weir.policy.ScorerPart.Combine;
import dev.weir.policy.YamlMap.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code scorers}: which learned ones stand beside the rules. */
final class ScorerReader {
  /** The rules themselves: always there, named so that a list can say all. */
  static final String POLICY = "policy";

  private static final Set<String> KEYS = Set.of("id", "version", "combine", "dimension", "weight");
  private static final List<String> EVIDENCE =
      List.of("provenance", "objective", "novelty", "record", "evasion");
  private static final int MAX = 8;

  private final Problems problems;

  ScorerReader(Problems problems) {
    this.problems = problems;
  }

  List<ScorerPart> read(YamlMap map) {
    List<ScorerPart> parts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Node item : map.list("scorers")) {
      YamlMap scorer = new YamlMap(item, problems, KEYS);
      String id = scorer.id("id");
      if (!seen.add(id) || seen.size() > MAX) {
        problems.add(item, "scorer '" + id + "' is one too many; remove it");
      } else if (!id.equals(POLICY)) {
        ScorerPart part = part(scorer, id);
        if (part != null) {
          parts.add(part);
        }
      }
    }
    return List.copyOf(parts);
  }

  private @Nullable ScorerPart part(YamlMap map, String id) {
    Map<String, FeatureScorer> installed = installed();
    FeatureScorer scorer = installed.get(id);
    if (scorer == null) {
      String there = installed.isEmpty() ? "none" : String.join(", ", installed.keySet());
      problems.add(map.at("id"), "no scorer '" + id + "' is installed; installed are: " + there);
      return null;
    }
    String version = map.text("version", 200, scorer.version());
    if (!version.equals(scorer.version())) {
      problems.add(
          map.at("version"),
          "scorer '"
              + id
              + "' is installed in version "
              + scorer.version()
              + "; correct one of them");
    }
    Node combine = map.value("combine");
    Combine how =
        combine == null
            ? Combine.MAX
            : map.constant(Combine.class, combine, map.scalar(combine, "combine"));
    String dimension = map.text("dimension", 40, "record");
    if (!EVIDENCE.contains(dimension)) {
      problems.add(
          map.at("dimension"),
          "'" + dimension + "' is no evidence" + Near.hint(dimension, EVIDENCE));
      return null;
    }
    return new ScorerPart(
        scorer,
        how == null ? Combine.MAX : how,
        Dimension.valueOf(dimension.toUpperCase(Locale.ROOT)),
        map.number("weight", Range.of(-10, 10), 1.0));
  }

  private Map<String, FeatureScorer> installed() {
    Map<String, FeatureScorer> installed = new TreeMap<>();
    try {
      ServiceLoader.load(FeatureScorer.class, FeatureScorer.class.getClassLoader())
          .forEach(scorer -> installed.putIfAbsent(scorer.id(), scorer));
    } catch (ServiceConfigurationError e) {
      problems.add(
          1, 1, "a scorer cannot be loaded: " + e.getMessage() + "; mend or remove its jar");
    }
    return installed;
  }
}
