/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The chart's README and schema say what values.yaml says. */
class ChartDocumentsTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([\\w.]+)` \\| `([^`]+)` \\|[^|]*\\|$");

  private static final Pattern REQUIRED_VALUES =
      Pattern.compile("(?s)at least these three:\\s+```yaml\\n(.*?)```");

  private static final Pattern BUILD_VERSION =
      Pattern.compile("<artifactId>weir</artifactId>\\s*<version>([\\d.]+)(-SNAPSHOT)?</version>");

  private final Chart chart = Chart.underTest();

  @Test
  void shouldListEveryValueWithItsDefaultWhenTheReadmeIsRead() {
    Map<String, String> table = new TreeMap<>();
    for (MatchResult row : ROW.matcher(chart.read("README.md")).results().toList()) {
      assertThat(table.put(row.group(1), row.group(2))).as(row.group(1)).isNull();
    }
    Map<String, String> leaves = new TreeMap<>();
    collect("", chart.defaults(), leaves);

    assertThat(table).isEqualTo(leaves);
  }

  @Test
  void shouldShowTheRequiredValuesWhenTheReadmeIsRead() {
    MatchResult example =
        REQUIRED_VALUES.matcher(chart.read("README.md")).results().findFirst().orElseThrow();

    assertThat(Yaml.map(example.group(1))).isEqualTo(Values.required().tree());
  }

  @Test
  void shouldBeOfTheBuildsReleaseWhenNoTagIsSet() {
    MatchResult version =
        BUILD_VERSION.matcher(chart.read("../../pom.xml")).results().findFirst().orElseThrow();

    assertThat(Yaml.map(chart.read("Chart.yaml"))).containsEntry("appVersion", version.group(1));
  }

  @Test
  void shouldBeClosedWhenTheSchemaDescribesAnObject() {
    Map<String, Object> schema = Yaml.map(chart.read("values.schema.json"));

    assertThat(schema).containsEntry("$schema", "http://json-schema.org/draft-07/schema#");
    assertClosed("#", schema);
  }

  /**
   * Every object either lists its keys and allows no other, is a map of one type, or is left to
   * Kubernetes, which its description says.
   */
  private static void assertClosed(String path, Map<String, Object> node) {
    if ("object".equals(node.get("type"))) {
      assertThat(node).as(path).containsKey("additionalProperties");
      if (Boolean.TRUE.equals(node.get("additionalProperties"))) {
        assertThat((String) node.get("description")).as(path).containsAnyOf("Kubernetes", "parent");
      } else if (node.containsKey("properties")) {
        assertThat(node).as(path).containsEntry("additionalProperties", false);
      }
    }
    node.forEach(
        (key, value) -> {
          // The branches of a condition narrow what stands beside them.
          if (value instanceof Map && !List.of("if", "then", "else").contains(key)) {
            assertClosed(path + "/" + key, Yaml.child(node, key));
          }
        });
  }

  private static void collect(String path, Map<String, Object> map, Map<String, String> leaves) {
    for (String key : map.keySet()) {
      Object value = map.get(key);
      if (value instanceof Map<?, ?> child && !child.isEmpty()) {
        collect(path + key + ".", Yaml.child(map, key), leaves);
      } else {
        leaves.put(path + key, json(value));
      }
    }
  }

  private static String json(Object value) {
    return new GsonBuilder().serializeNulls().disableHtmlEscaping().create().toJson(value);
  }
}
