/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.weir.event.Dimension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads and compiles one rule. A fault inside an expression is reported at its place in the
 * document.
 */
final class RuleReader {
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "tools",
          "verbs",
          "objects",
          "views",
          "when",
          "class",
          "adds",
          "route",
          "maps",
          "because",
          "examples");
  private static final YamlMap.Range DECADES = YamlMap.Range.of(-15, 15);

  /** OWASP Agentic Top 10, and techniques of MITRE ATLAS. */
  private static final Pattern MAP =
      Pattern.compile("ASI(0[1-9]|10)|AML\\.T[0-9]{4}(\\.[0-9]{3})?");

  private static final Pattern WORD = Pattern.compile("[a-z]{1,64}");
  private static final Pattern NAME = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9_.:/ -]{1,64}");
  private static final Pattern CATEGORY = Pattern.compile("[a-z][a-z_-]{0,63}");

  private final YamlFile file;
  private final Problems problems;
  private final List<String> lines;
  private final Dialect dialect;
  private final Map<String, ActionClass> classes;
  private final ExampleReader examples;

  RuleReader(
      YamlFile file, Dialect dialect, Map<String, ActionClass> classes, ExampleReader examples) {
    this.file = file;
    this.problems = file.problems();
    this.lines = file.text().lines().toList();
    this.dialect = dialect;
    this.classes = classes;
    this.examples = examples;
  }

  Rule read(Node node) {
    YamlMap map = new YamlMap(node, problems, KEYS);
    String id = map.id("id");
    Node when = map.value("when");
    Node route = map.value("route");
    Rule rule =
        new Rule(
            id,
            file.place(node),
            words(map, "tools", WORD, RuleReader::noWord),
            words(map, "verbs", CATEGORY, w -> "is no category of verbs; write lower-case letters"),
            words(
                map,
                "objects",
                CATEGORY,
                w -> "is no category of objects; write lower-case letters"),
            views(map),
            when == null ? Expression.constant(true) : expression(map, "when", when, false),
            actionClass(map),
            adds(map),
            map.text("because", 300, null),
            route != null,
            route == null ? OptionalDouble.empty() : ceiling(map, route),
            words(
                map,
                "maps",
                MAP,
                w -> "is neither of OWASP's (ASI01) nor of ATLAS (AML.T0053); correct it"),
            examples(id, map));
    check(rule, map);
    return rule;
  }

  private void check(Rule rule, YamlMap map) {
    if (map.value("adds") == null && rule.actionClass().isEmpty() && !rule.route()) {
      problems.add(
          map.at("id"), "rule '" + rule.id() + "' does nothing; give it adds, class or route");
    }
    if (Integer.bitCount(rule.claims()) > Claim.MAX_PER_RULE) {
      problems.add(
          map.at("id"),
          "rule '"
              + rule.id()
              + "' reads more than "
              + Claim.MAX_PER_RULE
              + " fields that a source may be unable to attest; split it");
    }
  }

  private Set<String> words(
      YamlMap map, String key, Pattern form, UnaryOperator<String> otherwise) {
    Set<String> words = new LinkedHashSet<>();
    for (Node item : map.list(key)) {
      String word = map.scalar(item, key);
      if (!form.matcher(word).matches()) {
        problems.add(item, "'" + word + "' " + otherwise.apply(word));
      }
      words.add(word);
    }
    return Collections.unmodifiableSet(words);
  }

  private static String noWord(String text) {
    if (!NAME.matcher(text).matches()) {
      return "is no word of a tool's name; write lower-case letters only";
    }
    List<String> words =
        Stream.of(text.split("[^A-Za-z]+|(?<=[a-z])(?=[A-Z])"))
            .filter(word -> !word.isEmpty())
            .map(word -> word.toLowerCase(Locale.ROOT))
            .toList();
    String last = words.get(words.size() - 1);
    return words.size() == 1
        ? "is no word of a tool's name; write lower-case letters only, such as '%s'".formatted(last)
        : "is several words; write one of them, such as '%s'; for this tool alone: when: tool.name == '%s'"
            .formatted(last, text);
  }

  private List<Example> examples(String id, YamlMap map) {
    List<Example> read = new ArrayList<>();
    for (Node item : map.list("examples")) {
      Example example = examples.ofRule(id, item);
      if (example != null) {
        read.add(example);
      }
    }
    return List.copyOf(read);
  }

  private Set<View> views(YamlMap map) {
    Set<View> views = EnumSet.noneOf(View.class);
    for (Node item : map.list("views")) {
      View view = map.constant(View.class, item, map.scalar(item, "views"));
      if (view != null) {
        views.add(view);
      }
    }
    return Collections.unmodifiableSet(views);
  }

  private Optional<String> actionClass(YamlMap map) {
    Node node = map.value("class");
    if (node == null) {
      return Optional.empty();
    }
    String id = map.scalar(node, "class");
    if (!classes.containsKey(id)) {
      problems.add(
          node,
          "there is no class '"
              + id
              + "'; add it under classes"
              + Near.nearest(id, classes.keySet()).map(n -> ", or write '" + n + "'").orElse(""));
    }
    return Optional.of(id);
  }

  /** The ceiling of {@code route: always} or {@code route: {always: true, ceiling: SHARE}}. */
  private OptionalDouble ceiling(YamlMap map, Node node) {
    if (node instanceof MappingNode) {
      YamlMap route = new YamlMap(node, problems, Set.of("always", "ceiling"));
      if (!route.flag("always")) {
        problems.add(node, "a route can only be always; write always: true or remove it");
      }
      return route.value("ceiling") == null
          ? OptionalDouble.empty()
          : OptionalDouble.of(route.number("ceiling", YamlMap.Range.above(0, 1), null));
    }
    if (!map.scalar(node, "route").equals("always")) {
      problems.add(node, "'route' can only be always; write that or remove it");
    }
    return OptionalDouble.empty();
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
    if (!number && (text.strip().equals("true") || text.strip().equals("false"))) {
      return Expression.constant(text.strip().equals("true"));
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
}
