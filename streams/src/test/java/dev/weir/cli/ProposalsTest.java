/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.action.Actions;
import dev.weir.action.Digest;
import dev.weir.client.Outcome;
import dev.weir.client.WeirClient;
import dev.weir.event.ActionEvent;
import dev.weir.event.Disposition;
import dev.weir.event.DispositionKind;
import dev.weir.event.Phase;
import dev.weir.event.Result;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** An observed log, carried out by one who asks first. */
class ProposalsTest {
  private static final SingleObject<ActionEvent> ACTION = SingleObject.of(ActionEvent.class);
  private static final SingleObject<Disposition> DISPOSITION = SingleObject.of(Disposition.class);
  private static final TopicPartition PARTITION = new TopicPartition("weir.dispositions", 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

  @Test
  void shouldExecuteWhatIsReleasedInTheTasksOrderWhenItAsksFirst() throws Exception {
    Weir weir =
        new Weir(id -> id.endsWith("3") ? DispositionKind.DENIED : DispositionKind.RELEASED);
    Proposals proposals = run(weir, Duration.ofSeconds(30), 4, 20);

    assertThat(proposals.proposed()).isEqualTo(20);
    assertThat(proposals.ended(Outcome.Kind.RELEASED)).isEqualTo(18);
    assertThat(proposals.ended(Outcome.Kind.DENIED)).isEqualTo(2);
    assertThat(proposals.executed()).isEqualTo(18);
    assertThat(proposals.unanswered() + proposals.unsent()).isZero();
    for (String task : List.of("t0", "t1")) {
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        if (task.equals("t" + i % 2)) {
          expected.add("PROPOSED e" + i);
          if (i % 10 != 3) {
            expected.add("EXECUTED e" + i + ":done of e" + i);
          }
        }
      }
      assertThat(weir.sent(task)).isEqualTo(expected);
    }
  }

  @Test
  void shouldExecuteNothingWhenNobodyAnswers() throws Exception {
    Proposals proposals = run(new Weir(id -> DispositionKind.HELD), Duration.ofMillis(5), 2, 6);
    assertThat(proposals.unanswered()).isEqualTo(6);
    assertThat(proposals.executed()).isZero();
  }

  @Test
  void shouldTellTheResultOnlyOnceItWasDone() throws Exception {
    Weir weir = new Weir(id -> DispositionKind.RELEASED);
    run(weir, Duration.ofSeconds(30), 1, 1);
    assertThat(weir.actions.get(0).getResult()).isNull();
    assertThat(weir.actions.get(1).getResult()).isEqualTo(new Result("OK", null, false));
  }

  private Proposals run(Weir weir, Duration patience, int most, int actions) throws Exception {
    consumer.updatePartitions(
        PARTITION.topic(), List.of(new PartitionInfo(PARTITION.topic(), 0, null, null, null)));
    consumer.updateEndOffsets(Map.of(PARTITION, 0L));
    try (Stop stop = Stop.onShutdown();
        WeirClient client = new WeirClient(WeirClient.Topics.DEFAULT, weir, consumer)) {
      Proposals proposals = new Proposals(client, patience, most);
      for (int i = 0; i < actions; i++) {
        ActionEvent event = Actions.minimal().action().event();
        event.setEventId("e" + i);
        event.setTaskId("t" + i % 2);
        event.setPhase(Phase.OBSERVED);
        event.setResult(new Result("OK", null, false));
        proposals.act(event);
      }
      proposals.finish(stop);
      return proposals;
    }
  }

  /** Answers each proposal as soon as it is sent. */
  private final class Weir extends MockProducer<byte[], byte[]> {
    private final Function<String, DispositionKind> decision;
    private final List<ActionEvent> actions = new ArrayList<>();
    private final AtomicLong offset = new AtomicLong();

    Weir(Function<String, DispositionKind> decision) {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
      this.decision = decision;
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, Callback callback) {
      ActionEvent action = ACTION.decode(record.value());
      actions.add(action);
      if (action.getPhase() == Phase.PROPOSED) {
        Disposition answer =
            new Disposition(
                action.getEventId(),
                action.getTaskId(),
                ByteBuffer.wrap(Digest.of(record.value())),
                decision.apply(action.getEventId()),
                false,
                Instant.ofEpochMilli(1),
                null);
        consumer.addRecord(
            new ConsumerRecord<>(
                PARTITION.topic(), 0, offset.getAndIncrement(), null, DISPOSITION.encode(answer)));
      }
      return super.send(record, callback);
    }

    synchronized List<String> sent(String task) {
      return actions.stream()
          .filter(action -> action.getTaskId().equals(task))
          .map(
              action ->
                  action.getPhase()
                      + " "
                      + action.getEventId()
                      + (action.getProposalId() == null ? "" : " of " + action.getProposalId()))
          .toList();
    }
  }
}
