/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.client;

import dev.weir.event.ActionEvent;
import dev.weir.event.Agent;
import dev.weir.event.Handover;
import dev.weir.event.Phase;
import dev.weir.event.Tool;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What reviewers denied to others and gave to one agent. A consumer group keeps its place: what
 * came while nobody read is told later, and what is not taken care of before the next {@link #poll}
 * or {@link #close} is told again.
 *
 * <p>Not safe for use by several threads. Needs kafka-clients.
 */
public final class Handovers implements AutoCloseable {
  /** The topic unless configured otherwise. */
  public static final String TOPIC = "weir.handovers";

  private static final SingleObject<Handover> HANDOVER = SingleObject.of(Handover.class);

  private static final SingleObject<ActionEvent> ACTION = SingleObject.of(ActionEvent.class);

  private final Consumer<byte[], byte[]> consumer;
  private final String agentId;

  /**
   * Reads with that consumer, which is its own from here on.
   *
   * @param consumer of committed records, in a group, that commits nothing by itself
   */
  public Handovers(Consumer<byte[], byte[]> consumer, String topic, String agentId) {
    this.consumer = consumer;
    this.agentId = agentId;
    consumer.subscribe(List.of(topic));
  }

  /**
   * What is handed over to one agent on a cluster.
   *
   * @param kafka bootstrap.servers, what security needs, and group.id: one of this agent alone,
   *     named {@code weir-vetted-} and its id where ACLs are as Weir prints them
   * @param agentId as reviewers name it
   */
  public static Handovers connect(Map<String, Object> kafka, String topic, String agentId) {
    if (!kafka.containsKey(ConsumerConfig.GROUP_ID_CONFIG)) {
      throw new IllegalArgumentException(
          "group.id is missing: without a group what comes while nobody reads is lost");
    }
    Map<String, Object> consuming = new HashMap<>(kafka);
    consuming.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    consuming.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    consuming.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new Handovers(
        new KafkaConsumer<>(consuming, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        topic,
        agentId);
  }

  /**
   * What came for this agent since; what was told before counts as taken care of.
   *
   * @param patience how long to wait for any
   */
  public List<Handover> poll(Duration patience) {
    try {
      consumer.commitSync();
    } catch (CommitFailedException | RebalanceInProgressException e) {
      // another reads in its place, or this one again: it is told once more
    }
    List<Handover> own = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      if (record.value() != null) {
        add(own, record.value());
      }
    }
    return own;
  }

  private void add(List<Handover> own, byte[] value) {
    try {
      Handover handover = HANDOVER.decode(value);
      if (handover.getToAgent().equals(agentId)) {
        own.add(handover);
      }
    } catch (MalformedRecordException e) {
      // nobody's handover
    }
  }

  /**
   * What was denied to the other agent.
   *
   * @throws MalformedRecordException if it does not stand there
   */
  public static ActionEvent action(Handover handover) {
    byte[] value = new byte[handover.getAction().remaining()];
    handover.getAction().duplicate().get(value);
    return ACTION.decode(value);
  }

  /**
   * The same act, proposed by another agent in a task of its own: the tool by its name, the
   * arguments, and nothing else of what the denied one said. What the proposer's source vouches
   * for, such as objective, environment and hints about the tool, is its own to say, as are the
   * tool's server and type. It is judged as any proposal of that agent; look at it first, since
   * whoever wrote it was not trusted with it.
   *
   * @param self who proposes it
   * @param taskId of that agent's; in the task of the one that was denied, it would be a retry
   * @param eventId unique in that task
   */
  public static ActionEvent asOwn(Handover handover, Agent self, String taskId, String eventId) {
    ActionEvent denied = action(handover);
    return ActionEvent.newBuilder()
        .setEventId(eventId)
        .setOccurredAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
        .setPhase(Phase.PROPOSED)
        .setTaskId(taskId)
        .setAgent(self)
        .setTool(Tool.newBuilder().setName(denied.getTool().getName()).build())
        .setArguments(denied.getArguments())
        .setArgumentsRaw(denied.getArgumentsRaw())
        .setArgumentsState(denied.getArgumentsState())
        .setParentEventId(denied.getEventId())
        .build();
  }

  /** Leaves the group; what was told last counts as not taken care of. */
  @Override
  public void close() {
    consumer.close();
  }
}
