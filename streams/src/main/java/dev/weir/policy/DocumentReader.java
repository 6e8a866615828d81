/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.weir.event.Dimension;
import dev.weir.policy.YamlMap.Range;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a policy's keys from composed YAML and collects what is wrong with them. */
final class DocumentReader {
  private static final Set<String> KEYS =
      Set.of(
          "weir",
          "id",
          "version",
          "description",
          "prior",
          "unscorable",
          "catastrophic",
          "budget",
          "tiers",
          "sources",
          "domains",
          "classes",
          "rules");
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Range ODDS = Range.of(-12, 6);
  private static final Range MAGNITUDE = Range.of(0, 15);
  private static final int MAX_RULES = 500;

  private final Problems problems;
  private final RuleReader rules;

  DocumentReader(Problems problems, String text) {
    this.problems = problems;
    this.rules = new RuleReader(problems, text);
  }

  static void refuseAliases(Node root, Problems problems) {
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Node> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (!seen.add(node) || node.getAnchor() != null) {
        problems.add(node, "anchors and aliases are not allowed; write the value out");
      } else if (node instanceof SequenceNode list) {
        list.getValue().forEach(open::push);
      } else if (node instanceof MappingNode mapping) {
        for (NodeTuple tuple : mapping.getValue()) {
          open.push(tuple.getKeyNode());
          open.push(tuple.getValueNode());
        }
      }
    }
  }

  Document read(Node root) {
    YamlMap map = new YamlMap(root, problems, KEYS);
    Node language = map.required("weir");
    if (language != null && !map.scalar(language, "weir").equals("1")) {
      problems.add(language, "this reads language version 1 only; write weir: 1");
    }
    Map<String, ActionClass> classes = classes(map);
    return new Document(
        id(map, "id"),
        map.text("version", 64, null),
        map.text("description", 2_000, ""),
        map.number("prior", ODDS, -3.0),
        map.number("unscorable", MAGNITUDE, 6.0),
        map.number("catastrophic", MAGNITUDE, 7.0),
        budget(map),
        tiers(map),
        sources(map),
        domains(map),
        classes,
        rules(map, classes));
  }

  private String id(YamlMap map, String key) {
    Node at = map.value(key);
    String id = map.text(key, 64, null);
    if (at != null && !ID.matcher(id).matches()) {
      problems.add(
          at, "'" + key + "' must be lower-case letters, digits, '-', '_' or '.'; rename it");
    }
    return id;
  }

  private Budget budget(YamlMap map) {
    Node node = map.required("budget");
    if (node == null) {
      return new Budget(0, 1, 1, 1);
    }
    YamlMap b =
        new YamlMap(node, problems, Set.of("tax", "window_actions", "starting_price", "price_ttl"));
    return new Budget(
        b.number("tax", Range.of(0, 10), null),
        Math.round(b.number("window_actions", Range.of(100, 1e9), 100_000.0)),
        b.number("starting_price", Range.above(0, 1e15), 1.0),
        b.durationMs("price_ttl", 300_000L));
  }

  private List<Tier> tiers(YamlMap map) {
    Node node = map.required("tiers");
    List<Tier> tiers = new ArrayList<>();
    for (Node item : map.list("tiers")) {
      YamlMap t = new YamlMap(item, problems, Set.of("id", "cost", "assurance", "deadline"));
      tiers.add(
          new Tier(
              id(t, "id"),
              t.number("cost", Range.above(0, 1e9), null),
              t.number("assurance", Range.above(0, 1), 1.0),
              t.durationMs("deadline", null)));
    }
    if (node != null && tiers.size() != 1) {
      problems.add(node, tiers.size() + " tiers; exactly one is supported as yet");
    }
    return List.copyOf(tiers);
  }

  private Map<String, Set<Attestable>> sources(YamlMap map) {
    Node node = map.value("sources");
    if (node == null) {
      return Map.of();
    }
    Map<String, Set<Attestable>> sources = new LinkedHashMap<>();
    YamlMap topics = new YamlMap(node, problems);
    for (String topic : topics.keys()) {
      Node value = topics.required(topic);
      if (value == null) {
        continue;
      }
      YamlMap source = new YamlMap(value, problems, Set.of("attests"));
      Set<Attestable> attests = EnumSet.noneOf(Attestable.class);
      for (Node item : source.list("attests")) {
        Attestable what = constant(Attestable.class, item, source.scalar(item, "attests"));
        if (what != null) {
          attests.add(what);
        }
      }
      sources.put(topic, Collections.unmodifiableSet(attests));
    }
    return Collections.unmodifiableMap(sources);
  }

  private <E extends Enum<E>> @Nullable E constant(Class<E> type, Node at, String text) {
    return rules.constant(type, at, text);
  }

  private static Set<String> domains(YamlMap map) {
    Set<String> domains = new LinkedHashSet<>();
    for (String domain : map.texts("domains")) {
      domains.add(domain.toLowerCase(Locale.ROOT));
    }
    return Collections.unmodifiableSet(domains);
  }

  private Map<String, ActionClass> classes(YamlMap map) {
    Node node = map.value("classes");
    if (node == null) {
      return Map.of();
    }
    Map<String, ActionClass> classes = new LinkedHashMap<>();
    YamlMap all = new YamlMap(node, problems);
    for (String id : all.keys()) {
      if (!ID.matcher(id).matches()) {
        problems.add(
            all.at(id), "a class must be named in lower-case letters, digits, '-', '_' or '.'");
      }
      Node value = all.required(id);
      if (value != null) {
        YamlMap c = new YamlMap(value, problems, Set.of("prior", "needs_arguments", "because"));
        classes.put(
            id,
            new ActionClass(
                id,
                c.number("prior", ODDS, null),
                c.flag("needs_arguments"),
                c.text("because", 300, null)));
      }
    }
    return Collections.unmodifiableMap(classes);
  }

  private List<Rule> rules(YamlMap map, Map<String, ActionClass> classes) {
    List<Node> items = map.list("rules");
    if (items.size() > MAX_RULES) {
      problems.add(map.at("rules"), "more than " + MAX_RULES + " rules; merge some");
      return List.of();
    }
    List<Rule> all = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Node item : items) {
      YamlMap rule = new YamlMap(item, problems, RuleReader.KEYS);
      String id = id(rule, "id");
      if (!id.isEmpty() && !ids.add(id)) {
        problems.add(item, "rule '" + id + "' stands here twice; rename one of them");
      }
      all.add(rules.read(id, rule, classes));
    }
    return List.copyOf(all);
  }

  static Set<String> lossAndEvidence() {
    Set<String> names = new LinkedHashSet<>();
    for (Dimension d : Dimension.values()) {
      if (d != Dimension.PRIOR && d != Dimension.OTHER) {
        names.add(d.name().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }
}
