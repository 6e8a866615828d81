/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.ActionEvent;
import dev.weir.event.Agent;
import dev.weir.event.Environment;
import dev.weir.event.Handover;
import dev.weir.event.Phase;
import dev.weir.event.Tool;
import dev.weir.event.ToolAnnotations;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class HandoversTest {
  private static final SingleObject<Handover> HANDOVER = SingleObject.of(Handover.class);
  private static final TopicPartition PARTITION = new TopicPartition(Handovers.TOPIC, 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final Handovers handovers = new Handovers(consumer, Handovers.TOPIC, "bot-7");

  private void come(byte[]... values) {
    consumer.schedulePollTask(
        () -> {
          if (consumer.assignment().isEmpty()) {
            consumer.rebalance(List.of(PARTITION));
            consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
          }
        });
    consumer.schedulePollTask(
        () -> {
          long offset = consumer.position(PARTITION);
          for (byte[] value : values) {
            consumer.addRecord(
                new ConsumerRecord<>(PARTITION.topic(), 0, offset, new byte[0], value));
            offset++;
          }
        });
  }

  private static byte[] to(String agent, String eventId) {
    return HANDOVER.encode(handover(agent, eventId));
  }

  private static Handover handover(String agent, String eventId) {
    ActionEvent action =
        ActionEvent.newBuilder()
            .setEventId(eventId)
            .setOccurredAt(Instant.EPOCH)
            .setPhase(Phase.PROPOSED)
            .setTaskId("t-1")
            .setAgent(Agent.newBuilder().setId("a-1").build())
            .setTool(
                Tool.newBuilder()
                    .setName("ship")
                    .setServer("yard")
                    .setCallId("c-1")
                    .setType("function")
                    .setAnnotations(new ToolAnnotations(true, false, true, false))
                    .build())
            .setArguments("{\"to\":\"all\"}")
            .setObjective("whatever it takes")
            .setEnvironment(Environment.TEST)
            .setRequestedTier("expert")
            .build();
    return new Handover(
        eventId,
        "t-1",
        ByteBuffer.wrap(new byte[32]),
        "weir.actions",
        "a-1",
        agent,
        ByteBuffer.wrap(SingleObject.of(ActionEvent.class).encode(action)),
        Instant.EPOCH);
  }

  @Test
  void shouldTellWhatIsHandedToThisAgentAndToNoOther() {
    byte[] garbage = "nothing".getBytes(StandardCharsets.UTF_8);
    come(to("bot-8", "e-1"), garbage, to("bot-7", "e-2"));
    assertThat(handovers.poll(Duration.ZERO)).isEmpty();
    assertThat(handovers.poll(Duration.ZERO))
        .extracting(Handover::getEventId)
        .containsExactly("e-2");
    assertThat(consumer.committed(java.util.Set.of(PARTITION)).get(PARTITION).offset())
        .as("what was told last is not taken care of yet")
        .isZero();
    assertThat(handovers.poll(Duration.ZERO)).isEmpty();
    assertThat(consumer.committed(java.util.Set.of(PARTITION)).get(PARTITION).offset())
        .isEqualTo(3);
    handovers.close();
  }

  @Test
  void shouldProposeTheActAsItsOwnAndVouchForNothingElse() {
    Agent self = Agent.newBuilder().setId("bot-7").build();
    ActionEvent own = Handovers.asOwn(handover("bot-7", "e-2"), self, "t-9", "e-9");

    assertThat(Handovers.action(handover("bot-7", "e-2")).getObjective()).isNotNull();
    assertThat(own.getPhase()).isEqualTo(Phase.PROPOSED);
    assertThat(own.getTaskId()).isEqualTo("t-9");
    assertThat(own.getEventId()).isEqualTo("e-9");
    assertThat(own.getAgent()).isEqualTo(self);
    assertThat(own.getTool())
        .as("no hint, server or type on the word of the denied")
        .isEqualTo(Tool.newBuilder().setName("ship").build());
    assertThat(own.getArguments()).isEqualTo("{\"to\":\"all\"}");
    assertThat(own.getParentEventId()).isEqualTo("e-2");
    assertThat(own.getObjective()).isNull();
    assertThat(own.getEnvironment()).isEqualTo(Environment.UNKNOWN);
    assertThat(own.getRequestedTier()).isNull();
  }

  @Test
  void shouldRefuseToReadWithoutAGroup() {
    assertThatThrownBy(
            () -> Handovers.connect(Map.of("bootstrap.servers", "nowhere:1"), "t", "bot-7"))
        .hasMessageContaining("group.id is missing");
  }
}
