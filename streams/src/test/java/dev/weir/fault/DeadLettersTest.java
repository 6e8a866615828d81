/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.action.Digest;
import dev.weir.action.Origin;
import dev.weir.action.Refusal;
import dev.weir.event.DeadLetter;
import dev.weir.event.Phase;
import dev.weir.event.RefusalReason;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
  private static final SingleObject<DeadLetter> CODEC = SingleObject.of(DeadLetter.class);
  private static final Origin ORIGIN = new Origin("weir.actions", 2, 17, 1_000);
  private static final Refusal REFUSAL =
      new Refusal(
          RefusalReason.MISSING_FIELD,
          "agent.id",
          "agent.id is missing",
          new Refusal.Shown("e-1", "t-1", Phase.PROPOSED));
  private static final Refusal SHOWS_NOTHING =
      Refusal.of(RefusalReason.MALFORMED_JSON, "", "not JSON");

  @Test
  void shouldTellWhatWhereAndWhyWhenRecordIsRefused() {
    byte[] value = "{\"task_id\":1}".getBytes(UTF_8);

    DeadLetter letter =
        DeadLetters.of(REFUSAL, ORIGIN, "t-1".getBytes(UTF_8), value, headers("h", "v"));

    assertThat(letter)
        .isEqualTo(
            DeadLetter.newBuilder()
                .setReason(RefusalReason.MISSING_FIELD)
                .setField("agent.id")
                .setDetail("agent.id is missing")
                .setTopic("weir.actions")
                .setPartition(2)
                .setOffset(17)
                .setReceivedAt(Instant.ofEpochMilli(1_000))
                .setEventId("e-1")
                .setTaskId("t-1")
                .setPhase(Phase.PROPOSED)
                .setKey(ByteBuffer.wrap("t-1".getBytes(UTF_8)))
                .setValueLength(value.length)
                .setDigest(ByteBuffer.wrap(Digest.of(value)))
                .setValue(ByteBuffer.wrap(value))
                .setValueTruncated(false)
                .setHeaders(Map.of("h", ByteBuffer.wrap("v".getBytes(UTF_8))))
                .build());
  }

  @Test
  void shouldTellNoValueFromEmptyOneWhenThereIsNone() {
    DeadLetter none = DeadLetters.of(SHOWS_NOTHING, ORIGIN, null, null, new RecordHeaders());
    DeadLetter empty =
        DeadLetters.of(SHOWS_NOTHING, ORIGIN, null, new byte[0], new RecordHeaders());

    assertThat(none.getValueLength()).isEqualTo(-1);
    assertThat(empty.getValueLength()).isZero();
    assertThat(none.getKey()).isNull();
    assertThat(none.getValue().remaining()).isZero();
    assertThat(none.getValueTruncated()).isFalse();
  }

  @Test
  void shouldCutTheValueWhenItIsLongerThan64Kibibytes() {
    byte[] fits = filled(64 << 10);
    byte[] tooLong = filled((64 << 10) + 1);

    assertThat(letter(fits).getValueTruncated()).isFalse();
    assertThat(letter(fits).getValue().remaining()).isEqualTo(64 << 10);
    assertThat(letter(tooLong).getValueTruncated()).isTrue();
    assertThat(letter(tooLong).getValue().remaining()).isEqualTo(64 << 10);
    assertThat(letter(tooLong).getValueLength()).isEqualTo((64 << 10) + 1);
    assertThat(letter(tooLong).getDigest()).isEqualTo(ByteBuffer.wrap(Digest.of(tooLong)));
  }

  @Test
  void shouldCutTheKeyWhenItIsLongerThanOneKibibyte() {
    DeadLetter letter =
        DeadLetters.of(SHOWS_NOTHING, ORIGIN, filled(1025), filled(1), new RecordHeaders());

    assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(filled(1024)));
  }

  @Test
  void shouldKeep32HeadersOfOneKibibyteWhenThereAreMore() {
    RecordHeaders headers = new RecordHeaders();
    for (int i = 0; i < 100; i++) {
      headers.add("h" + i, filled(2000));
    }

    DeadLetter letter = DeadLetters.of(SHOWS_NOTHING, ORIGIN, null, filled(1), headers);

    assertThat(letter.getHeaders()).hasSize(32).containsKeys("h0", "h31");
    assertThat(letter.getHeaders().values())
        .allSatisfy(value -> assertThat(value.remaining()).isEqualTo(1024));
  }

  @Test
  void shouldLeaveHeadersOutWhenTheirNameIsLongOrTheyAreNull() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("n".repeat(257), filled(1));
    headers.add("null", null);
    headers.add("n".repeat(256), filled(1));

    assertThat(DeadLetters.of(SHOWS_NOTHING, ORIGIN, null, filled(1), headers).getHeaders())
        .containsOnlyKeys("n".repeat(256));
  }

  @Test
  void shouldStayBelow128KibibytesWhenRecordIsHostile() {
    RecordHeaders headers = new RecordHeaders();
    for (int i = 0; i < 1000; i++) {
      headers.add(i + "\u20ac".repeat(250), filled(1 << 16));
    }

    byte[] encoded =
        CODEC.encode(
            DeadLetters.of(SHOWS_NOTHING, ORIGIN, filled(1 << 20), filled(5 << 20), headers));

    assertThat(encoded).hasSizeLessThanOrEqualTo(128 << 10);
    assertThat(CODEC.decode(encoded).getValueLength()).isEqualTo(5 << 20);
  }

  @Test
  void shouldHaveTheTasksKeyWhenRecordShowsOne() {
    assertThat(DeadLetters.key(REFUSAL, "other".getBytes(UTF_8))).isEqualTo("t-1".getBytes(UTF_8));
    assertThat(DeadLetters.key(REFUSAL, null)).isEqualTo("t-1".getBytes(UTF_8));
  }

  @Test
  void shouldHaveTheRecordsKeyWhenItShowsNoTask() {
    assertThat(DeadLetters.key(SHOWS_NOTHING, filled(1024))).isEqualTo(filled(1024));
    assertThat(DeadLetters.key(SHOWS_NOTHING, filled(9000))).isEqualTo(filled(1024));
    assertThat(DeadLetters.key(SHOWS_NOTHING, null)).isNull();
  }

  private static DeadLetter letter(byte[] value) {
    return DeadLetters.of(SHOWS_NOTHING, ORIGIN, null, value, new RecordHeaders());
  }

  private static RecordHeaders headers(String name, String value) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(name, value.getBytes(UTF_8));
    return headers;
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }
}
