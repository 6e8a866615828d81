/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Collects the rules and examples of a policy's files, in the order in which they are read. Bounded
 * over all files together.
 */
final class PartReader {
  static final Set<String> KEYS = Set.of("rules", "examples");
  static final int MAX_RULES = 1_000;
  static final int MAX_EXAMPLES = 5_000;

  private final Map<String, ActionClass> classes;
  private final Dialect dialect = new Dialect();
  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private final List<Example> examples = new ArrayList<>();
  private final List<Runnable> atTheEnd = new ArrayList<>();
  private int read;

  PartReader(Map<String, ActionClass> classes) {
    this.classes = classes;
  }

  /** Reads the keys {@code rules} and {@code examples} of a file. */
  void read(YamlFile file, YamlMap map) {
    RuleReader reader =
        new RuleReader(file, dialect, classes, new ExampleReader(file, classes.keySet()));
    for (Node item : map.list("rules")) {
      if (rules.size() >= MAX_RULES) {
        file.problems().add(item, "more than " + MAX_RULES + " rules; merge some");
        return;
      }
      add(file, item, reader.read(item));
    }
    ExampleReader exampleReader = new ExampleReader(file, classes.keySet());
    for (Node item : map.list("examples")) {
      Example example = exampleReader.ofPolicy(item);
      if (example != null && count(file, item, 1)) {
        examples.add(example);
        atTheEnd.add(() -> checkIds(file, item, example));
      }
    }
  }

  private void add(YamlFile file, Node item, Rule rule) {
    Rule other = rule.id().isEmpty() ? null : rules.get(rule.id());
    if (other != null) {
      file.problems()
          .add(
              item,
              "rule '"
                  + rule.id()
                  + "' stands here twice, first at "
                  + other.at()
                  + "; rename one");
    } else if (count(file, item, rule.examples().size())) {
      rules.put(rule.id().isEmpty() ? "#" + rules.size() : rule.id(), rule);
    }
  }

  private boolean count(YamlFile file, Node item, int more) {
    read += more;
    if (read > MAX_EXAMPLES) {
      file.problems().add(item, "more than " + MAX_EXAMPLES + " examples; leave some out");
    }
    return read <= MAX_EXAMPLES;
  }

  private void checkIds(YamlFile file, Node item, Example example) {
    List<String> named = new ArrayList<>(example.fires());
    named.addAll(example.spares());
    for (String id : named) {
      if (!rules.containsKey(id)) {
        String near =
            Near.nearest(id, rules.keySet())
                .map(n -> "did you mean '" + n + "'?")
                .orElse("correct it");
        file.problems().add(item, "there is no rule '" + id + "'; " + near);
      }
    }
  }

  /** Checks what can only be checked once every file is read. */
  void finish() {
    atTheEnd.forEach(Runnable::run);
  }

  List<Rule> rules() {
    return List.copyOf(rules.values());
  }

  /** Those of the whole policy; the others stand in their rules. */
  List<Example> examples() {
    return Collections.unmodifiableList(examples);
  }
}
