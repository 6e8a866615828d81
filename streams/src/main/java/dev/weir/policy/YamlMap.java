/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML mapping read key by key. Every fault is added to the problems with its position, and
 * something harmless is returned in its place, so that one pass finds them all.
 */
final class YamlMap {
  static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private final Node node;
  private final Problems problems;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();

  /** A mapping in which any key is allowed. */
  YamlMap(Node node, Problems problems) {
    this.node = node;
    this.problems = problems;
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node, "a mapping is needed here; write key: value lines");
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(tuple.getKeyNode(), "a key must be plain text; write key: value");
      } else if (values.containsKey(key.getValue())) {
        problems.add(key, "key '" + key.getValue() + "' stands here twice; remove one of them");
      } else {
        values.put(key.getValue(), tuple.getValueNode());
        keys.put(key.getValue(), key);
      }
    }
  }

  /** A mapping in which only these keys are allowed. */
  YamlMap(Node node, Problems problems, Set<String> known) {
    this(node, problems);
    keys.forEach(
        (key, at) -> {
          if (!known.contains(key)) {
            problems.add(at, "unknown key '" + key + "'" + Near.hint(key, known));
          }
        });
  }

  /** Keys in the document's order. */
  Set<String> keys() {
    return keys.keySet();
  }

  /** Where a key stands, or the mapping itself where there is no such key. */
  Node at(String key) {
    return keys.getOrDefault(key, node);
  }

  @Nullable Node value(String key) {
    return values.get(key);
  }

  /** A value that must be there; null, with a problem, if it is not. */
  @Nullable Node required(String key) {
    Node value = values.get(key);
    if (value == null) {
      problems.add(node, "'" + key + "' is missing; add it");
    }
    return value;
  }

  /** Text of at most this many characters; without a fallback it must be there and not empty. */
  String text(String key, int max, @Nullable String fallback) {
    Node value = fallback == null ? required(key) : values.get(key);
    if (value == null) {
      return fallback == null ? "" : fallback;
    }
    String text = scalar(value, key);
    if (text.length() > max) {
      problems.add(value, "'" + key + "' has more than " + max + " characters; shorten it");
    } else if (text.isBlank() && fallback == null) {
      problems.add(value, "'" + key + "' is empty; give it a value");
    }
    return text;
  }

  double number(String key, Range range, @Nullable Double fallback) {
    Node value = fallback == null ? required(key) : values.get(key);
    return value == null ? (fallback == null ? range.min() : fallback) : number(value, key, range);
  }

  double number(Node value, String key, Range range) {
    try {
      double number = Double.parseDouble(scalar(value, key).trim());
      if (range.holds(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below with its range
    }
    problems.add(value, "'" + key + "' must be a number " + range + "; correct it");
    return range.min();
  }

  boolean flag(String key) {
    Node value = values.get(key);
    if (value == null) {
      return false;
    }
    String text = scalar(value, key);
    if (!text.equals("true") && !text.equals("false")) {
      problems.add(value, "'" + key + "' must be true or false; correct it");
    }
    return text.equals("true");
  }

  /**
   * Milliseconds above 0 from {@code PT1H}, {@code 1h}, {@code 30s}, {@code 5m}, {@code 250ms} or
   * {@code 2d}.
   */
  long durationMs(String key, @Nullable Long fallback) {
    Node value = fallback == null ? required(key) : values.get(key);
    if (value == null) {
      return fallback == null ? 1 : fallback;
    }
    long ms = Durations.ms(scalar(value, key).trim());
    if (ms <= 0) {
      problems.add(
          value, "'" + key + "' must be a duration above 0, such as 1h or PT1H; correct it");
      return 1;
    }
    return ms;
  }

  /** The items of a list; empty where there is none. */
  List<Node> list(String key) {
    Node value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof SequenceNode sequence)) {
      problems.add(value, "'" + key + "' must be a list; write - item lines or [a, b]");
      return List.of();
    }
    return sequence.getValue();
  }

  /** The items of a list of texts. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Node item : list(key)) {
      texts.add(scalar(item, key));
    }
    return texts;
  }

  String scalar(Node value, String key) {
    if (value instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    problems.add(value, "'" + key + "' must be a plain value; correct it");
    return "";
  }

  /** The constant of this name in lower case; null, with a problem, if there is none. */
  <E extends Enum<E>> @Nullable E constant(Class<E> type, Node at, String text) {
    List<String> known = new ArrayList<>();
    for (E value : type.getEnumConstants()) {
      String name = value.name().toLowerCase(Locale.ROOT);
      if (name.equals(text)) {
        return value;
      }
      known.add(name);
    }
    problems.add(at, "unknown value '" + text + "'" + Near.hint(text, known));
    return null;
  }

  /** A name that must be there: lower-case letters, digits, '-', '_' and '.'. */
  String id(String key) {
    Node at = value(key);
    String id = text(key, 64, null);
    if (at != null && !ID.matcher(id).matches()) {
      problems.add(
          at, "'" + key + "' must be lower-case letters, digits, '-', '_' or '.'; rename it");
    }
    return id;
  }

  /** A closed range of numbers, or one open below. */
  record Range(double min, double max, boolean above) {
    static Range of(double min, double max) {
      return new Range(min, max, false);
    }

    static Range above(double min, double max) {
      return new Range(min, max, true);
    }

    boolean holds(double x) {
      return x <= max && (above ? x > min : x >= min);
    }

    @Override
    public String toString() {
      return (above ? "above " : "from ") + min + " to " + max;
    }
  }
}
