/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every released version of a record, and the current one, read one another. */
class CompatibilityTest {
  private static final Path HISTORY = Path.of("src", "main", "history");

  private static final String BEFORE =
      """
      {"type":"record","name":"a.R","fields":[
        {"name":"id","type":"string"},
        {"name":"n","type":"int"},
        {"name":"note","type":["null","string"],"default":null},
        {"name":"kind","type":{"type":"enum","name":"K","symbols":["A","B"],"default":"B"}}]}
      """;

  @ParameterizedTest
  @MethodSource("records")
  void shouldReadOneAnotherWhenVersionsOfARecordAreReleased(Class<? extends SpecificRecord> type)
      throws IOException {
    List<Schema> versions = new ArrayList<>(released(HISTORY, type.getSimpleName()));
    versions.add(Records.schema(type));

    assertThat(Compatibility.breaks(versions)).isEmpty();
  }

  @Test
  void shouldFreezeOnlyOnRequestWhenTheHistoryIsRead() throws IOException {
    if (Boolean.getBoolean("history.freeze")) {
      for (Class<? extends SpecificRecord> type : Records.all()) {
        freeze(HISTORY, Records.schema(type));
      }
      fail("wrote %s; commit it and build without history.freeze", HISTORY);
    }
    List<String> names = Records.all().stream().map(Class::getSimpleName).toList();
    try (Stream<Path> files = Files.list(HISTORY)) {
      assertThat(files.filter(Files::isDirectory).map(file -> file.getFileName().toString()))
          .as("a record whose history stands here is never removed")
          .isSubsetOf(names);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"name\":\"id\" | \"name\":\"id\"",
        "{\"name\":\"id\",\"type\":\"string\"} |"
            + " {\"name\":\"id\",\"type\":\"string\"},{\"name\":\"x\",\"type\":\"long\",\"default\":0}",
        "{\"name\":\"id\",\"type\":\"string\"} | {\"name\":\"id\",\"doc\":\"d\",\"type\":\"string\"}",
        ",{\"name\":\"note\",\"type\":[\"null\",\"string\"],\"default\":null} | ''",
        "[\"A\",\"B\"] | [\"A\",\"B\",\"C\"]",
      })
  void shouldFindNothingWhenAChangeIsCompatible(String from, String to) {
    assertThat(Compatibility.breaks(List.of(parse(BEFORE), changed(from, to)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"id\",\"type\":\"string\"}, | ''",
        "\"name\":\"id\" | \"name\":\"identifier\"",
        "{\"name\":\"id\",\"type\":\"string\"} |"
            + " {\"name\":\"id\",\"type\":\"string\"},{\"name\":\"x\",\"type\":\"long\"}",
        "\"type\":\"int\" | \"type\":\"long\"",
        "\"type\":\"int\" | \"type\":\"string\"",
        "\"type\":\"int\" | \"type\":[\"null\",\"int\"]",
        "[\"null\",\"string\"] | [\"null\",\"string\",\"long\"]",
        "[\"A\",\"B\"] | [\"B\"]",
        "[\"A\",\"B\"] | [\"B\",\"A\"]",
        "[\"A\",\"B\"] | [\"A\",\"C\",\"B\"]",
        "\"name\":\"a.R\" | \"name\":\"a.S\"",
      })
  void shouldFindTheBreakWhenAChangeIsNotCompatible(String from, String to) {
    assertThat(Compatibility.breaks(List.of(parse(BEFORE), changed(from, to)))).isNotEmpty();
  }

  @Test
  void shouldFindTheBreakWhenOnlyDistantVersionsConflict() {
    // Each step is compatible; the third brings "note" back with another type.
    String note = ",{\"name\":\"note\",\"type\":[\"null\",\"string\"],\"default\":null}";
    Schema second = changed(note, "");
    Schema third = changed(note, ",{\"name\":\"note\",\"type\":\"long\",\"default\":0}");

    assertThat(Compatibility.breaks(List.of(parse(BEFORE), second))).isEmpty();
    assertThat(Compatibility.breaks(List.of(second, third))).isEmpty();
    assertThat(Compatibility.breaks(List.of(parse(BEFORE), second, third)))
        .isNotEmpty()
        .allMatch(fault -> fault.contains("versions 1 and 3"));
  }

  @Test
  void shouldFindTheBreakWhenAFrozenVersionOfARealRecordIsBroken(@TempDir Path history)
      throws IOException {
    Schema current = Records.schema(Records.EVENTS.get(0));
    Schema broken = parse(current.toString().replace("\"event_id\"", "\"event_key\""));
    freeze(history, broken);
    freeze(history, current);
    freeze(history, current);

    List<Schema> versions = released(history, current.getName());

    assertThat(versions).hasSize(2).last().isEqualTo(current);
    assertThat(Compatibility.breaks(versions)).hasSize(2);
  }

  static List<Class<? extends SpecificRecord>> records() {
    return Records.all();
  }

  /** Versions 1 to n, without a gap; none where nothing is released. */
  private static List<Schema> released(Path history, String record) throws IOException {
    Path directory = history.resolve(record);
    List<Schema> versions = new ArrayList<>();
    if (!Files.exists(directory)) {
      return versions;
    }
    try (Stream<Path> files = Files.list(directory)) {
      int count = (int) files.count();
      for (int version = 1; version <= count; version++) {
        versions.add(parse(Files.readString(directory.resolve(version + ".avsc"))));
      }
    }
    return versions;
  }

  private static void freeze(Path history, Schema current) throws IOException {
    List<Schema> versions = released(history, current.getName());
    if (versions.isEmpty() || !versions.get(versions.size() - 1).equals(current)) {
      Path directory = Files.createDirectories(history.resolve(current.getName()));
      Files.writeString(
          directory.resolve(versions.size() + 1 + ".avsc"), current.toString(true) + "\n");
    }
  }

  private static Schema changed(String from, String to) {
    String compact = BEFORE.replaceAll("\\s", "");
    assertThat(compact).contains(from);
    return parse(compact.replace(from, to));
  }

  private static Schema parse(String json) {
    return new Schema.Parser().parse(json);
  }
}
