/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.wire;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Has Avro trust the records of these schemas: since 1.12.2 it makes none outside the packages that
 * it was told of, not even an enum that is a field's default in a builder. No logical type; but
 * Avro loads its services of that kind when it first parses a schema, so that records can be built
 * before anything else of Weir is touched.
 */
public final class TrustedRecords implements LogicalTypes.LogicalTypeFactory {
  private static final String NAME = "weir-trusted-records";

  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(),
            type ->
                type.getName().startsWith("dev.weir.event.")
                    || type.getName().startsWith("dev.weir.state.")));
  }

  /** Nothing more: the class is loaded by then. */
  static void trust() {}

  /** For Avro's service loader. */
  public TrustedRecords() {}

  @Override
  public String getTypeName() {
    return NAME;
  }

  @Override
  public LogicalType fromSchema(Schema schema) {
    return new LogicalType(NAME);
  }
}
