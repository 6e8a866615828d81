/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import static dev.weir.action.Actions.accepted;
import static dev.weir.action.Actions.full;
import static dev.weir.action.Actions.minimal;
import static dev.weir.action.Actions.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.ArgumentsState;
import dev.weir.event.Environment;
import dev.weir.event.Phase;
import dev.weir.event.Trust;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionDecoderJsonTest {
  @Test
  void shouldFillDefaultsWhenOnlyRequiredFieldsAreThere() {
    Action action = minimal().action();

    assertThat(action.event()).isEqualTo(Actions.minimalEvent());
    assertThat(action.event().getPhase()).isEqualTo(Phase.OBSERVED);
    assertThat(action.event().getArgumentsState()).isEqualTo(ArgumentsState.ABSENT);
    assertThat(action.event().getEnvironment()).isEqualTo(Environment.UNKNOWN);
    assertThat(action.event().getTrust()).isEqualTo(Trust.UNTRUSTED);
    assertThat(action.arguments()).isEmpty();
    assertThat(action.unknownKeys()).isZero();
  }

  @Test
  void shouldKeepEveryFieldWhenAllAreThere() {
    assertThat(full().action().event()).isEqualTo(Actions.fullEvent());
  }

  @Test
  void shouldEqualTheAvroEventWhenTheSameActionComesAsJson() {
    Action json = full().action();
    Action avro = accepted(Actions.avro(Actions.fullEvent()));

    assertThat(json.event()).isEqualTo(avro.event());
    assertThat(json.arguments()).isEqualTo(avro.arguments());
    assertThat(accepted(Actions.avro(json.event())).event()).isEqualTo(json.event());
  }

  @Test
  void shouldDigestTheBytesAsReceivedWhenWhiteSpaceDiffers() throws Exception {
    byte[] value = utf8(" \t\r\n" + minimal().json() + "\n ");

    Action action = accepted(value);

    assertThat(action.value()).isSameAs(value);
    assertThat(action.digest()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(value));
    assertThat(action.digest()).isNotEqualTo(minimal().action().digest());
    assertThat(action.event()).isEqualTo(Actions.minimalEvent());
  }

  @Test
  void shouldNameItsSourceWhenAsked() {
    assertThat(minimal().action().source()).isEqualTo("weir.actions");
    assertThat(minimal().action().origin()).isEqualTo(Actions.ORIGIN);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"2026-03-01T11:00:00Z\"', 2026-03-01T11:00:00Z",
    "'\"2026-03-01T11:00:00.1239Z\"', 2026-03-01T11:00:00.123Z",
    "'\"2026-03-01T11:00:00+05:30\"', 2026-03-01T05:30:00Z",
    "'\"2026-02-28T23:30:00-01:00\"', 2026-03-01T00:30:00Z",
    "'\"2026-03-01T11:00+00:00\"', 2026-03-01T11:00:00Z",
    "'\"2026-03-01T11:00Z\"', 2026-03-01T11:00:00Z",
    "1772362800000, 2026-03-01T11:00:00Z",
    "0, 1970-01-01T00:00:00Z",
    "-0, 1970-01-01T00:00:00Z",
    "'\"1970-01-01T00:00:00Z\"', 1970-01-01T00:00:00Z",
    "'\"1969-12-31T23:30:00-01:00\"', 1970-01-01T00:30:00Z",
  })
  void shouldReadTheTimeWhenItIsIsoOrEpochMilliseconds(String json, Instant expected) {
    assertThat(minimal().with("occurred_at", json).action().event().getOccurredAt())
        .isEqualTo(expected);
  }

  @Test
  void shouldTakeEveryFieldAsAbsentWhenItIsNull() {
    Actions nulls = minimal();
    for (String field :
        List.of(
            "phase",
            "proposal_id",
            "arguments",
            "arguments_raw",
            "arguments_state",
            "objective",
            "environment",
            "result",
            "trust",
            "parent_event_id",
            "trace_id",
            "span_id",
            "conversation_id",
            "cost",
            "requested_tier",
            "language",
            "principal_group",
            "source_seq",
            "attributes")) {
      nulls.with(field, "null");
    }

    Action action = nulls.action();

    assertThat(action.event()).isEqualTo(Actions.minimalEvent());
    assertThat(action.unknownKeys()).isZero();
  }

  @Test
  void shouldTakeNestedFieldsAsAbsentWhenTheyAreNull() {
    Action action =
        minimal()
            .with("agent", "{\"id\":\"a-1\",\"name\":null,\"principal\":null}")
            .with("tool", "{\"name\":\"send_mail\",\"server\":null,\"annotations\":null}")
            .with("result", "{\"status\":null,\"excerpt\":null,\"partial\":null}")
            .action();

    assertThat(action.event().getAgent()).isEqualTo(Actions.minimalEvent().getAgent());
    assertThat(action.event().getTool()).isEqualTo(Actions.minimalEvent().getTool());
    assertThat(action.event().getResult().getPartial()).isFalse();
  }

  @Test
  void shouldTellEmptyArgumentsFromAbsentOnesWhenBothOccur() {
    assertThat(minimal().action().event().getArgumentsState()).isEqualTo(ArgumentsState.ABSENT);
    assertThat(minimal().with("arguments", "{}").action().event().getArgumentsState())
        .isEqualTo(ArgumentsState.PRESENT);
    assertThat(minimal().with("arguments_raw", "\"\"").action().event().getArgumentsState())
        .isEqualTo(ArgumentsState.PRESENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"REDACTED", "HASHED"})
  void shouldKeepTheArgumentsStateWhenItIsDeclared(String state) {
    assertThat(minimal().withText("arguments_state", state).action().event().getArgumentsState())
        .hasToString(state);
  }

  @Test
  void shouldSayAbsentWhenPresentArgumentsAreDeclaredAndMissing() {
    assertThat(
            minimal().withText("arguments_state", "PRESENT").action().event().getArgumentsState())
        .isEqualTo(ArgumentsState.ABSENT);
  }

  @Test
  void shouldKeepTheArgumentsTextWhenItIsOddlySpaced() {
    String text = "{ \"caf\\u00e9\" :\t[ 1 ,\n{ } ] , \"\ud83d\ude00\":\"}\\\"\" }";

    Action action = minimal().with("objective", "\"é\"").first("arguments", text).action();

    assertThat(action.event().getArguments()).isEqualTo(text);
    assertThat(action.arguments())
        .isEqualTo(Map.of("café", List.of(1L, Map.of()), "\ud83d\ude00", "}\""));
  }

  @Test
  void shouldParseEveryKindOfValueWhenArgumentsHoldThem() {
    Action action =
        minimal()
            .with(
                "arguments",
                "{\"i\":9223372036854775807,\"m\":-9223372036854775808,\"b\":9223372036854775808,"
                    + "\"d\":1e2,\"z\":-0.0,\"t\":true,\"f\":false,\"n\":null,\"s\":\"\","
                    + "\"a\":[],\"o\":{}}")
            .action();

    Map<String, Object> expected = new HashMap<>();
    expected.put("i", Long.MAX_VALUE);
    expected.put("m", Long.MIN_VALUE);
    expected.put("b", 0x1p63);
    expected.put("d", 100.0);
    expected.put("z", -0.0);
    expected.put("t", true);
    expected.put("f", false);
    expected.put("n", null);
    expected.put("s", "");
    expected.put("a", List.of());
    expected.put("o", Map.of());
    assertThat(action.arguments()).isEqualTo(expected);
  }

  @Test
  void shouldCountUnknownKeysAtEveryLevelWhenThereAreSome() {
    Action action =
        minimal()
            .with("truth", "{\"harmful\":true,\"deep\":[[{\"a\":1}]]}")
            .with("Event_id", "7")
            .with("agent", "{\"id\":\"a-1\",\"x\":1}")
            .with("tool", "{\"name\":\"send_mail\",\"y\":[],\"annotations\":{\"z\":null}}")
            .with("result", "{\"w\":0.5}")
            .action();

    assertThat(action.unknownKeys()).isEqualTo(6);
    assertThat(action.event().getEventId()).isEqualTo("e-1");
  }

  @Test
  void shouldNotCountKeysInsideArgumentsWhenTheyAreAnything() {
    assertThat(minimal().with("arguments", "{\"truth\":1}").action().unknownKeys()).isZero();
  }

  @Test
  void shouldLeaveOutAnAttributeWhenItIsNull() {
    assertThat(
            minimal()
                .with("attributes", "{\"a\":null,\"b\":\"x\"}")
                .action()
                .event()
                .getAttributes())
        .isEqualTo(Map.of("b", "x"));
  }

  @Test
  void shouldDecodeAlikeWhenLargeAndSmallRecordsAlternate() {
    ActionDecoder decoder = new ActionDecoder(Limits.DEFAULT);
    byte[] large = minimal().withText("arguments_raw", "é".repeat(100_000)).bytes();
    byte[] broken = Arrays.copyOf(large, large.length - 2);

    for (int i = 0; i < 3; i++) {
      assertThat(decoder.decode(large, Actions.ORIGIN)).isInstanceOf(Action.class);
      assertThat(decoder.decode(broken, Actions.ORIGIN)).isInstanceOf(Refusal.class);
      assertThat(decoder.decode(minimal().bytes(), Actions.ORIGIN))
          .isInstanceOfSatisfying(
              Action.class, a -> assertThat(a.event()).isEqualTo(Actions.minimalEvent()));
    }
  }

  @Test
  void shouldAcceptAHundredThousandKeysWhenTheRecordIsWithinItsLength() {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      keys.append(i == 0 ? "" : ",").append('"').append(Integer.toString(i, 36)).append("\":1");
    }
    StringBuilder unknown = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      unknown.append(",\"u").append(Integer.toString(i, 36)).append("\":1");
    }
    String json = minimal().with("arguments", "{" + keys + "}").json();
    String record = json.substring(0, json.length() - 1) + unknown + "}";

    Action action = accepted(utf8(record));

    assertThat(action.arguments()).hasSize(30_000);
    assertThat(action.unknownKeys()).isEqualTo(20_000);
  }

  @Test
  void shouldAcceptKeysWhenTheirHashesCollide() {
    String keys = HashCollisions.object(4096);

    Action action = minimal().with("arguments", keys).action();

    assertThat(action.arguments()).hasSize(4096);
  }

  @Test
  void shouldDecideAlikeWhenEarlierRecordsHeldCollidingKeys() {
    ActionDecoder used = new ActionDecoder(Limits.DEFAULT);
    byte[] probe = minimal().with("arguments", HashCollisions.object(140)).bytes();
    for (int i = 1; i < 40; i++) {
      used.decode(
          minimal().with("arguments", HashCollisions.object(i * 100)).bytes(), Actions.ORIGIN);
    }

    assertThat(used.decode(probe, Actions.ORIGIN)).isInstanceOf(Action.class);
    assertThat(Actions.decoded(probe)).isInstanceOf(Action.class);
  }
}
