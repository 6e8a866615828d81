/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import static dev.weir.action.Actions.minimal;
import static dev.weir.action.Actions.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.ActionEvent;
import dev.weir.event.RefusalReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every limit at its edge: exactly at it is accepted, one over is refused. */
class LimitsTest {
  @ParameterizedTest
  @CsvSource({
    "event_id, 128",
    "proposal_id, 128",
    "parent_event_id, 128",
    "task_id, 256",
    "trace_id, 256",
    "span_id, 256",
    "conversation_id, 256",
    "requested_tier, 256",
    "language, 256",
    "principal_group, 256",
    "objective, 16384",
    "arguments_raw, 262144",
  })
  void shouldHoldTextToItsBytesWhenItIsAtTheTopLevel(String field, int limit) {
    assertEdge(field, limit, text -> minimal().withText(field, text));
  }

  @ParameterizedTest
  @CsvSource({
    "agent, id, 256",
    "agent, name, 256",
    "agent, model, 256",
    "agent, provider, 256",
    "agent, version, 256",
    "agent, principal, 256",
    "tool, name, 256",
    "tool, server, 256",
    "tool, call_id, 256",
    "tool, type, 256",
    "result, status, 256",
    "result, excerpt, 16384",
  })
  void shouldHoldTextToItsBytesWhenItIsNested(String record, String field, int limit) {
    Map<String, String> required = Map.of("agent", "id", "tool", "name", "result", "status");
    String other = required.get(record);
    assertEdge(
        record + "." + field,
        limit,
        text ->
            minimal()
                .with(
                    record,
                    other.equals(field)
                        ? "{\"" + field + "\":\"" + text + "\"}"
                        : "{\"" + other + "\":\"o\",\"" + field + "\":\"" + text + "\"}"));
  }

  @Test
  void shouldHoldAttributesToTheirBytesWhenTheyAreLong() {
    assertEdge(
        "attributes", 1024, text -> minimal().with("attributes", "{\"k\":\"" + text + "\"}"));
    assertEdge("attributes", 256, text -> minimal().with("attributes", "{\"" + text + "\":\"v\"}"));
  }

  @Test
  void shouldHoldAttributesToTheirNumberWhenThereAreMany() {
    IntFunction<String> attributes =
        count ->
            IntStream.range(0, count)
                .mapToObj(i -> "\"" + i + "\":\"v\"")
                .collect(Collectors.joining(",", "{", "}"));

    assertAccepted(minimal().with("attributes", attributes.apply(64)));
    assertRefused(
        minimal().with("attributes", attributes.apply(65)),
        RefusalReason.FIELD_TOO_LONG,
        "attributes");
    assertRefused(
        minimal().with("attributes", attributes.apply(20_000)),
        RefusalReason.FIELD_TOO_LONG,
        "attributes");
  }

  @Test
  void shouldHoldArgumentsToTheBytesOfTheirTextWhenTheyAreLong() {
    int frame = "{\"a\":\"\"}".length();
    String fits = "{\"a\":\"" + "x".repeat(262_144 - frame) + "\"}";

    assertAccepted(minimal().with("arguments", fits));
    assertRefused(
        minimal().with("arguments", fits.replace("{", "{ ")),
        RefusalReason.FIELD_TOO_LONG,
        "arguments");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldHoldArgumentsToTheirDepthWhenTheyAreNested(boolean arrays) {
    String open = arrays ? "[" : "{\"a\":";
    String close = arrays ? "]" : "}";
    IntFunction<String> nested =
        depth -> "{\"a\":" + open.repeat(depth - 1) + "1" + close.repeat(depth - 1) + "}";

    assertAccepted(minimal().with("arguments", nested.apply(32)));
    assertRefused(
        minimal().with("arguments", nested.apply(33)), RefusalReason.TOO_DEEP, "arguments");
    assertRefused(
        minimal().with("arguments", nested.apply(50_000)), RefusalReason.TOO_DEEP, "arguments");
    ActionEvent event = Actions.minimalEvent();
    event.setArguments(nested.apply(32));
    assertThat(Actions.decoded(Actions.avro(event))).isInstanceOf(Action.class);
    event.setArguments(nested.apply(33));
    Refusal refusal = Actions.refused(Actions.avro(event));
    assertThat(refusal.reason()).isEqualTo(RefusalReason.TOO_DEEP);
    assertThat(refusal.field()).isEqualTo("arguments");
  }

  @Test
  void shouldHoldUnknownFieldsToADepthWhenTheyAreNested() {
    for (List<String> marks : List.of(List.of("[", "]"), List.of("{\"a\":", "}"))) {
      IntFunction<String> nested =
          depth -> marks.get(0).repeat(depth) + "1" + marks.get(1).repeat(depth);
      assertAccepted(minimal().with("truth", nested.apply(35)));
      assertRefused(minimal().with("truth", nested.apply(36)), RefusalReason.TOO_DEEP, "");
      assertRefused(minimal().with("truth", nested.apply(50_000)), RefusalReason.TOO_DEEP, "");
    }
  }

  @Test
  void shouldHoldTheRecordToItsBytesWhenItIsLong() {
    byte[] json = minimal().bytes();
    byte[] fits = utf8(minimal().json() + " ".repeat((512 << 10) - json.length));
    byte[] over = utf8(minimal().json() + " ".repeat((512 << 10) - json.length + 1));

    assertThat(Actions.decoded(fits)).isInstanceOf(Action.class);
    Refusal refusal = Actions.refused(over);
    assertThat(refusal.reason()).isEqualTo(RefusalReason.TOO_LARGE);
    assertThat(refusal.field()).isEmpty();
    assertThat(refusal.detail()).contains("524289", "524288");
  }

  @Test
  void shouldHoldNumbersToTheirDigitsWhenTheyAreLong() {
    String fits = "0." + "1".repeat(998);
    assertAccepted(minimal().with("arguments", "{\"a\":" + fits + "}"));
    assertAccepted(minimal().with("truth", fits));
    for (String number : List.of("0." + "1".repeat(5000), "1".repeat(5000), "1".repeat(400_000))) {
      assertRefused(minimal().with("truth", number), RefusalReason.FIELD_TOO_LONG, "");
      assertRefused(
          minimal().with("arguments", "{\"a\":" + number + "}"), RefusalReason.FIELD_TOO_LONG, "");
    }
  }

  @Test
  void shouldHoldKeysToTheirLengthWhenTheyAreLong() {
    assertAccepted(minimal().with("arguments", "{\"" + "k".repeat(50_000) + "\":1}"));
    assertRefused(
        minimal().with("arguments", "{\"" + "k".repeat(50_001) + "\":1}"),
        RefusalReason.FIELD_TOO_LONG,
        "");
  }

  @Test
  void shouldHoldTheTimeToADayAheadWhenTheSendersClockRunsFast() {
    Instant edge = Actions.RECEIVED.plusSeconds(24 * 60 * 60);

    assertAccepted(minimal().withText("occurred_at", edge.toString()));
    assertRefused(
        minimal().with("occurred_at", Long.toString(edge.toEpochMilli() + 1)),
        RefusalReason.BAD_TIME,
        "occurred_at");
  }

  @Test
  void shouldBelieveAnyTimeWhenALogIsReplayed() {
    ActionDecoder decoder = new ActionDecoder(Limits.DEFAULT.withAheadMs(Long.MAX_VALUE));
    Origin unstamped = new Origin("weir.actions", 0, 0, -1);

    assertThat(
            decoder.decode(
                minimal().withText("occurred_at", "9999-12-31T23:59:59.999Z").bytes(), unstamped))
        .isInstanceOf(Action.class);
    assertThat(decoder.decode(minimal().with("occurred_at", "253402300800000").bytes(), unstamped))
        .isInstanceOf(Refusal.class);
  }

  private static void assertEdge(String field, int limit, Function<String, Actions> action) {
    assertAccepted(action.apply("x".repeat(limit)));
    assertAccepted(action.apply("\u00e9".repeat(limit / 2)));
    assertAccepted(action.apply("\ud83d\ude00".repeat(limit / 4)));
    assertAccepted(action.apply("\u20ac".repeat(limit / 3) + "x".repeat(limit % 3)));
    assertRefused(action.apply("x".repeat(limit + 1)), RefusalReason.FIELD_TOO_LONG, field);
    assertRefused(
        action.apply("\u00e9".repeat(limit / 2) + "x"), RefusalReason.FIELD_TOO_LONG, field);
    assertRefused(
        action.apply("\ud83d\ude00".repeat(limit / 4) + "x"), RefusalReason.FIELD_TOO_LONG, field);
    assertRefused(
        action.apply("\u20ac".repeat(limit / 3) + "x".repeat(limit % 3 + 1)),
        RefusalReason.FIELD_TOO_LONG,
        field);
  }

  private static void assertAccepted(Actions action) {
    assertThat(Actions.decoded(action.bytes())).isInstanceOf(Action.class);
  }

  private static void assertRefused(Actions action, RefusalReason reason, String field) {
    Refusal refusal = action.refusal();
    assertThat(refusal.reason()).as(refusal.toString()).isEqualTo(reason);
    assertThat(refusal.field()).as(refusal.toString()).isEqualTo(field);
  }
}
