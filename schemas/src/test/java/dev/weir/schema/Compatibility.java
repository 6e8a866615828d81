/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * FULL_TRANSITIVE: every version reads what every other one wrote. Beyond Avro's own rules, enums
 * are only appended to (Avro lets a symbol go where the enum has a default).
 */
final class Compatibility {
  private Compatibility() {}

  /** What breaks the rule among {@code versions}, oldest first; empty if nothing does. */
  static List<String> breaks(List<Schema> versions) {
    List<String> breaks = new ArrayList<>();
    for (int older = 0; older < versions.size(); older++) {
      for (int newer = older + 1; newer < versions.size(); newer++) {
        String pair = " (versions %d and %d)".formatted(older + 1, newer + 1);
        Schema before = versions.get(older);
        Schema after = versions.get(newer);
        if (!reads(after, before)) {
          breaks.add("the newer does not read the older" + pair);
        }
        if (!reads(before, after)) {
          breaks.add("the older does not read the newer" + pair);
        }
        Map<String, List<String>> symbols = enums(before);
        enums(after)
            .forEach(
                (name, now) -> {
                  List<String> then = symbols.getOrDefault(name, List.of());
                  if (now.size() < then.size() || !now.subList(0, then.size()).equals(then)) {
                    breaks.add(name + " is not only appended to" + pair);
                  }
                });
      }
    }
    return breaks;
  }

  private static boolean reads(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
        == SchemaCompatibilityType.COMPATIBLE;
  }

  private static Map<String, List<String>> enums(Schema schema) {
    Map<String, Schema> types = new LinkedHashMap<>();
    Types.walk(schema, types);
    Map<String, List<String>> enums = new LinkedHashMap<>();
    types.forEach(
        (name, type) -> {
          if (type.getType() == Schema.Type.ENUM) {
            enums.put(name, type.getEnumSymbols());
          }
        });
    return enums;
  }
}
