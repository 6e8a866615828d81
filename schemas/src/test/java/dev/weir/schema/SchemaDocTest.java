/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Every type says what it is, in every part of it. */
class SchemaDocTest {
  @Test
  void shouldFindNothingUndocumentedWhenTheCompiledSchemasAreWalked() {
    assertThat(faults(types().values())).isEmpty();
  }

  @Test
  void shouldReachEveryCompiledTypeWhenTheRecordsAreWalked() {
    assertThat(types().keySet()).containsExactlyInAnyOrderElementsOf(compiled());
  }

  @Test
  void shouldFindEachFaultWhenASchemaHasThem() {
    Schema faulty =
        new Schema.Parser()
            .parse(
                """
                {"type":"record","name":"a.R","fields":[
                  {"name":"undocumented","type":"int"},
                  {"name":"blank","doc":" ","type":{"type":"array","items":
                    {"type":"enum","name":"E","symbols":["A"]}}}]}
                """);
    Map<String, Schema> found = new TreeMap<>();
    Types.walk(faulty, found);

    assertThat(faults(found.values()))
        .containsExactly(
            "a.E has no doc",
            "a.E has no default",
            "a.R has no doc",
            "a.R.undocumented has no doc",
            "a.R.blank has no doc");
  }

  private static List<String> faults(Iterable<Schema> types) {
    List<String> faults = new ArrayList<>();
    for (Schema type : types) {
      if (isBlank(type.getDoc())) {
        faults.add(type.getFullName() + " has no doc");
      }
      if (type.getType() == Schema.Type.ENUM && type.getEnumDefault() == null) {
        faults.add(type.getFullName() + " has no default");
      }
      if (type.getType() == Schema.Type.RECORD) {
        for (Schema.Field field : type.getFields()) {
          if (isBlank(field.doc())) {
            faults.add(type.getFullName() + "." + field.name() + " has no doc");
          }
        }
      }
    }
    return faults;
  }

  private static boolean isBlank(String doc) {
    return doc == null || doc.isBlank();
  }

  private static Map<String, Schema> types() {
    Map<String, Schema> found = new TreeMap<>();
    for (Class<? extends SpecificRecord> type : Records.all()) {
      Types.walk(SpecificData.get().getSchema(type), found);
    }
    return found;
  }

  /** Names of all generated types: a record that no test knows would stand here and not there. */
  private static List<String> compiled() {
    return Stream.of("dev.weir.event", "dev.weir.state")
        .flatMap(name -> Records.compiled(name).stream())
        .map(Class::getName)
        .toList();
  }
}
