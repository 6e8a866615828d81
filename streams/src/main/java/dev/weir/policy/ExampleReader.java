/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Intake;
import dev.weir.action.Limits;
import dev.weir.action.Origin;
import dev.weir.action.Refusal;
import dev.weir.policy.YamlMap.Range;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads the examples of one file. An action in an example is the JSON action format with all but
 * the tool optional; what is left out is filled in, and the whole must decode as an action does.
 */
final class ExampleReader {
  static final String DEFAULT_SOURCE = "examples";
  static final int MAX_BEFORE = 32;
  private static final Set<String> KEYS =
      Set.of("action", "fires", "spares", "before", "source", "magnitude", "risk", "class");
  private static final Set<String> KEYS_IN_RULE =
      Set.of("fires", "spares", "before", "source", "magnitude", "risk", "class");

  /** The fields of an action event; a test holds this against the schema. */
  static final Set<String> ACTION_KEYS =
      Set.of(
          "event_id",
          "occurred_at",
          "phase",
          "proposal_id",
          "task_id",
          "agent",
          "tool",
          "arguments",
          "arguments_raw",
          "arguments_state",
          "objective",
          "environment",
          "result",
          "trust",
          "parent_event_id",
          "trace_id",
          "span_id",
          "conversation_id",
          "cost",
          "requested_tier",
          "language",
          "principal_group",
          "source_seq",
          "attributes");

  private static final Range DECADES = Range.of(-30, 30);

  /**
   * 2026-01-01T00:00:00Z, epoch ms: when examples begin. Each action is a second after the one
   * before.
   */
  private static final long BEGIN_MS = 1_767_225_600_000L;

  private final YamlFile file;
  private final Problems problems;
  private final Set<String> classes;
  private final ActionDecoder decoder = new ActionDecoder(Limits.DEFAULT);

  ExampleReader(YamlFile file, Set<String> classes) {
    this.file = file;
    this.problems = file.problems();
    this.classes = classes;
  }

  /** An example inside a rule, which it must fire or spare; null, with a problem, if it is none. */
  @Nullable Example ofRule(String rule, Node node) {
    YamlMap map = new YamlMap(node, problems, KEYS_IN_RULE);
    Node fires = map.value("fires");
    Node spares = map.value("spares");
    if ((fires == null) == (spares == null)) {
      problems.add(node, "an example of a rule has either 'fires' or 'spares'; write one of them");
      return null;
    }
    Node action = fires != null ? fires : spares;
    return action == null
        ? null
        : read(
            map,
            node,
            action,
            fires == null ? Set.of() : Set.of(rule),
            fires == null ? Set.of(rule) : Set.of());
  }

  /** An example of the whole policy; null, with a problem, if it is none. */
  @Nullable Example ofPolicy(Node node) {
    YamlMap map = new YamlMap(node, problems, KEYS);
    Node action = map.required("action");
    return action == null ? null : read(map, node, action, ids(map, "fires"), ids(map, "spares"));
  }

  private static Set<String> ids(YamlMap map, String key) {
    return new LinkedHashSet<>(map.texts(key));
  }

  private @Nullable Example read(
      YamlMap map, Node node, Node action, Set<String> fires, Set<String> spares) {
    String source = map.text("source", 249, DEFAULT_SOURCE);
    List<Example.Earlier> before = before(map, source);
    Action decoded = action(action, source, "example", before.size());
    return decoded == null
        ? null
        : new Example(
            file.place(node),
            source,
            Json.of(action),
            decoded,
            before,
            interval(map, "magnitude"),
            interval(map, "risk"),
            actionClass(map),
            fires,
            spares);
  }

  private List<Example.Earlier> before(YamlMap map, String source) {
    List<Node> items = map.list("before");
    if (items.size() > MAX_BEFORE) {
      problems.add(map.at("before"), "more than " + MAX_BEFORE + " actions before; leave some out");
      return List.of();
    }
    List<Example.Earlier> before = new ArrayList<>();
    for (Node item : items) {
      Action action = action(item, source, "before-" + (before.size() + 1), before.size());
      if (action != null) {
        before.add(new Example.Earlier(Json.of(item), action));
      }
    }
    return List.copyOf(before);
  }

  private Optional<String> actionClass(YamlMap map) {
    Node node = map.value("class");
    String id = map.text("class", 64, "");
    if (node != null && !classes.contains(id)) {
      problems.add(node, "there is no class '" + id + "'" + Near.hint(id, classes));
    }
    return node == null ? Optional.empty() : Optional.of(id);
  }

  private Interval interval(YamlMap map, String key) {
    List<Node> ends = map.list(key);
    if (map.value(key) == null) {
      return Interval.ANY;
    }
    if (ends.size() == 2) {
      Interval read =
          new Interval(
              map.number(ends.get(0), key, DECADES), map.number(ends.get(1), key, DECADES));
      if (read.min() <= read.max()) {
        return read;
      }
    }
    problems.add(
        map.at(key), "'" + key + "' must be two numbers, the smaller first; write [2, 3.5]");
    return Interval.ANY;
  }

  /** The action at a node, completed; null, with a problem, if it is none. */
  @Nullable Action action(Node node, String source, String id, int second) {
    if (!(node instanceof MappingNode)) {
      problems.add(node, "an action is needed here; write {tool: NAME, arguments: {…}}");
      return null;
    }
    YamlMap fields = new YamlMap(node, problems);
    for (String key : fields.keys()) {
      if (!ACTION_KEYS.contains(key)) {
        problems.add(
            fields.at(key), "no action has a key '" + key + "'" + Near.hint(key, ACTION_KEYS));
        return null;
      }
    }
    long atMs = BEGIN_MS + 1000L * second;
    byte[] value = complete(fields, id, atMs).getBytes(StandardCharsets.UTF_8);
    Intake intake = decoder.decode(value, new Origin(source, 0, second, atMs));
    if (intake instanceof Action action && action.unknownKeys() == 0) {
      return action;
    }
    String why =
        intake instanceof Refusal refusal
            ? refusal.detail()
            : "a part of it has a key that no action has; correct the key";
    problems.add(node, "this is no action: " + why);
    return null;
  }

  private static String complete(YamlMap fields, String id, long atMs) {
    Map<String, String> event = new LinkedHashMap<>();
    event.put("event_id", Json.string(id));
    event.put("occurred_at", Long.toString(atMs));
    event.put("task_id", Json.string("example"));
    event.put("agent", "{\"id\":\"example\"}");
    for (String key : fields.keys()) {
      Node value = fields.value(key);
      if (value != null) {
        event.put(key, field(key, value));
      }
    }
    return event.entrySet().stream()
        .map(e -> Json.string(e.getKey()) + ":" + e.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** {@code tool: NAME} stands for its name, {@code agent: ID} for its id. */
  private static String field(String key, Node value) {
    String json = Json.of(value);
    if (value instanceof ScalarNode scalar && key.equals("tool")) {
      return "{\"name\":" + Json.string(scalar.getValue()) + "}";
    }
    if (value instanceof ScalarNode scalar && key.equals("agent")) {
      return "{\"id\":" + Json.string(scalar.getValue()) + "}";
    }
    boolean noId = value instanceof MappingNode agent && !names(agent).contains("id");
    return key.equals("agent") && noId ? "{\"id\":\"example\"," + json.substring(1) : json;
  }

  private static Set<String> names(MappingNode mapping) {
    return mapping.getValue().stream()
        .map(t -> t.getKeyNode() instanceof ScalarNode k ? k.getValue() : "")
        .collect(Collectors.toSet());
  }
}
