/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.weir.event.Dimension;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads and compiles one rule. A fault inside an expression is reported at its place in the
 * document.
 */
final class RuleReader {
  static final Set<String> KEYS =
      Set.of("id", "tools", "views", "when", "class", "adds", "because", "route");
  private static final YamlMap.Range DECADES = YamlMap.Range.of(-15, 15);

  private final Problems problems;
  private final List<String> lines;
  private final Dialect dialect = new Dialect();

  RuleReader(Problems problems, String text) {
    this.problems = problems;
    this.lines = text.lines().toList();
  }

  Rule read(String id, YamlMap map, Map<String, ActionClass> classes) {
    Node when = map.value("when");
    Rule rule =
        new Rule(
            id,
            tools(map),
            views(map),
            when == null ? Expression.constant(true) : expression(map, "when", when, false),
            actionClass(map, classes),
            adds(map),
            map.text("because", 300, null),
            route(map));
    if (map.value("adds") == null && rule.actionClass().isEmpty() && !rule.route()) {
      problems.add(map.at("id"), "rule '" + id + "' does nothing; give it adds, class or route");
    }
    if (Integer.bitCount(rule.claims()) > Claim.MAX_PER_RULE) {
      problems.add(
          map.at("id"),
          "rule '"
              + id
              + "' reads more than "
              + Claim.MAX_PER_RULE
              + " fields that a source may be unable to attest; split it");
    }
    return rule;
  }

  private Set<String> tools(YamlMap map) {
    Set<String> tools = new LinkedHashSet<>();
    for (Node item : map.list("tools")) {
      String word = map.scalar(item, "tools");
      if (word.isEmpty() || !word.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
        problems.add(
            item, "'" + word + "' is no word of a tool's name; write lower-case letters only");
      }
      tools.add(word);
    }
    return Collections.unmodifiableSet(tools);
  }

  private Set<View> views(YamlMap map) {
    Set<View> views = EnumSet.noneOf(View.class);
    for (Node item : map.list("views")) {
      View view = constant(View.class, item, map.scalar(item, "views"));
      if (view != null) {
        views.add(view);
      }
    }
    return Collections.unmodifiableSet(views);
  }

  private Optional<String> actionClass(YamlMap map, Map<String, ActionClass> classes) {
    Node node = map.value("class");
    if (node == null) {
      return Optional.empty();
    }
    String id = map.scalar(node, "class");
    if (!classes.containsKey(id)) {
      problems.add(
          node, "there is no class '" + id + "'; add it under classes or correct the name");
    }
    return Optional.of(id);
  }

  private boolean route(YamlMap map) {
    Node node = map.value("route");
    if (node != null && !map.scalar(node, "route").equals("always")) {
      problems.add(node, "'route' can only be always; write that or remove it");
    }
    return node != null;
  }

  private Map<Dimension, Expression> adds(YamlMap map) {
    Node node = map.value("adds");
    Map<Dimension, Expression> adds = new EnumMap<>(Dimension.class);
    if (node == null) {
      return adds;
    }
    YamlMap values = new YamlMap(node, problems, DocumentReader.lossAndEvidence());
    for (String key : values.keys()) {
      Node value = values.required(key);
      if (value != null && DocumentReader.lossAndEvidence().contains(key)) {
        adds.put(Dimension.valueOf(key.toUpperCase(Locale.ROOT)), number(values, key, value));
      }
    }
    return Collections.unmodifiableMap(adds);
  }

  private Expression number(YamlMap map, String key, Node node) {
    String text = map.scalar(node, key).strip();
    try {
      Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return expression(map, key, node, true);
    }
    return Expression.constant(map.number(node, key, DECADES));
  }

  private Expression expression(YamlMap map, String key, Node node, boolean number) {
    String text = map.scalar(node, key);
    if (text.strip().equals("true") && !number) {
      return Expression.constant(true);
    }
    if (text.isBlank()) {
      problems.add(node, "'" + key + "' is empty; write an expression");
      return Expression.constant(false);
    }
    Dialect.Outcome outcome = dialect.compile(text.stripTrailing(), number);
    for (Dialect.Issue issue : outcome.issues()) {
      report(node, key, issue);
    }
    return outcome.expression();
  }

  private void report(Node node, String key, Dialect.Issue issue) {
    int line = node.getStartMark().getLine();
    int column = node.getStartMark().getColumn();
    ScalarStyle style =
        node instanceof ScalarNode scalar ? scalar.getScalarStyle() : ScalarStyle.PLAIN;
    boolean oneLine = node.getEndMark().getLine() == line;
    if (style == ScalarStyle.LITERAL) {
      line += issue.line();
      column = indent(node.getStartMark().getLine() + 1) + issue.column();
    } else if (oneLine) {
      column += issue.column() + (style == ScalarStyle.PLAIN ? 0 : 1);
    }
    problems.add(
        line + 1, column + 1, "in '" + key + "': " + issue.message() + "; correct the expression");
  }

  private int indent(int line) {
    String text = line < lines.size() ? lines.get(line) : "";
    return text.length() - text.stripLeading().length();
  }

  <E extends Enum<E>> @Nullable E constant(Class<E> type, Node at, String text) {
    for (E value : type.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
        return value;
      }
    }
    String known =
        Stream.of(type.getEnumConstants())
            .map(v -> v.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    problems.add(at, "unknown value '" + text + "'; known here are " + known);
    return null;
  }
}
