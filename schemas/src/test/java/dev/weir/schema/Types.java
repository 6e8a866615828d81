/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.schema;

import java.util.Map;
import org.apache.avro.Schema;

/** The named types of a schema. */
final class Types {
  private Types() {}

  /**
   * Adds every record, enum and fixed that {@code schema} reaches to {@code found}, by full name.
   */
  static void walk(Schema schema, Map<String, Schema> found) {
    switch (schema.getType()) {
      case ARRAY -> walk(schema.getElementType(), found);
      case MAP -> walk(schema.getValueType(), found);
      case UNION -> schema.getTypes().forEach(branch -> walk(branch, found));
      case ENUM, FIXED -> found.put(schema.getFullName(), schema);
      case RECORD -> {
        if (found.put(schema.getFullName(), schema) == null) {
          schema.getFields().forEach(field -> walk(field.schema(), found));
        }
      }
      default -> {}
    }
  }
}
