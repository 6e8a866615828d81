/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.schema;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Instances in which every field is set and differs from its neighbours, made from the schema
 * alone: a new field is populated without a change here. The values follow from the fields' order
 * and names, so an instance changes only with its schema.
 */
final class Populated {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00.123Z");

  private final SpecificData data;
  private int counter;

  private Populated(SpecificData data) {
    this.data = data;
  }

  static <T extends SpecificRecord> T of(Class<T> type) {
    SpecificData data = SpecificData.getForClass(type);
    return type.cast(new Populated(data).value("", data.getSchema(type)));
  }

  private Object value(String name, Schema schema) {
    counter++;
    if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
      return START.plusMillis(counter);
    }
    return switch (schema.getType()) {
      case RECORD -> record(schema);
      case ENUM ->
          data.createEnum(
              schema.getEnumSymbols().get(counter % schema.getEnumSymbols().size()), schema);
      case ARRAY ->
          List.of(value(name, schema.getElementType()), value(name, schema.getElementType()));
      case MAP -> Map.of("key", value(name, schema.getValueType())); // one: maps have no order
      case UNION -> value(name, schema.getTypes().get(schema.getTypes().size() - 1));
      case BYTES -> ByteBuffer.wrap(new byte[] {(byte) counter, (byte) 0x80, 0});
      case STRING -> name + " é " + counter;
      case INT -> -counter;
      case LONG -> (1L << 40) + counter;
      case FLOAT -> counter + 0.25f;
      case DOUBLE -> counter + 0.125;
      case BOOLEAN -> true;
      default -> throw new AssertionError("no value for " + schema);
    };
  }

  private SpecificRecord record(Schema schema) {
    SpecificRecord record = (SpecificRecord) data.newRecord(null, schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), value(field.name(), field.schema()));
    }
    return record;
  }
}
