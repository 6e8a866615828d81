/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineFactsTest {
  private static final LineFacts NOTHING = new LineFacts(null, null, null);

  @Test
  void shouldShowIdsAndTruthWhenLineHasThem() {
    assertThat(
            of(
                """
                {"event_id":"e","x":{"task_id":"no","truth":{"harmful":false}},
                 "task_id":"t","truth":{"kind":["harmful"],"harmful":true}}"""))
        .isEqualTo(new LineFacts("t", "e", true));
    assertThat(of("{\"truth\":{\"harmful\":false}}")).isEqualTo(new LineFacts(null, null, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "[{\"task_id\":\"t\"}]",
        "\"task_id\"",
        "{",
        "{}",
        "}",
        "not json",
        "{\"task_id\":1,\"event_id\":null,\"truth\":true}",
        "{\"truth\":{\"harmful\":\"true\"}}",
        "{\"truth\":{\"harmful\":null}}",
        "{\"truth\":[{\"harmful\":true}]}"
      })
  void shouldShowNothingWhenLineHasNothing(String line) {
    assertThat(of(line)).isEqualTo(NOTHING);
  }

  @Test
  void shouldShowWhatCameBeforeWhenLineBreaksOff() {
    assertThat(of("{\"task_id\":\"t\",\"event_id\":\"e")).isEqualTo(new LineFacts("t", null, null));
    assertThat(of("{\"task_id\":\"t\",\"truth\":{\"harmful\":true,"))
        .isEqualTo(new LineFacts("t", null, null));
  }

  @Test
  void shouldNotThrowWhenNestingIsDeep() {
    String deep = "{\"task_id\":\"t\",\"x\":" + "[".repeat(100_000);

    assertThat(of(deep).taskId()).isEqualTo("t");
  }

  @Test
  void shouldNotThrowWhenBytesAreNotUtf8() {
    byte[] line = "{\"task_id\":\"?\"}".getBytes(UTF_8);
    line[12] = (byte) 0xff;

    assertThat(LineFacts.of(line)).isEqualTo(NOTHING);
    assertThat(LineFacts.of(new byte[] {(byte) 0xfe, (byte) 0xff, 0, 0})).isEqualTo(NOTHING);
  }

  @Property
  void shouldNotThrowWhateverTheBytes(@ForAll byte[] line) {
    assertThat(LineFacts.of(line)).isNotNull();
  }

  @Property
  void shouldNotThrowWhateverStandsWhereJsonShould(@ForAll @From("almostJson") String line) {
    assertThat(of(line)).isNotNull();
  }

  @Provide
  Arbitrary<String> almostJson() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\"task_id\"",
            "\"event_id\"",
            "\"truth\"",
            "\"harmful\"",
            "true",
            "null",
            "1e999999",
            "-",
            "\\u",
            "\\ud800",
            "\u0000",
            "\u20ac",
            "NaN",
            "/*",
            " ")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  private static LineFacts of(String line) {
    return LineFacts.of(line.getBytes(UTF_8));
  }
}
