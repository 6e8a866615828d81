/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.weir.wire.SingleObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes of one populated instance of every record, as they were when the schema was last
 * changed on purpose. After such a change: {@code mvn -pl schemas test -Dgolden.update=true}, which
 * rewrites the files and fails the build, so that no green build has rewritten them.
 */
class GoldenBytesTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final int BYTES_A_LINE = 32;

  @ParameterizedTest
  @MethodSource("records")
  void shouldKeepTheBytesWhenARecordIsEncoded(Class<? extends SpecificRecord> type)
      throws IOException {
    assertKept(type);
  }

  @Test
  void shouldHoldNoOtherFilesWhenTheRecordsAreCounted() throws IOException {
    Map<String, String> expected = expected();
    if (Boolean.getBoolean("golden.update")) {
      update(expected);
      fail("rewrote %s; look at the difference, commit it and build without golden.update", GOLDEN);
    }
    try (Stream<Path> files = Files.list(GOLDEN)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("golden files; mvn -pl schemas test -Dgolden.update=true rewrites them")
          .containsExactlyInAnyOrderElementsOf(expected.keySet());
    }
  }

  static List<Class<? extends SpecificRecord>> records() {
    return Records.all();
  }

  private static <T extends SpecificRecord> void assertKept(Class<T> type) throws IOException {
    SingleObject<T> codec = SingleObject.of(type);
    Path file = GOLDEN.resolve(name(type));
    assertThat(file).as("mvn -pl schemas test -Dgolden.update=true writes it").exists();
    byte[] golden =
        HexFormat.of().parseHex(Files.readString(file, StandardCharsets.UTF_8).replace("\n", ""));

    assertThat(codec.encode(Populated.of(type))).isEqualTo(golden);
    assertThat(codec.decode(golden)).isEqualTo(Populated.of(type));
  }

  private static Map<String, String> expected() {
    Map<String, String> files = new TreeMap<>();
    for (Class<? extends SpecificRecord> type : Records.all()) {
      files.put(name(type), hex(encoded(type)));
    }
    return files;
  }

  private static <T extends SpecificRecord> byte[] encoded(Class<T> type) {
    return SingleObject.of(type).encode(Populated.of(type));
  }

  private static String name(Class<? extends SpecificRecord> type) {
    long fingerprint = SingleObject.fingerprint(Records.schema(type));
    return "%s-%016x.hex".formatted(type.getSimpleName(), fingerprint);
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < bytes.length; at += BYTES_A_LINE) {
      int end = Math.min(bytes.length, at + BYTES_A_LINE);
      text.append(HexFormat.of().formatHex(bytes, at, end)).append('\n');
    }
    return text.toString();
  }

  private static void update(Map<String, String> files) throws IOException {
    Files.createDirectories(GOLDEN);
    try (Stream<Path> old = Files.list(GOLDEN)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(GOLDEN.resolve(file.getKey()), file.getValue());
    }
  }
}
