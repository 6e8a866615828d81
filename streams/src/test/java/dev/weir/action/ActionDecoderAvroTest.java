/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import static dev.weir.action.Actions.accepted;
import static dev.weir.action.Actions.avro;
import static dev.weir.action.Actions.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.event.ActionEvent;
import dev.weir.event.ArgumentsState;
import dev.weir.event.RefusalReason;
import dev.weir.wire.SingleObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionDecoderAvroTest {
  @Test
  void shouldKeepEveryFieldWhenAllAreThere() {
    Action action = accepted(avro(Actions.fullEvent()));

    assertThat(action.event()).isEqualTo(Actions.fullEvent());
    assertThat(action.arguments()).isEqualTo(Actions.full().action().arguments());
    assertThat(action.digest()).isEqualTo(Digest.of(action.value()));
    assertThat(action.unknownKeys()).isZero();
  }

  @Test
  void shouldSettleTheArgumentsStateWhenItContradictsTheArguments() {
    ActionEvent event = Actions.minimalEvent();
    event.setArgumentsState(ArgumentsState.PRESENT);
    assertThat(accepted(avro(event)).event().getArgumentsState()).isEqualTo(ArgumentsState.ABSENT);
    event.setArguments(" { } ");
    event.setArgumentsState(ArgumentsState.ABSENT);
    assertThat(accepted(avro(event)).event().getArgumentsState()).isEqualTo(ArgumentsState.PRESENT);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 0x0123456789abcdefL, Long.MIN_VALUE})
  void shouldRefuseTheSchemaWhenItsFingerprintIsUnknown(long difference) {
    byte[] value = avro(Actions.minimalEvent());
    for (int i = 0; i < 8; i++) {
      value[2 + i] ^= difference == 0 ? (byte) 0xff : (byte) (difference >>> 8 * i);
    }

    Refusal refusal = refused(value);

    assertRefused(refusal, RefusalReason.UNKNOWN_SCHEMA, "");
    assertThat(refusal.detail()).contains("%016x".formatted(SingleObject.fingerprint(value)));
  }

  @Test
  void shouldRefuseWhenTheRecordIsCutAnywhere() {
    byte[] value = avro(Actions.fullEvent());
    for (int length = 1; length < value.length; length++) {
      assertRefused(
          refused(Arrays.copyOf(value, length)),
          length < SingleObject.HEADER_BYTES
              ? RefusalReason.UNKNOWN_ENCODING
              : RefusalReason.MALFORMED_AVRO,
          "");
    }
  }

  @Test
  void shouldRefuseWhenBytesFollowTheRecord() {
    byte[] value = avro(Actions.fullEvent());

    assertRefused(
        refused(Arrays.copyOf(value, value.length + 1)), RefusalReason.MALFORMED_AVRO, "");
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        -1,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE - 8,
        1L << 31,
        1L << 32,
        1L << 40,
        500_000_000
      })
  void shouldRefuseWithoutAllocatingWhenALengthIsNotTheRecords(long length) {
    byte[] text = written(out -> out.writeLong(length));
    byte[] map = spliceAttributes(out -> out.writeLong(length));
    byte[] sizedMap =
        spliceAttributes(
            out -> {
              out.writeLong(-3);
              out.writeLong(length);
            });
    refused(text);

    long before = allocatedBytes();
    Refusal onText = refused(text);
    Refusal onMap = refused(map);
    refused(sizedMap);
    long allocated = allocatedBytes() - before;

    assertRefused(onText, RefusalReason.MALFORMED_AVRO, "");
    assertRefused(onMap, RefusalReason.MALFORMED_AVRO, "");
    assertThat(allocated).isLessThan(1 << 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"c080", "eda080", "ff", "c3", "f4908080"})
  void shouldRefuseTextWhenItIsNotUtf8(String hex) {
    byte[] bad = HexFormat.of().parseHex(hex);

    assertRefused(refused(written(out -> out.writeBytes(bad))), RefusalReason.MALFORMED_AVRO, "");
    assertRefused(
        refused(
            spliceAttributes(
                out -> {
                  out.writeLong(1);
                  out.writeBytes(bad);
                  out.writeString("v");
                  out.writeLong(0);
                })),
        RefusalReason.MALFORMED_AVRO,
        "");
  }

  @Test
  void shouldKeepTheReplacementCharacterWhenItWasSent() {
    ActionEvent event = Actions.minimalEvent();
    event.setEventId("\ufffd");

    assertThat(accepted(avro(event)).event().getEventId()).isEqualTo("\ufffd");
  }

  @Test
  void shouldRefuseAttributesWhenAKeyStandsTwice() {
    assertRefused(
        refused(
            spliceAttributes(
                out -> {
                  out.writeLong(2);
                  out.writeString("k");
                  out.writeString("a");
                  out.writeString("k");
                  out.writeString("b");
                  out.writeLong(0);
                })),
        RefusalReason.MALFORMED_AVRO,
        "");
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, -4.9e-324})
  void shouldRefuseTheCostWhenItIsNotFiniteOrNegative(double cost) {
    assertRefused(event -> event.setCost(cost), RefusalReason.BAD_NUMBER, "cost");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 253_402_300_800_000L})
  void shouldRefuseTheTimeWhenItIsOutOfRange(long ms) {
    assertRefused(
        event -> event.setOccurredAt(Instant.ofEpochMilli(ms)),
        RefusalReason.BAD_TIME,
        "occurred_at");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; WRONG_TYPE",
        "[]; WRONG_TYPE",
        "1; WRONG_TYPE",
        "null; WRONG_TYPE",
        "{; MALFORMED_JSON",
        "{}x; MALFORMED_JSON",
        "{} {}; MALFORMED_JSON",
        "{\"a\":NaN}; MALFORMED_JSON",
        "{\"a\":1,\"a\":2}; DUPLICATE_KEY",
        "{\"a\":1e999}; BAD_NUMBER",
        "{\"a\":\"\\ud800\"}; BAD_TEXT",
        "\ufeff{}; MALFORMED_JSON",
      })
  void shouldNameTheArgumentsWhenTheirTextIsNotASoundObject(String text, String reason) {
    assertRefused(event -> event.setArguments(text), RefusalReason.valueOf(reason), "arguments");
  }

  @Test
  void shouldNameTheFieldWhenItBreaksItsLimit() {
    assertRefused(event -> event.setEventId(""), RefusalReason.MISSING_FIELD, "event_id");
    assertRefused(event -> event.setTaskId(""), RefusalReason.MISSING_FIELD, "task_id");
    assertRefused(event -> event.getAgent().setId(""), RefusalReason.MISSING_FIELD, "agent.id");
    assertRefused(event -> event.getTool().setName(""), RefusalReason.MISSING_FIELD, "tool.name");
    assertRefused(
        event -> event.setEventId("e".repeat(129)), RefusalReason.FIELD_TOO_LONG, "event_id");
    assertRefused(
        event -> event.setObjective("o".repeat((16 << 10) + 1)),
        RefusalReason.FIELD_TOO_LONG,
        "objective");
    assertRefused(
        event -> event.setArguments("{\"a\":\"" + "x".repeat(256 << 10) + "\"}"),
        RefusalReason.FIELD_TOO_LONG,
        "arguments");
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 65; i++) {
      many.put("k" + i, "v");
    }
    assertRefused(event -> event.setAttributes(many), RefusalReason.FIELD_TOO_LONG, "attributes");
  }

  private static void assertRefused(
      Consumer<ActionEvent> change, RefusalReason reason, String field) {
    ActionEvent event = Actions.fullEvent();
    change.accept(event);
    assertRefused(refused(avro(event)), reason, field);
  }

  private static void assertRefused(Refusal refusal, RefusalReason reason, String field) {
    assertThat(refusal.reason()).as(refusal.toString()).isEqualTo(reason);
    assertThat(refusal.field()).as(refusal.toString()).isEqualTo(field);
    assertThat(refusal.detail()).isNotBlank();
  }

  private interface Part {
    void write(BinaryEncoder out) throws IOException;
  }

  /** A record in which {@code part} stands in the place of event_id. */
  private static byte[] written(Part part) {
    byte[] value = avro(Actions.minimalEvent());
    return join(value, SingleObject.HEADER_BYTES, part, SingleObject.HEADER_BYTES + 4);
  }

  /** A record in which {@code part} stands in the place of attributes, its last field. */
  private static byte[] spliceAttributes(Part part) {
    byte[] value = avro(Actions.minimalEvent());
    return join(value, value.length - 1, part, value.length);
  }

  private static byte[] join(byte[] value, int to, Part part, int from) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(value, 0, to);
    try {
      BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
      part.write(out);
      out.flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    bytes.write(value, from, value.length - from);
    return bytes.toByteArray();
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
