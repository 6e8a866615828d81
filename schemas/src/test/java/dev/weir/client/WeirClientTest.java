/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.ActionEvent;
import dev.weir.event.Agent;
import dev.weir.event.ArgumentsState;
import dev.weir.event.Disposition;
import dev.weir.event.DispositionKind;
import dev.weir.event.Environment;
import dev.weir.event.Phase;
import dev.weir.event.Tool;
import dev.weir.event.Trust;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every proposal ends once, in time, and only RELEASED is a release. */
class WeirClientTest {
  private static final SingleObject<ActionEvent> ACTION = SingleObject.of(ActionEvent.class);
  private static final SingleObject<Disposition> DISPOSITION = SingleObject.of(Disposition.class);
  private static final TopicPartition PARTITION = new TopicPartition("weir.dispositions", 0);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private WeirClient client;
  private long offset = 7;

  @BeforeEach
  void connect() {
    consumer.updatePartitions(
        PARTITION.topic(), List.of(new PartitionInfo(PARTITION.topic(), 0, null, null, null)));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, offset));
    client = new WeirClient(WeirClient.Topics.DEFAULT, producer, consumer);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void shouldTellWhatBecameOfItWhenItIsAnswered() throws Exception {
    for (DispositionKind kind : DispositionKind.values()) {
      if (kind == DispositionKind.HELD) {
        continue;
      }
      ActionEvent action = action(kind.name());
      Proposed proposed = client.propose(action, LONG);
      answer(action, kind);
      Outcome outcome = proposed.await(LONG);
      assertThat(outcome.isReleased()).isEqualTo(kind == DispositionKind.RELEASED);
      assertThat(outcome.answered()).isTrue();
      assertThat(outcome.kind().name())
          .isEqualTo(kind == DispositionKind.OTHER ? "DENIED" : kind.name());
    }
    ProducerRecord<byte[], byte[]> sent = producer.history().get(0);
    assertThat(sent.topic()).isEqualTo("weir.actions");
    assertThat(new String(sent.key(), StandardCharsets.UTF_8)).isEqualTo("task");
    assertThat(ACTION.decode(sent.value())).isEqualTo(action("RELEASED"));
  }

  @Test
  void shouldWaitOnWhenItIsHeld() throws Exception {
    ActionEvent action = action("e");
    Proposed proposed = client.propose(action, LONG);
    answer(action, DispositionKind.HELD);
    ActionEvent other = action("other");
    Proposed later = client.propose(other, LONG);
    answer(other, DispositionKind.RELEASED);
    assertThat(later.await(LONG).isReleased()).as("all before it was read").isTrue();

    assertThat(proposed.isHeld()).isTrue();
    assertThat(proposed.outcome()).isNotDone();
    answer(action, DispositionKind.RELEASED);
    assertThat(proposed.await(LONG).isReleased()).isTrue();
  }

  @Test
  void shouldTakeNoAnswerForAnotherWhenBytesTaskOrEventDiffer() throws Exception {
    ActionEvent action = action("e");
    Proposed proposed = client.propose(action, LONG);
    answer(action, DispositionKind.RELEASED, d -> d.setEventId("e2"));
    answer(action, DispositionKind.RELEASED, d -> d.setTaskId("task2"));
    answer(action, DispositionKind.RELEASED, d -> d.setDigest(ByteBuffer.allocate(32)));
    put("poison".getBytes(StandardCharsets.UTF_8));
    answer(action, DispositionKind.EXPIRED);
    answer(action, DispositionKind.RELEASED);
    assertThat(proposed.await(LONG).kind()).isEqualTo(Outcome.Kind.EXPIRED);
  }

  @Test
  void shouldDenyWhenNobodyAnswers() throws Exception {
    Proposed proposed = client.propose(action("e"), Duration.ofMillis(20));
    Outcome outcome = proposed.outcome().get(30, TimeUnit.SECONDS);
    assertThat(outcome).isEqualTo(new Outcome(Outcome.Kind.DENIED, false, null));
    assertThat(client.propose(action("e2"), LONG).await(Duration.ofMillis(1)).isReleased())
        .isFalse();
  }

  @Test
  void shouldSendOnceWhenTheSameBytesAreOnTheirWayAndAgainAfter() throws Exception {
    ActionEvent action = action("e");
    Proposed first = client.propose(action, LONG);
    assertThat(client.propose(action, LONG)).isSameAs(first);
    assertThat(producer.history()).hasSize(1);
    answer(action, DispositionKind.DENIED);
    assertThat(first.await(LONG).kind()).isEqualTo(Outcome.Kind.DENIED);

    Proposed again = client.propose(action, LONG);
    answer(action, DispositionKind.DENIED, d -> d.setRepeats(true));
    assertThat(again.await(LONG).answered()).isTrue();
    assertThat(producer.history()).hasSize(2);
  }

  @Test
  void shouldDenyWhenItCannotBeSent() throws Exception {
    producer.sendException = new KafkaException("too large");
    assertThat(client.propose(action("e"), LONG).await(LONG).answered()).isFalse();
  }

  @Test
  void shouldDenyAllThatIsOpenAndLaterWhenItIsClosedOrBroken() throws Exception {
    Proposed open = client.propose(action("e"), LONG);
    consumer.setPollException(new KafkaException("not authorized"));
    assertThat(open.await(LONG)).isEqualTo(new Outcome(Outcome.Kind.DENIED, false, null));
    client.close();
    assertThat(client.fault()).hasMessage("not authorized");
    assertThat(client.propose(action("e2"), LONG).await(LONG).isReleased()).isFalse();
    assertThat(producer.closed()).isTrue();
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void shouldLetNobodyCompleteTheOutcomeWhenItIsHandedOut() throws Exception {
    Proposed proposed = client.propose(action("e"), LONG);
    proposed.outcome().complete(new Outcome(Outcome.Kind.RELEASED, true, null));
    assertThat(proposed.await(Duration.ofMillis(1)).isReleased()).isFalse();
  }

  @Test
  void shouldCarryOutWhatWasReleasedWhenItIsSaid() throws Exception {
    client.executed(action("e"), "e-done", null).get();
    ActionEvent executed = ACTION.decode(producer.history().get(0).value());
    assertThat(executed.getPhase()).isEqualTo(Phase.EXECUTED);
    assertThat(executed.getProposalId()).isEqualTo("e");
    assertThat(executed.getEventId()).isEqualTo("e-done");
    assertThat(executed.getArguments()).isEqualTo("{\"to\":\"x\"}");
    assertThatThrownBy(() -> client.propose(executed, LONG))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void answer(ActionEvent action, DispositionKind kind) throws Exception {
    answer(action, kind, d -> {});
  }

  private void answer(
      ActionEvent action, DispositionKind kind, java.util.function.Consumer<Disposition> change)
      throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(ACTION.encode(action));
    Disposition disposition =
        new Disposition(
            action.getEventId(),
            action.getTaskId(),
            ByteBuffer.wrap(digest),
            kind,
            false,
            Instant.ofEpochMilli(1),
            null);
    change.accept(disposition);
    put(DISPOSITION.encode(disposition));
  }

  private void put(byte[] value) {
    consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, offset++, null, value));
  }

  private static ActionEvent action(String id) {
    return ActionEvent.newBuilder()
        .setEventId(id)
        .setOccurredAt(Instant.ofEpochMilli(1))
        .setPhase(Phase.PROPOSED)
        .setTaskId("task")
        .setAgent(new Agent("agent", null, null, null, null, null))
        .setTool(new Tool("mail", null, null, null, null))
        .setArguments("{\"to\":\"x\"}")
        .setArgumentsState(ArgumentsState.PRESENT)
        .setEnvironment(Environment.UNKNOWN)
        .setTrust(Trust.UNTRUSTED)
        .setAttributes(Map.of())
        .build();
  }
}
