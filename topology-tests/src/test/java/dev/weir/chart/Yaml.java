/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML as maps and lists; a key given twice is an error. */
final class Yaml {
  private Yaml() {}

  static Map<String, Object> map(String text) {
    return cast(parser().load(text));
  }

  /** The documents of a stream, without the empty ones. */
  static List<Map<String, Object>> documents(String text) {
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Object document : parser().loadAll(text)) {
      if (document != null) {
        documents.add(cast(document));
      }
    }
    return documents;
  }

  /** The map under a key; empty if there is none. */
  static Map<String, Object> child(Map<String, Object> map, String key) {
    Object child = map.get(key);
    return child == null ? Map.of() : cast(child);
  }

  /** The maps in the list under a key; empty if there is none. */
  static List<Map<String, Object>> children(Map<String, Object> map, String key) {
    if (!(map.get(key) instanceof List<?> list)) {
      return List.of();
    }
    return list.stream().map(Yaml::cast).toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> cast(Object value) {
    return (Map<String, Object>) value;
  }

  private static org.yaml.snakeyaml.Yaml parser() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new org.yaml.snakeyaml.Yaml(new SafeConstructor(options));
  }
}
