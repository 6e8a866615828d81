/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Escalation;
import dev.weir.event.EscalationEnded;
import dev.weir.event.Verdict;
import dev.weir.event.VerdictDecision;
import dev.weir.review.RecordSignature;
import dev.weir.wire.SingleObject;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Every escalation of the tier is answered once, whatever the judge and the broker do. */
class ReviewWorkerTest {
  private static final SingleObject<Escalation> ESCALATION = SingleObject.of(Escalation.class);
  private static final SingleObject<Verdict> VERDICT = SingleObject.of(Verdict.class);
  private static final TopicPartition PARTITION = new TopicPartition("weir.escalations", 0);
  private static final TopicPartition WAITING = new TopicPartition("weir.waiting", 0);
  private static final Clock CLOCK = Clock.fixed(Escalated.NOW, ZoneOffset.UTC);

  private static final SingleObject<EscalationEnded> ENDED = SingleObject.of(EscalationEnded.class);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final List<byte[]> records = new ArrayList<>();
  private final List<byte[]> waiting = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private Map<TopicPartition, OffsetAndMetadata> committed = Map.of();

  @Test
  void shouldAnswerEachOnceWithItsProgressWhenThereAreEscalations() throws Exception {
    for (int i = 0; i < 10; i++) {
      add(Escalated.of("e" + i), e -> {});
    }
    Counts counts = work(3, this::approve);

    assertThat(counts.answers()).isEqualTo(10);
    assertThat(counts.answers(VerdictDecision.APPROVE)).isEqualTo(10);
    assertThat(producer.history()).hasSize(10);
    for (ProducerRecord<byte[], byte[]> record : producer.history()) {
      assertThat(record.topic()).isEqualTo("weir.verdicts");
      assertThat(new String(record.key())).isEqualTo("task");
      assertThat(RecordSignature.VERDICT.verifies(record.value(), Escalated.KEY.getPublic()))
          .isTrue();
      Verdict verdict = VERDICT.decode(record.value());
      Escalation asked = Escalated.of(verdict.getEscalationId());
      assertThat(verdict.getDigest()).isEqualTo(asked.getDigest());
      assertThat(verdict.getNonce()).isEqualTo(asked.getNonce());
      assertThat(verdict.getEventId()).isEqualTo(asked.getAssessment().getEventId());
      assertThat(verdict.getReviewerId()).isEqualTo("carol");
      assertThat(verdict.getTier()).isEqualTo("expert");
      assertThat(verdict.getKeyId()).isEqualTo("k1");
      assertThat(verdict.getIssuedAt()).isEqualTo(Escalated.NOW);
    }
    assertThat(lastOffsets()).containsEntry(PARTITION, new OffsetAndMetadata(10));
  }

  @Test
  void shouldSkipAndCountWhatItCannotOrNeedNotAnswer() throws Exception {
    add(Escalated.of("due"), e -> e.setDeadline(Escalated.NOW));
    add(Escalated.of("other"), e -> e.setTier("panel"));
    records.add("poison".getBytes());
    add(Escalated.of("ended"), e -> {});
    records.add(ENDED.encode(new EscalationEnded("ended", "task", Escalated.NOW)));
    records.add(ENDED.encode(new EscalationEnded("another", "task", Escalated.NOW)));
    add(Escalated.of("good"), e -> {});
    Counts counts = work(1, this::approve);

    assertThat(asked).containsExactly("good");
    assertThat(counts.answers()).isEqualTo(1);
    assertThat(counts.skips(Counts.Skip.PAST_DEADLINE)).isEqualTo(1);
    assertThat(counts.skips(Counts.Skip.OTHER_TIER)).isEqualTo(1);
    assertThat(counts.skips(Counts.Skip.UNREADABLE)).isEqualTo(1);
    assertThat(counts.skips(Counts.Skip.ENDED)).isEqualTo(1);
    assertThat(lastOffsets()).containsEntry(PARTITION, new OffsetAndMetadata(7));
  }

  @Test
  void shouldTakeTheUrgentBeforeTheWaitingAndTheRiskyBeforeTheRestWhenItMayChoose()
      throws Exception {
    add(Escalated.of("later"), e -> {});
    add(Escalated.of("sooner"), e -> e.setDeadline(Escalated.NOW.plusSeconds(60)));
    wait(Escalated.of("small"), 1.0);
    wait(Escalated.of("large"), 7.0);
    work(1, this::approve);
    assertThat(asked).containsExactly("sooner", "later", "large", "small");
  }

  @Test
  void shouldHoldUpNoOtherWhenOneAnswerIsSlow() throws Exception {
    for (int i = 0; i < 5; i++) {
      add(Escalated.of("e" + i), e -> {});
    }
    CountDownLatch others = new CountDownLatch(4);
    List<OffsetAndMetadata> onTheWay = new ArrayList<>();
    Judge slow =
        escalation -> {
          if (escalation.getEscalationId().equals("e0")) {
            others.await(); // all others are committed before it
          }
          return approve(escalation);
        };
    ReviewWorker worker =
        worker(
            2,
            slow,
            (escalation, draft) -> {
              onTheWay.add(lastOffsets().get(PARTITION));
              others.countDown();
            });
    Counts counts = worker.run(consumer(), producer, () -> false);

    assertThat(counts.answers()).isEqualTo(5);
    assertThat(onTheWay.get(3).offset()).as("the slow one is open").isZero();
    Progress resumed = new Progress(onTheWay.get(3));
    assertThat(resumed.take(0)).isTrue();
    assertThat(resumed.take(4)).as("answered").isFalse();
    assertThat(lastOffsets()).containsEntry(PARTITION, new OffsetAndMetadata(5));
  }

  @Test
  void shouldRepeatNothingWhenItGoesOnFromACommit() throws Exception {
    for (int i = 0; i < 4; i++) {
      add(Escalated.of("e" + i), e -> {});
    }
    Progress before = new Progress(null);
    for (long offset = 0; offset < 3; offset++) {
      before.take(offset);
    }
    before.done(1);
    committed = Map.of(PARTITION, before.commit());
    work(1, this::approve);
    assertThat(asked).containsExactly("e0", "e2", "e3");
  }

  @Test
  void shouldPublishOnceWhenATransactionFails() throws Exception {
    add(Escalated.of("e"), e -> {});
    producer.commitTransactionException = new KafkaException("not now");
    ReviewWorker worker = worker(1, this::approve, (escalation, draft) -> {});
    Counts counts =
        worker.run(
            consumer(),
            producer,
            () -> {
              if (producer.transactionAborted()) {
                producer.commitTransactionException = null;
              }
              return false;
            });
    assertThat(counts.answers()).isEqualTo(1);
    assertThat(producer.history()).hasSize(1);
    assertThat(asked).as("judged once").containsExactly("e");
  }

  @Test
  void shouldAbstainWhenTheJudgeBreaks() throws Exception {
    add(Escalated.of("e"), e -> {});
    Counts counts =
        work(
            1,
            escalation -> {
              throw new IllegalStateException("broken");
            });
    assertThat(counts.answers(VerdictDecision.ABSTAIN)).isEqualTo(1);
    assertThat(VERDICT.decode(producer.history().get(0).value()).getRationale()).contains("broken");
  }

  @Test
  void shouldEndAndAnswerNothingWhenTheJudgeIsUnusable() {
    add(Escalated.of("e"), e -> {});
    Judge unusable =
        escalation -> {
          throw new JudgeUnusableException("no such program");
        };
    assertThatThrownBy(() -> work(1, unusable)).hasMessage("no such program");
    assertThat(producer.history()).isEmpty();
    assertThat(producer.consumerGroupOffsetsHistory()).isEmpty();
  }

  @Test
  void shouldLeaveItToAnotherWhenItIsStoppedBeforeTheAnswer() throws Exception {
    add(Escalated.of("e"), e -> {});
    CountDownLatch judging = new CountDownLatch(1);
    Judge never =
        escalation -> {
          judging.countDown();
          new CountDownLatch(1).await();
          return approve(escalation);
        };
    Counts counts =
        worker(1, never, (escalation, draft) -> {})
            .run(consumer(), producer, () -> judging.getCount() == 0);
    assertThat(counts.answers()).isZero();
    assertThat(producer.history()).isEmpty();
    assertThat(producer.consumerGroupOffsetsHistory()).isEmpty();
  }

  private Draft approve(Escalation escalation) {
    synchronized (asked) {
      asked.add(escalation.getEscalationId());
    }
    return Draft.of(VerdictDecision.APPROVE, "fine");
  }

  private void add(Escalation escalation, Consumer<Escalation> change) {
    change.accept(escalation);
    records.add(ESCALATION.encode(escalation));
  }

  private void wait(Escalation escalation, double risk) {
    escalation.setWaiting(true);
    escalation.getAssessment().getScore().setRisk(risk);
    waiting.add(ESCALATION.encode(escalation));
  }

  private Counts work(int concurrency, Judge judge) throws InterruptedException {
    return worker(concurrency, judge, (escalation, draft) -> {})
        .run(consumer(), producer, () -> false);
  }

  private ReviewWorker worker(int concurrency, Judge judge, ReviewWorker.Progressed progressed) {
    ReviewWorker.Job job =
        new ReviewWorker.Job(
            List.of(PARTITION.topic(), WAITING.topic()), "weir.verdicts", concurrency, true);
    return new ReviewWorker(job, Escalated.carol(), judge, CLOCK, progressed);
  }

  private MockConsumer<byte[], byte[]> consumer() {
    consumer.schedulePollTask(
        () -> {
          consumer.updateBeginningOffsets(Map.of(PARTITION, 0L, WAITING, 0L));
          consumer.updateEndOffsets(
              Map.of(PARTITION, (long) records.size(), WAITING, (long) waiting.size()));
          consumer.commitSync(committed);
          consumer.rebalance(List.of(PARTITION, WAITING));
          fill(PARTITION, records);
          fill(WAITING, waiting);
        });
    return consumer;
  }

  private void fill(TopicPartition partition, List<byte[]> values) {
    for (int offset = 0; offset < values.size(); offset++) {
      consumer.addRecord(
          new ConsumerRecord<>(
              partition.topic(), partition.partition(), offset, null, values.get(offset)));
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> lastOffsets() {
    List<Map<String, Map<TopicPartition, OffsetAndMetadata>>> all =
        producer.consumerGroupOffsetsHistory();
    return new HashMap<>(all.get(all.size() - 1).values().iterator().next());
  }
}
