/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.config;

import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;

/** Renders Weir's configuration as a table in Markdown. */
final class ConfigTable {
  private ConfigTable() {}

  static String markdown() {
    StringBuilder table = new StringBuilder("| key | type | default | range | meaning |\n");
    table.append("|---|---|---|---|---|\n");
    Settings.DEFINITION.configKeys().values().forEach(key -> row(table, key));
    return table
        .append("| `kafka.*` | | | | Any setting of Kafka's own, without the prefix. |\n")
        .toString();
  }

  private static void row(StringBuilder table, ConfigDef.ConfigKey key) {
    String range = key.validator == null ? "" : key.validator.toString();
    table.append(
        "| `%s` | %s | %s | %s | %s |\n"
            .formatted(
                key.name,
                key.type.name().toLowerCase(Locale.ROOT),
                shown(key.defaultValue),
                Readme.cell(range.replace(",...,", " to ").replace(",...", " or more")),
                Readme.cell(key.documentation)));
  }

  private static String shown(Object value) {
    boolean empty = value.equals("") || value.equals(List.of());
    return empty ? "" : "`" + value + "`";
  }
}
