/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A set of values for the chart, named for the test report. Immutable. */
record Values(String name, Map<String, Object> tree) {

  /** What has no default, and nothing else. */
  static Values required() {
    return new Values("required", Map.of())
        .with("image.repository", "registry.example/weir")
        .with("kafka.bootstrapServers", "kafka:9092")
        .with("chanceKey.existingSecret", "weir-chance");
  }

  /** The three files under the chart's {@code ci/}. */
  static Stream<Values> ci() {
    return Stream.of("minimal-ephemeral", "production", "policy-inline")
        .map(name -> read(name, Chart.DIR.resolve("ci").resolve(name + "-values.yaml")));
  }

  /** Every set that the chart must render. */
  static Stream<Values> all() {
    return Stream.concat(Stream.of(required()), ci());
  }

  static Values ci(String name) {
    return ci().filter(values -> values.name.equals(name)).findFirst().orElseThrow();
  }

  /** A copy with the value at a path of dots; the last step may hold dots after a slash. */
  Values with(String path, Object value) {
    return new Values(name, put(tree, steps(path), value));
  }

  Map<String, Object> over(Map<String, Object> defaults) {
    return merge(defaults, tree);
  }

  @Override
  public String toString() {
    return name;
  }

  private static Values read(String name, Path file) {
    try {
      return new Values(name, Yaml.map(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> steps(String path) {
    int slash = path.indexOf('/');
    if (slash < 0) {
      return List.of(path.split("\\."));
    }
    Stream<String> parents = Stream.of(path.substring(0, slash).split("\\."));
    return Stream.concat(parents, Stream.of(path.substring(slash + 1))).toList();
  }

  private static Map<String, Object> put(
      Map<String, Object> map, List<String> steps, Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(map);
    String first = steps.get(0);
    if (steps.size() == 1) {
      copy.put(first, value);
    } else {
      Map<String, Object> child = Yaml.child(map, first);
      copy.put(first, put(child, steps.subList(1, steps.size()), value));
    }
    return copy;
  }

  private static Map<String, Object> merge(Map<String, Object> under, Map<String, Object> over) {
    Map<String, Object> merged = new LinkedHashMap<>(under);
    over.forEach(
        (key, value) -> {
          boolean both = value instanceof Map && under.get(key) instanceof Map;
          merged.put(key, both ? merge(Yaml.child(under, key), Yaml.child(over, key)) : value);
        });
    return merged;
  }
}
