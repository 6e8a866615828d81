/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.action.Origin;
import dev.weir.event.Assessment;
import dev.weir.event.DeadLetter;
import dev.weir.event.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** What becomes of a record that lies in another partition than its task's. */
class PlacementStoryTest {
  private static final Placement TWO = new Placement(2);
  private static final String HERE = task(0);
  private static final String ELSEWHERE = task(1);

  @Test
  void shouldAgreeWithKafkasOwnPartitionerWhenATaskIsPlaced() {
    for (int i = 0; i < 1000; i++) {
      byte[] key = ("täsk-" + i).getBytes(StandardCharsets.UTF_8);

      assertThat(new Placement(12).of("täsk-" + i))
          .isEqualTo(BuiltInPartitioner.partitionForKey(key, 12));
    }
  }

  /** The flume has no other partition: what is sent on comes back to this one, as a stray. */
  @Test
  void shouldSendTheRecordOnWhenItsTaskLivesElsewhere() {
    try (Flume flume = Flume.ofPartitions(2)) {
      Act act = Act.of("e-1").task(ELSEWHERE);

      flume.send(Act.of("e-0").task(HERE)).send(act, Flume.NOON.plusSeconds(3));

      TestRecord<byte[], byte[]> sent = only(flume.take(flume.topics().rekey()));
      assertThat(sent.key()).asString().isEqualTo(ELSEWHERE);
      assertThat(sent.value()).isEqualTo(act.json());
      assertThat(OriginHeaders.read(sent.headers()))
          .isEqualTo(new Origin("weir.actions", 0, 1, Flume.NOON.plusSeconds(3).toEpochMilli()));
      assertThat(flume.assessment().getTaskId()).isEqualTo(HERE);
      assertThat(flume.taskRisks()).hasSize(1);
      DeadLetter stray = flume.deadLetter();
      assertThat(stray.getReason()).isEqualTo(RefusalReason.BAD_INTERNAL);
      assertThat(stray.getDetail()).contains("another partition than its task's");
      assertThat(stray.getTopic()).as("where it was first read").isEqualTo("weir.actions");
      assertThat(stray.getOffset()).isEqualTo(1);
    }
  }

  @Test
  void shouldAssessAsFirstReadWhenARecordArrivesFromAnotherPartition() {
    try (Flume flume = Flume.ofPartitions(2)) {
      Origin origin =
          new Origin("weir.actions.gateway", 1, 99, Flume.NOON.minusSeconds(9).toEpochMilli());
      Act act = Act.of("e-1").task(HERE).at(Flume.NOON.minusSeconds(10));

      flume.pipe("weir.rekey", key(HERE), act.json(), OriginHeaders.of(origin), Flume.NOON);

      Assessment assessment = flume.assessment();
      assertThat(assessment.getTopic()).isEqualTo("weir.actions.gateway");
      assertThat(assessment.getPartition()).isEqualTo(1);
      assertThat(assessment.getOffset()).isEqualTo(99);
      assertThat(assessment.getReceivedAt()).isEqualTo(Flume.NOON.minusSeconds(9));
      assertThat(flume.taskRisks()).hasSize(1);
    }
  }

  @Test
  void shouldKnowTheDuplicateWhenARecordArrivesBothWays() {
    try (Flume flume = Flume.ofPartitions(2)) {
      Act act = Act.of("e-1").task(HERE);
      Origin origin = new Origin("weir.actions", 1, 99, Flume.NOON.toEpochMilli());

      flume
          .send(act)
          .pipe("weir.rekey", key(HERE), act.json(), OriginHeaders.of(origin), Flume.NOON);

      assertThat(flume.assessments()).hasSize(1);
      assertThat(flume.taskRisks()).hasSize(1);
      assertThat(only(flume.duplicates()).getOffset()).isEqualTo(99);
    }
  }

  @Test
  void shouldRefuseWhenARecordOnTheRekeyTopicDoesNotSayWhereItCameFrom() {
    Headers cut = new RecordHeaders();
    cut.add("weir-origin-topic", "weir.actions".getBytes(StandardCharsets.UTF_8));
    cut.add("weir-origin-position", new byte[7]);
    for (Headers headers : List.of(new RecordHeaders(), cut)) {
      try (Flume flume = Flume.ofPartitions(2)) {
        flume.pipe("weir.rekey", null, Act.of("e-1").task(HERE).json(), headers, Flume.NOON);

        DeadLetter letter = flume.deadLetter();
        assertThat(letter.getReason()).isEqualTo(RefusalReason.BAD_INTERNAL);
        assertThat(letter.getTopic()).isEqualTo("weir.rekey");
      }
    }
  }

  private static String task(int partition) {
    return IntStream.range(0, 1000)
        .mapToObj(i -> "t-" + i)
        .filter(id -> TWO.of(id) == partition)
        .findFirst()
        .orElseThrow();
  }

  private static byte[] key(String taskId) {
    return taskId.getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T only(List<T> all) {
    assertThat(all).hasSize(1);
    return all.get(0);
  }
}
