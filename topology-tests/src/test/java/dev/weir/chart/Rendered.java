/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.chart;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The documents of one rendering. */
record Rendered(List<Map<String, Object>> documents) {

  List<String> kinds() {
    return documents.stream().map(document -> (String) document.get("kind")).toList();
  }

  /** The only document of a kind. */
  Map<String, Object> only(String kind) {
    List<Map<String, Object>> found =
        documents.stream().filter(document -> kind.equals(document.get("kind"))).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " documents of kind " + kind + " among " + kinds());
    }
    return found.get(0);
  }

  Map<String, Object> spec(String kind) {
    return Yaml.child(only(kind), "spec");
  }

  Map<String, Object> podTemplate() {
    return Yaml.child(spec("StatefulSet"), "template");
  }

  Map<String, Object> podMetadata() {
    return Yaml.child(podTemplate(), "metadata");
  }

  Map<String, Object> pod() {
    return Yaml.child(podTemplate(), "spec");
  }

  Map<String, Object> container() {
    return Yaml.children(pod(), "containers").get(0);
  }

  Map<String, Object> volume(String name) {
    return named(Yaml.children(pod(), "volumes"), name);
  }

  Map<String, Object> mount(String name) {
    return named(Yaml.children(container(), "volumeMounts"), name);
  }

  Map<String, Object> env(String name) {
    return named(Yaml.children(container(), "env"), name);
  }

  /** weir.properties, read as the application reads it. */
  Map<String, String> properties() {
    Properties properties = new Properties();
    String text = (String) Yaml.child(only("ConfigMap"), "data").get("weir.properties");
    try {
      properties.load(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> map = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> map.put(key, properties.getProperty(key)));
    return map;
  }

  private static Map<String, Object> named(List<Map<String, Object>> list, String name) {
    return list.stream().filter(e -> name.equals(e.get("name"))).findFirst().orElse(Map.of());
  }
}
