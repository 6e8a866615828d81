/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.action.Digest;
import dev.weir.event.DeadLetter;
import dev.weir.event.DispositionKind;
import dev.weir.event.Phase;
import dev.weir.event.RefusalReason;
import dev.weir.metrics.MetricNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a record that is no action. */
class RefusalStoryTest {
  private static final byte[] NOT_JSON = bytes("rm -rf / is not JSON");

  @Test
  void shouldSayWhatAndWhereWhenARecordIsRefused() {
    try (Flume flume = Flume.open()) {
      byte[] value = Act.of("e-1").text("phase", "PROPOSED").without("tool").json();

      flume.send(Act.of("e-0").json(), Flume.NOON).send(value, Flume.NOON.plusSeconds(5));

      DeadLetter letter = flume.deadLetter();
      assertThat(letter.getReason()).isEqualTo(RefusalReason.MISSING_FIELD);
      assertThat(letter.getField()).isEqualTo("tool");
      assertThat(letter.getDetail()).contains("tool is required");
      assertThat(letter.getTopic()).isEqualTo("weir.actions");
      assertThat(letter.getPartition()).isZero();
      assertThat(letter.getOffset()).isEqualTo(1);
      assertThat(letter.getReceivedAt()).isEqualTo(Flume.NOON.plusSeconds(5));
      assertThat(letter.getEventId()).isEqualTo("e-1");
      assertThat(letter.getTaskId()).isEqualTo("t-1");
      assertThat(letter.getPhase()).isEqualTo(Phase.PROPOSED);
      assertThat(letter.getValueLength()).isEqualTo(value.length);
      assertThat(letter.getDigest()).isEqualTo(ByteBuffer.wrap(Digest.of(value)));
      assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(value));
      assertThat(letter.getValueTruncated()).isFalse();
      assertThat(flume.metrics().value(MetricNames.DEAD_LETTERS, "reason", "MISSING_FIELD"))
          .isEqualTo(1);
      assertThat(flume.disposition().getKind()).isEqualTo(DispositionKind.DENIED);
      assertThat(flume.assessments()).hasSize(1);
      assertThat(flume.taskRisks()).hasSize(1);
    }
  }

  @Test
  void shouldKeyTheDeadLetterByTaskWhenTheRecordShowsOne() {
    try (Flume flume = Flume.open()) {
      byte[] key = bytes("a key of the sender's own");

      flume
          .pipe("weir.actions", key, Act.of("e-1").without("tool").json(), none(), Flume.NOON)
          .pipe("weir.actions", key, NOT_JSON, none(), Flume.NOON)
          .pipe("weir.actions", new byte[5000], NOT_JSON, none(), Flume.NOON);

      assertThat(flume.take(flume.topics().deadLetters()))
          .extracting(record -> record.key().length)
          .containsExactly("t-1".length(), key.length, 1024);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NO_VALUE | ''",
        "UNKNOWN_ENCODING | not JSON",
        "MALFORMED_JSON | {\"event_id\":",
        "DUPLICATE_KEY | {\"event_id\":\"a\",\"event_id\":\"b\"}",
        "MISSING_FIELD | {}",
        "WRONG_TYPE | {\"event_id\":7}",
      })
  void shouldRefuseWithItsReasonWhenARecordIsNoAction(RefusalReason reason, String value) {
    try (Flume flume = Flume.open()) {
      flume.send(bytes(value), Flume.NOON);

      assertThat(flume.deadLetter().getReason()).isEqualTo(reason);
    }
  }

  @Test
  void shouldTellNoValueFromAnEmptyOneWhenRefused() {
    try (Flume flume = Flume.open()) {
      flume.send((byte[]) null, Flume.NOON).send(new byte[0], Flume.NOON);

      assertThat(flume.deadLetters()).extracting(DeadLetter::getValueLength).containsExactly(-1, 0);
    }
  }

  @Test
  void shouldRefuseWhenAvroComesInASchemaThatIsNotKnown() {
    try (Flume flume = Flume.open()) {
      byte[] value = Act.of("e-1").avro();
      value[5] ^= 1;

      flume.send(value, Flume.NOON);

      assertThat(flume.deadLetter().getReason()).isEqualTo(RefusalReason.UNKNOWN_SCHEMA);
    }
  }

  @Test
  void shouldRefuseWhenTheAgentsClockIsDaysAhead() {
    try (Flume flume = Flume.open()) {
      flume.send(Act.of("e-1").at(Flume.NOON.plus(Duration.ofDays(2))), Flume.NOON);

      DeadLetter letter = flume.deadLetter();
      assertThat(letter.getReason()).isEqualTo(RefusalReason.BAD_TIME);
      assertThat(letter.getField()).isEqualTo("occurred_at");
    }
  }

  @Test
  void shouldCutTheValueWhenItIsLong() {
    try (Flume flume = Flume.open()) {
      byte[] value = new byte[600_000];
      Arrays.fill(value, (byte) 'x');

      flume.send(value, Flume.NOON);

      DeadLetter letter = flume.deadLetter();
      assertThat(letter.getReason()).isEqualTo(RefusalReason.TOO_LARGE);
      assertThat(letter.getValueLength()).isEqualTo(600_000);
      assertThat(letter.getValueTruncated()).isTrue();
      assertThat(letter.getValue().remaining()).isEqualTo(64 << 10);
      assertThat(letter.getDigest()).isEqualTo(ByteBuffer.wrap(Digest.of(value)));
    }
  }

  @Test
  void shouldBoundTheHeadersWhenTheyAreHostile() {
    try (Flume flume = Flume.open()) {
      Headers headers = new RecordHeaders();
      headers.add("null", null).add("", bytes("no name")).add("long", new byte[1 << 20]);
      headers.add("x".repeat(5000), bytes("long name")).add("ordinary", bytes("first"));
      headers.add("ordinary", bytes("last"));
      for (int i = 0; i < 5000; i++) {
        headers.add("h" + i, new byte[2000]);
      }

      flume.pipe("weir.actions", bytes("k"), NOT_JSON, headers, Flume.NOON);

      DeadLetter letter = flume.deadLetter();
      assertThat(letter.getHeaders()).hasSize(32).doesNotContainKey("null");
      assertThat(letter.getHeaders().get("ordinary")).isEqualTo(ByteBuffer.wrap(bytes("last")));
      assertThat(letter.getHeaders().values())
          .allSatisfy(value -> assertThat(value.remaining()).isLessThanOrEqualTo(1024));
      assertThat(letter.getHeaders().keySet())
          .allSatisfy(name -> assertThat(name).hasSizeLessThanOrEqualTo(256));
    }
  }

  @Test
  void shouldPassNoHeadersOnWhenAnActionIsGood() {
    try (Flume flume = Flume.open()) {
      Headers headers = new RecordHeaders().add("weir-origin-topic", bytes("weir.actions.gateway"));

      flume.pipe("weir.actions", null, Act.of("e-1").json(), headers, Flume.NOON);

      assertThat(flume.assessment().getTopic()).isEqualTo("weir.actions");
      assertThat(flume.take(flume.topics().taskRisk()))
          .allMatch(r -> !r.headers().iterator().hasNext());
    }
  }

  @Test
  void shouldLeaveTheTaskAsItWasWhenARecordOfItIsRefused() {
    try (Flume flume = Flume.open()) {
      flume
          .send(Act.of("e-1").loses(3))
          .send(Act.of("e-2").without("tool").json(), Flume.NOON)
          .send(Act.of("e-2").loses(3));

      assertThat(flume.assessments())
          .extracting(a -> a.getEventId() + " " + a.getTaskActions() + " " + a.getIdConflict())
          .containsExactly("e-1 1 false", "e-2 2 false");
      assertThat(flume.deadLetters()).hasSize(1);
      assertThat(flume.taskRisks()).hasSize(2);
    }
  }

  private static Headers none() {
    return new RecordHeaders();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
