/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import static dev.weir.action.Actions.full;
import static dev.weir.action.Actions.minimal;
import static dev.weir.action.Actions.refused;
import static dev.weir.action.Actions.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.ActionEvent;
import dev.weir.event.Phase;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refused record shows its identifiers, so that its proposal can be denied. */
class RefusalShownTest {
  private static final Refusal.Shown PROPOSAL = new Refusal.Shown("e-1", "t-1", Phase.PROPOSED);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"x\":NaN",
        "\"x\":-Infinity",
        "\"x\":1e999",
        "\"x\":01",
        "\"x\":\"\\ud800\"",
        "\"x\":\"\\q\"",
        "\"x\":\"\t\"",
        "\"x\":1,\"x\":2",
        "\"x\":{\"a\":1,\"a\":2}",
        "\"x\":[1,]",
        "\"cost\":-1",
        "\"cost\":\"a\"",
        "\"span_id\":7",
        "\"occurred_at\":\"now\"",
        "\"occurred_at\":\"+999999999-12-31T23:59:59Z\"",
        "\"arguments\":{\"a\":1,\"a\":2}",
        "\"arguments\":{\"a\":\"\\udc00\"}",
        "\"arguments\":{\"a\":1e999}",
        "\"arguments\":[]",
        "\"attributes\":{\"a\":{\"event_id\":\"other\"}}",
        "\"trust\":\"MAYBE\"",
      })
  void shouldShowTheIdentifiersWhenTheFaultStandsOnEitherSide(String fault) {
    String proposal =
        full()
            .without("arguments")
            .without("attributes")
            .without("cost")
            .without("span_id")
            .without("trust")
            .without("occurred_at")
            .json();
    String inner = proposal.substring(1, proposal.length() - 1);

    assertThat(refused(utf8("{" + fault + "," + inner + "}")).shown()).isEqualTo(PROPOSAL);
    assertThat(refused(utf8("{" + inner + "," + fault + "}")).shown()).isEqualTo(PROPOSAL);
  }

  @Test
  void shouldShowTheIdentifiersWhenNestingComesFirst() {
    for (int depth : List.of(40, 1_000, 50_000)) {
      String arrays = "[".repeat(depth) + "]".repeat(depth);
      assertThat(full().first("truth", arrays).refusal().shown()).isEqualTo(PROPOSAL);
      assertThat(full().first("arguments", "{\"a\":" + arrays + "}").refusal().shown())
          .isEqualTo(PROPOSAL);
    }
  }

  @Test
  void shouldShowTheIdentifiersWhenSomethingLongComesFirst() {
    assertThat(full().first("x", "1".repeat(5_000)).refusal().shown()).isEqualTo(PROPOSAL);
    assertThat(full().first("k".repeat(60_000), "1").refusal().shown()).isEqualTo(PROPOSAL);
    assertThat(full().first("objective", "\"" + "x".repeat(20_000) + "\"").refusal().shown())
        .isEqualTo(PROPOSAL);
  }

  @Test
  void shouldShowTheIdentifiersWhenTheRecordIsTooLarge() {
    String large = "x".repeat(600_000);
    ActionEvent event = Actions.fullEvent();
    event.setArgumentsRaw(large);

    assertThat(full().first("arguments_raw", "\"" + large + "\"").refusal().shown())
        .isEqualTo(PROPOSAL);
    assertThat(refused(Actions.avro(event)).shown()).isEqualTo(PROPOSAL);
    byte[] cut = Arrays.copyOf(Actions.avro(event), 599_000);
    assertThat(refused(cut).shown()).isEqualTo(Refusal.Shown.NOTHING);
  }

  @Test
  void shouldShowTheIdentifiersWhenTheTextIsNotUtf8() {
    byte[] latin1 = full().first("x", "\"\u00e9\"").json().getBytes(StandardCharsets.ISO_8859_1);

    assertThat(refused(latin1).shown()).isEqualTo(PROPOSAL);
  }

  @Test
  void shouldShowTheIdentifiersWhenThereIsAByteOrderMarkOrTrailingData() {
    assertThat(refused(utf8("\ufeff" + full().json())).shown()).isEqualTo(PROPOSAL);
    assertThat(refused(utf8(full().json() + full().json())).shown()).isEqualTo(PROPOSAL);
  }

  @Test
  void shouldShowWhatStandsBeforeTheEndWhenTheRecordIsCutShort() {
    assertThat(refused(utf8("{\"task_id\":\"t-1\",\"event_id\":\"e-")).shown())
        .isEqualTo(new Refusal.Shown(null, "t-1", null));
  }

  @Test
  void shouldShowNothingWhenThereIsNoObject() {
    for (String text : List.of("[\"event_id\"]", "\"event_id\"", " ", "event_id")) {
      assertThat(refused(utf8(text)).shown()).isEqualTo(Refusal.Shown.NOTHING);
    }
  }

  @Test
  void shouldNotShowAnIdentifierWhenItStandsTwice() {
    assertThat(refused(utf8("{\"task_id\":\"a\",\"event_id\":\"e\",\"task_id\":\"b\"}")).shown())
        .isEqualTo(new Refusal.Shown("e", null, null));
    assertThat(
            refused(utf8("{\"phase\":\"OBSERVED\",\"\\u0070hase\":\"PROPOSED\",\"task_id\":\"a\"}"))
                .shown())
        .isEqualTo(new Refusal.Shown(null, "a", null));
  }

  @Test
  void shouldNotShowAnIdentifierWhenItBreaksItsLimit() {
    Refusal.Shown shown =
        full()
            .withText("event_id", "e".repeat(129))
            .withText("task_id", "t".repeat(256))
            .refusal()
            .shown();

    assertThat(shown).isEqualTo(new Refusal.Shown(null, "t".repeat(256), Phase.PROPOSED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"\\ud800\"", "7", "null", "{}", "[\"t\"]"})
  void shouldNotShowAnIdentifierWhenItIsNotOne(String json) {
    assertThat(full().with("task_id", json).refusal().shown())
        .isEqualTo(new Refusal.Shown("e-1", null, Phase.PROPOSED));
  }

  @Test
  void shouldNotShowAPhaseWhenTheRecordHasNone() {
    assertThat(minimal().without("tool").refusal().shown())
        .isEqualTo(new Refusal.Shown("e-1", "t-1", null));
    assertThat(minimal().withText("phase", "propose").refusal().shown())
        .isEqualTo(new Refusal.Shown("e-1", "t-1", null));
  }

  @Test
  void shouldShowTheIdentifiersWhenAnAvroRecordDecodesAndIsRefused() {
    ActionEvent event = Actions.fullEvent();
    event.setCost(Double.NaN);
    assertThat(refused(Actions.avro(event)).shown()).isEqualTo(PROPOSAL);
    event.setArguments("{");
    assertThat(refused(Actions.avro(event)).shown()).isEqualTo(PROPOSAL);
    event.setTaskId("");
    assertThat(refused(Actions.avro(event)).shown())
        .isEqualTo(new Refusal.Shown("e-1", null, Phase.PROPOSED));
  }
}
