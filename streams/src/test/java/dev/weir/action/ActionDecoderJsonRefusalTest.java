/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import static dev.weir.action.Actions.full;
import static dev.weir.action.Actions.minimal;
import static dev.weir.action.Actions.quoted;
import static dev.weir.action.Actions.refused;
import static dev.weir.action.Actions.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.RefusalReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionDecoderJsonRefusalTest {
  @Test
  void shouldRefuseWhenThereIsNoValue() {
    for (byte[] value : new byte[][] {null, {}}) {
      Intake intake = new ActionDecoder(Limits.DEFAULT).decode(value, Actions.ORIGIN);
      assertThat(intake).isInstanceOf(Refusal.class);
      assertRefused((Refusal) intake, RefusalReason.NO_VALUE, "");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20",
        "200a0d09",
        "22",
        "5b5d",
        "31",
        "6e756c6c",
        "00",
        "0000000001",
        "c3",
        "c301",
        "c3010203040506",
        "7d",
        "0c7b7d",
        "a07b7d"
      })
  void shouldRefuseTheEncodingWhenItIsNeitherAnObjectNorAvro(String hex) {
    assertRefused(refused(HexFormat.of().parseHex(hex)), RefusalReason.UNKNOWN_ENCODING, "");
  }

  @Test
  void shouldSayByteOrderMarkWhenThereIsOne() {
    Refusal refusal = refused(utf8("\ufeff" + minimal().json()));

    assertRefused(refusal, RefusalReason.UNKNOWN_ENCODING, "");
    assertThat(refusal.detail()).contains("byte order mark");
  }

  @Test
  void shouldRefuseWhenTheTextIsUtf16OrUtf32() {
    String json = minimal().json();
    assertRefused(
        refused(json.getBytes(StandardCharsets.UTF_16)), RefusalReason.UNKNOWN_ENCODING, "");
    assertRefused(
        refused(json.getBytes(StandardCharsets.UTF_16BE)), RefusalReason.UNKNOWN_ENCODING, "");
    assertRefused(
        refused(json.getBytes(StandardCharsets.UTF_16LE)), RefusalReason.MALFORMED_JSON, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c080", // overlong NUL
        "c1bf", // overlong, two bytes
        "e0809f", // overlong, three bytes
        "f0808080", // overlong, four bytes
        "eda080", // high surrogate
        "edbfbf", // low surrogate
        "eda0bdedb880", // CESU-8 pair
        "f4908080", // above U+10FFFF
        "f8888080", // five bytes
        "80", // continuation alone
        "c3", // cut short
        "e282", // cut short
        "f09f98", // cut short
        "ff",
        "fe"
      })
  void shouldRefuseTheTextWhenItIsNotUtf8(String hex) {
    byte[] bad = HexFormat.of().parseHex(hex);
    for (String field : new String[] {"objective", "task_id", "unknown", "arguments_raw"}) {
      byte[] value = splice(minimal().withText(field, "~").json(), bad);
      assertRefused(refused(value), RefusalReason.BAD_TEXT, "");
    }
    assertRefused(
        refused(splice(minimal().with("arguments", "{\"~\":1}").json(), bad)),
        RefusalReason.BAD_TEXT,
        "");
  }

  @Test
  void shouldSayHowToWriteItWhenTheShortFormOfPoliciesIsPublished() {
    assertThat(minimal().with("tool", quoted("secret")).refusal().detail())
        .isEqualTo("tool is not an object; write {\"name\": \"...\"}");
    assertThat(minimal().with("agent", quoted("secret")).refusal().detail())
        .isEqualTo("agent is not an object; write {\"id\": \"...\"}");
    assertThat(minimal().with("result", quoted("secret")).refusal().detail())
        .isEqualTo("result is not an object");
  }

  @Test
  void shouldRefuseWhenACharacterIsCutAtTheEnd() {
    byte[] value = splice(minimal().json() + "~", new byte[] {(byte) 0xF0, (byte) 0x9F});
    assertRefused(refused(value), RefusalReason.BAD_TEXT, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "\\udc00", "\\ude00\\ud83d", "a\\ud83d", "\\ud83dx"})
  void shouldRefuseHalfASurrogatePairWhenItIsEscaped(String half) {
    String text = quoted(half);
    assertRefused(minimal().with("event_id", text).refusal(), RefusalReason.BAD_TEXT, "event_id");
    assertRefused(minimal().with("task_id", text).refusal(), RefusalReason.BAD_TEXT, "task_id");
    assertRefused(
        minimal().with("agent", "{\"id\":" + text + "}").refusal(),
        RefusalReason.BAD_TEXT,
        "agent.id");
    assertRefused(minimal().with("objective", text).refusal(), RefusalReason.BAD_TEXT, "objective");
    assertRefused(
        minimal().with("result", "{\"excerpt\":" + text + "}").refusal(),
        RefusalReason.BAD_TEXT,
        "result.excerpt");
    assertRefused(
        minimal().with("arguments", "{\"a\":[" + text + "]}").refusal(),
        RefusalReason.BAD_TEXT,
        "arguments");
    assertRefused(
        minimal().with("arguments", "{" + text + ":1}").refusal(),
        RefusalReason.BAD_TEXT,
        "arguments");
    assertRefused(
        minimal().with("attributes", "{" + text + ":\"v\"}").refusal(),
        RefusalReason.BAD_TEXT,
        "attributes");
    assertRefused(
        minimal().with("attributes", "{\"k\":" + text + "}").refusal(),
        RefusalReason.BAD_TEXT,
        "attributes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\ud800\"",
        "{\"\\ud800\":1}",
        "[{\"a\":[\"\\udc00\"]}]",
      })
  void shouldRefuseHalfASurrogatePairWhenTheFieldIsUnknown(String json) {
    assertRefused(minimal().with("truth", json).refusal(), RefusalReason.BAD_TEXT, "");
    assertRefused(
        minimal().with("agent", "{\"id\":\"a\",\"x\":" + json + "}").refusal(),
        RefusalReason.BAD_TEXT,
        "");
  }

  @Test
  void shouldRefuseHalfASurrogatePairWhenItIsAnUnknownKey() {
    assertRefused(minimal().with("\\ud800", "1").refusal(), RefusalReason.BAD_TEXT, "");
    assertRefused(
        minimal().with("result", "{\"\\udc00\":1}").refusal(), RefusalReason.BAD_TEXT, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event_id\":\"e\",\"event_id\":\"e\"}",
        "{\"x\":1,\"y\":{},\"x\":2}",
        "{\"agent\":{\"id\":\"a\",\"id\":\"b\"}}",
        "{\"tool\":{\"annotations\":{\"read_only_hint\":true,\"read_only_hint\":false}}}",
        "{\"arguments\":{\"cmd\":\"ls\",\"cmd\":\"rm -rf /\"}}",
        "{\"arguments\":{\"a\":[{\"b\":1,\"c\":2,\"b\":3}]}}",
        "{\"arguments\":{\"cmd\":\"ls\",\"\\u0063md\":\"rm\"}}",
        "{\"result\":{\"status\":\"a\",\"status\":\"b\"}}",
        "{\"attributes\":{\"a\":\"1\",\"b\":\"2\",\"a\":\"3\"}}",
        "{\"truth\":{\"a\":[[{\"b\":1,\"b\":1}]]}}",
        "{\"event_id\":[{\"b\":1,\"b\":1}]}",
        "{\"\":1,\"\":2}",
      })
  void shouldRefuseAKeyWhenItStandsTwiceInOneObject(String json) {
    assertRefused(refused(utf8(json)), RefusalReason.DUPLICATE_KEY, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "-Infinity",
        "+1",
        "01",
        ".5",
        "5.",
        "0x1",
        "1e",
        "'a'",
        "True",
        "undefined",
        "",
        "\"\t\"",
        "\"\\x\"",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "/*c*/1",
        "[1 2]",
        "{\"a\" 1}",
        "[",
        "{",
        "}",
        "\""
      })
  void shouldRefuseJsonWhenItIsNotWellFormed(String bad) {
    assertRefused(minimal().with("unknown", bad).refusal(), RefusalReason.MALFORMED_JSON, "");
    assertRefused(
        minimal().with("arguments", "{\"a\":" + bad + "}").refusal(),
        RefusalReason.MALFORMED_JSON,
        "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "x", "\u0000", "1", "\"", ",", "}", "]", "null", "\ufeff", "//"})
  void shouldRefuseWhenSomethingFollowsTheObject(String rest) {
    assertRefused(refused(utf8(minimal().json() + " " + rest)), RefusalReason.MALFORMED_JSON, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "-1e999", "1E+309", "1.8e308"})
  void shouldRefuseANumberWhenItDoesNotFitADouble(String number) {
    assertRefused(minimal().with("cost", number).refusal(), RefusalReason.BAD_NUMBER, "cost");
    assertRefused(
        minimal().with("arguments", "{\"a\":[" + number + "]}").refusal(),
        RefusalReason.BAD_NUMBER,
        "arguments");
    assertRefused(minimal().with("truth", number).refusal(), RefusalReason.BAD_NUMBER, "");
    assertRefused(
        minimal().with("tool", "{\"name\":\"t\",\"x\":[{\"a\":" + number + "}]}").refusal(),
        RefusalReason.BAD_NUMBER,
        "");
  }

  @Test
  void shouldRefuseAWholeNumberWhenItDoesNotFitADouble() {
    assertRefused(
        minimal().with("arguments", "{\"a\":1" + "0".repeat(400) + "}").refusal(),
        RefusalReason.BAD_NUMBER,
        "arguments");
    assertRefused(
        minimal().with("cost", "1" + "0".repeat(400)).refusal(), RefusalReason.BAD_NUMBER, "cost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-1e-300", "-5e-324"})
  void shouldRefuseTheCostWhenItIsNegative(String cost) {
    assertRefused(minimal().with("cost", cost).refusal(), RefusalReason.BAD_NUMBER, "cost");
  }

  @ParameterizedTest
  @CsvSource({
    "event_id, 1",
    "event_id, {}",
    "event_id, [1]",
    "event_id, true",
    "task_id, 1",
    "proposal_id, 1",
    "phase, 1",
    "occurred_at, true",
    "occurred_at, 1.5",
    "occurred_at, 1e3",
    "occurred_at, 9223372036854775808",
    "occurred_at, {}",
    "agent, '\"a\"'",
    "agent, []",
    "tool, '\"t\"'",
    "tool, 1",
    "arguments, '\"{}\"'",
    "arguments, '[]'",
    "arguments, 0",
    "arguments_raw, {}",
    "arguments_state, false",
    "objective, []",
    "environment, {}",
    "result, '\"OK\"'",
    "trust, 0",
    "parent_event_id, 1",
    "trace_id, 1",
    "span_id, 1",
    "conversation_id, 1",
    "cost, '\"1\"'",
    "cost, true",
    "requested_tier, 1",
    "language, 1",
    "principal_group, 1",
    "source_seq, 1.0",
    "source_seq, '\"1\"'",
    "source_seq, 9223372036854775808",
    "attributes, []",
    "attributes, '\"a\"'",
  })
  void shouldNameTheFieldWhenItsTypeIsWrong(String field, String json) {
    assertRefused(minimal().with(field, json).refusal(), RefusalReason.WRONG_TYPE, field);
    assertRefused(full().first(field, json).refusal(), RefusalReason.WRONG_TYPE, field);
  }

  @ParameterizedTest
  @CsvSource({
    "agent, id, 1",
    "agent, name, {}",
    "agent, model, []",
    "agent, provider, 1",
    "agent, version, 2",
    "agent, principal, true",
    "tool, name, 1",
    "tool, server, 1",
    "tool, call_id, 7",
    "tool, type, 1",
    "tool, annotations, 1",
    "result, status, 200",
    "result, excerpt, {}",
    "result, partial, 1",
  })
  void shouldNameTheNestedFieldWhenItsTypeIsWrong(String record, String field, String json) {
    String other = field.equals("id") || field.equals("name") ? "" : ",\"id\":\"a\",\"name\":\"n\"";
    assertRefused(
        minimal().with(record, "{\"" + field + "\":" + json + other + "}").refusal(),
        RefusalReason.WRONG_TYPE,
        record + "." + field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"read_only_hint", "destructive_hint", "idempotent_hint", "open_world_hint"})
  void shouldNameTheHintWhenItIsNotABoolean(String hint) {
    assertRefused(
        minimal()
            .with("tool", "{\"name\":\"t\",\"annotations\":{\"" + hint + "\":\"true\"}}")
            .refusal(),
        RefusalReason.WRONG_TYPE,
        "tool.annotations." + hint);
  }

  @Test
  void shouldNameTheAttributesWhenOneIsNotText() {
    assertRefused(
        minimal().with("attributes", "{\"a\":1}").refusal(),
        RefusalReason.WRONG_TYPE,
        "attributes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_id", "occurred_at", "task_id", "agent", "tool"})
  void shouldNameTheFieldWhenItIsRequiredAndMissing(String field) {
    assertRefused(minimal().without(field).refusal(), RefusalReason.MISSING_FIELD, field);
    assertRefused(minimal().with(field, "null").refusal(), RefusalReason.MISSING_FIELD, field);
  }

  @ParameterizedTest
  @CsvSource({
    "event_id, '\"\"', event_id",
    "task_id, '\"\"', task_id",
    "agent, {}, agent.id",
    "agent, '{\"id\":\"\"}', agent.id",
    "agent, '{\"id\":null}', agent.id",
    "tool, {}, tool.name",
    "tool, '{\"name\":\"\"}', tool.name",
    "attributes, '{\"\":\"x\"}', attributes",
  })
  void shouldNameTheFieldWhenItIsRequiredAndEmpty(String field, String json, String fault) {
    assertRefused(minimal().with(field, json).refusal(), RefusalReason.MISSING_FIELD, fault);
  }

  @Test
  void shouldRefuseWhenTheObjectIsEmpty() {
    assertRefused(refused(utf8("{}")), RefusalReason.MISSING_FIELD, "event_id");
  }

  @ParameterizedTest
  @CsvSource({
    "phase, DONE",
    "phase, proposed",
    "phase, ''",
    "arguments_state, GONE",
    "environment, PROD",
    "trust, trusted",
  })
  void shouldNameTheFieldWhenItsValueIsNotAllowed(String field, String value) {
    Refusal refusal = minimal().withText(field, value).refusal();

    assertRefused(refusal, RefusalReason.BAD_VALUE, field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"yesterday\"",
        "\"2026-03-01\"",
        "\"2026-03-01T11:00:00\"",
        "\"2026-02-30T00:00:00Z\"",
        "\"1772362800000\"",
        "\"2026-03-01 11:00:00Z\"",
        "\"1969-12-31T23:59:59.999Z\"",
        "\"1970-01-01T00:30:00+01:00\"",
        "-1",
        "-9223372036854775808",
        "9223372036854775807",
        "253402300800000",
        "\"+10000-01-01T00:00:00Z\"",
        "\"+999999999-12-31T23:59:59Z\"",
        "\"-999999999-01-01T00:00:00Z\"",
        "\"+999999999-12-31T23:59:59+00:00\"",
        "\"+1000000000-12-31T23:59:59.999999999Z\"",
        "\"-1000000000-01-01T00:00:00Z\"",
      })
  void shouldRefuseTheTimeWhenItCannotBeReadOrHeld(String json) {
    assertRefused(
        minimal().with("occurred_at", json).refusal(), RefusalReason.BAD_TIME, "occurred_at");
  }

  @Test
  void shouldReportTheFirstFaultWhenThereAreSeveral() {
    Refusal refusal =
        minimal().first("span_id", "1").with("trace_id", "2").with("cost", "-1").refusal();

    assertRefused(refusal, RefusalReason.WRONG_TYPE, "span_id");
  }

  @Test
  void shouldKeepThePayloadOutWhenItRefuses() {
    String secret = "hunter2hunter2";
    for (Actions action :
        new Actions[] {
          minimal().withText("phase", secret),
          minimal().withText("occurred_at", secret),
          minimal().with("unknown", secret),
          minimal().with("unknown", "{\"" + secret + "\":1,\"" + secret + "\":2}"),
          minimal().with(secret, "\"\\ud800\""),
          minimal().with(secret, "1e999"),
          minimal().with("agent", quoted(secret)),
          minimal().with("attributes", "{\"" + secret + "\":1}"),
          minimal().with("attributes", "{\"" + secret + "\":\"\\ud800\"}"),
          minimal().with("arguments", "{\"" + secret + "\":\"\\ud800\"}"),
          minimal().with("arguments", "{\"a\":\"" + secret + "\\q\"}"),
          minimal().with("arguments", "{\"a\":" + secret + "}"),
          minimal().withText("proposal_id", secret.repeat(100)),
          minimal().withText("span_id", secret).without("tool"),
        }) {
      Refusal refusal = action.refusal();
      assertThat(refusal.detail()).isNotBlank().doesNotContain(secret.substring(0, 4));
      assertThat(refusal.field()).doesNotContain(secret.substring(0, 4));
    }
  }

  private static void assertRefused(Refusal refusal, RefusalReason reason, String field) {
    assertThat(refusal.reason()).as(refusal.toString()).isEqualTo(reason);
    assertThat(refusal.field()).as(refusal.toString()).isEqualTo(field);
    assertThat(refusal.detail()).isNotBlank().doesNotContain("\n");
  }

  /** {@code text} in UTF-8 with the one ~ in it replaced. */
  private static byte[] splice(String text, byte[] bytes) {
    int at = text.indexOf('~');
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(utf8(text.substring(0, at)));
    out.writeBytes(bytes);
    out.writeBytes(utf8(text.substring(at + 1)));
    return out.toByteArray();
  }
}
