/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.client;

import dev.weir.event.ActionEvent;
import dev.weir.event.Disposition;
import dev.weir.event.DispositionKind;
import dev.weir.event.Phase;
import dev.weir.event.Result;
import dev.weir.wire.MalformedRecordException;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Proposes actions to Weir and tells what becomes of them. One consumer of dispositions serves all
 * proposals; they are matched by the digest of the exact bytes, the task and the event.
 *
 * <p>Invariant: every proposal ends exactly once, within its patience. Silence, a proposal that
 * could not be sent, a client that was closed or lost its broker: each is a denial. The same bytes
 * proposed again, even by another process after a crash, end as they did before.
 *
 * <p>Safe for use by several threads. Needs kafka-clients.
 */
public final class WeirClient implements AutoCloseable {
  private static final SingleObject<ActionEvent> ACTION = SingleObject.of(ActionEvent.class);
  private static final SingleObject<Disposition> DISPOSITION = SingleObject.of(Disposition.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Topics topics;
  private final Producer<byte[], byte[]> producer;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<ByteBuffer, Proposed> open = new ConcurrentHashMap<>();
  private final Thread reader;
  private volatile boolean over;
  private volatile @Nullable KafkaException fault;

  /**
   * Where a source's actions go and dispositions come from.
   *
   * @param actions topic that this source writes
   * @param dispositions topic that Weir writes
   */
  public record Topics(String actions, String dispositions) {
    /** The default source's. */
    public static final Topics DEFAULT = new Topics("weir.actions", "weir.dispositions");
  }

  /**
   * A client with those Kafka clients, which are its own from here on; returns once it can miss no
   * answer.
   *
   * @param consumer of committed records, without a group
   */
  public WeirClient(
      Topics topics, Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> consumer) {
    this.topics = topics;
    this.producer = producer;
    this.consumer = consumer;
    List<TopicPartition> partitions =
        consumer.partitionsFor(topics.dispositions).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position); // the end as it is before the first proposal
    this.reader = new Thread(this::read, "weir-client");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * A client of a cluster.
   *
   * @param kafka bootstrap.servers, and what security needs
   */
  public static WeirClient connect(Map<String, Object> kafka, Topics topics) {
    Map<String, Object> consuming = new HashMap<>(kafka);
    consuming.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    consuming.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    Map<String, Object> producing = new HashMap<>(kafka);
    producing.put(ProducerConfig.ACKS_CONFIG, "all");
    producing.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(consuming, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try {
      return new WeirClient(topics, producer, consumer);
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      consumer.close();
      throw e;
    }
  }

  /** Proposes an action, which must be of phase PROPOSED; its outcome comes within patience. */
  public Proposed propose(ActionEvent action, Duration patience) {
    if (action.getPhase() != Phase.PROPOSED) {
      throw new IllegalArgumentException("a proposal is of phase PROPOSED");
    }
    return propose(action.getTaskId(), action.getEventId(), ACTION.encode(action), patience);
  }

  /**
   * Proposes an action in JSON.
   *
   * @param taskId its task_id
   * @param eventId its event_id
   * @param value the document, of phase PROPOSED, byte for byte as it will be judged
   */
  public Proposed propose(String taskId, String eventId, byte[] value, Duration patience) {
    Proposed proposed = new Proposed(taskId, eventId);
    ByteBuffer digest = digest(value);
    Proposed before = open.putIfAbsent(digest, proposed);
    if (before != null && before.isOf(taskId, eventId)) {
      return before; // the same bytes are on their way
    }
    proposed
        .end()
        .completeOnTimeout(Outcome.SILENCE, patience.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete((outcome, none) -> open.remove(digest, proposed));
    if (over) {
      proposed.end(Outcome.SILENCE);
      return proposed;
    }
    send(
        new ProducerRecord<>(topics.actions, taskId.getBytes(StandardCharsets.UTF_8), value),
        proposed);
    return proposed;
  }

  private void send(ProducerRecord<byte[], byte[]> record, Proposed proposed) {
    try {
      var unused =
          producer.send(
              record,
              (metadata, error) -> {
                if (error != null) {
                  proposed.end(Outcome.SILENCE);
                }
              });
    } catch (KafkaException | IllegalStateException e) {
      proposed.end(Outcome.SILENCE); // it was closed meanwhile, or cannot send at all
    }
  }

  /**
   * Says that a released proposal was carried out, with the arguments that were released.
   *
   * @param eventId of the execution, unique in the task
   * @param result what the tool returned; null if that is not told
   * @return completes once the broker has it, exceptionally if it could not be sent
   */
  public CompletableFuture<RecordMetadata> executed(
      ActionEvent proposal, String eventId, @Nullable Result result) {
    ActionEvent executed =
        ActionEvent.newBuilder(proposal)
            .setPhase(Phase.EXECUTED)
            .setProposalId(proposal.getEventId())
            .setEventId(eventId)
            .setOccurredAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .setResult(result)
            .build();
    byte[] key = proposal.getTaskId().getBytes(StandardCharsets.UTF_8);
    CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(topics.actions, key, ACTION.encode(executed)),
              (metadata, error) -> {
                if (error == null) {
                  sent.complete(metadata);
                } else {
                  sent.completeExceptionally(error);
                }
              });
    } catch (KafkaException | IllegalStateException e) {
      sent.completeExceptionally(e);
    }
    return sent;
  }

  private void read() {
    try {
      while (!over) {
        consumer.poll(POLL).forEach(this::take);
      }
    } catch (WakeupException e) {
      // closed
    } catch (KafkaException e) {
      fault = e;
    } finally {
      over = true; // whatever it was: nothing more is heard
      open.values().forEach(proposed -> proposed.end(Outcome.SILENCE));
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    if (value == null) {
      return;
    }
    Disposition disposition;
    try {
      disposition = DISPOSITION.decode(value);
    } catch (MalformedRecordException e) {
      return; // nobody's answer
    }
    Proposed proposed = open.get(disposition.getDigest());
    if (proposed == null || !proposed.isOf(disposition.getTaskId(), disposition.getEventId())) {
      return;
    }
    if (disposition.getKind() == DispositionKind.HELD) {
      proposed.hold();
    } else {
      proposed.end(Outcome.of(disposition));
    }
  }

  private static ByteBuffer digest(byte[] value) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(value));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /** Why nothing more is heard, so that all is denied; null if nothing is wrong. */
  public @Nullable KafkaException fault() {
    return fault;
  }

  /** Ends what is open with a denial, and the clients. */
  @Override
  public void close() {
    over = true;
    consumer.wakeup();
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    producer.close();
    consumer.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
