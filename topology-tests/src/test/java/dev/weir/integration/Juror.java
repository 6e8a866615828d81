/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import dev.weir.event.Escalation;
import dev.weir.event.Verdict;
import dev.weir.event.VerdictDecision;
import dev.weir.review.RecordSignature;
import dev.weir.topology.Codecs;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A reviewer that answers by the event's id alone: approves, denies, or keeps silent. Killed, it
 * loses its place, and answers again what it has answered.
 */
final class Juror {
  static final String ID = "juror";

  private final Thread thread;
  private volatile boolean killed;

  /** What it answers. */
  enum Answer {
    APPROVE,
    DENY,
    NOTHING
  }

  private Juror(Cluster cluster, KeyPair key) {
    this.thread = new Thread(() -> run(cluster, key), ID);
    thread.setDaemon(true);
  }

  static Juror start(Cluster cluster, KeyPair key) {
    Juror juror = new Juror(cluster, key);
    juror.thread.start();
    return juror;
  }

  /** Whether a proposal of that id is one of the few that must be reviewed. */
  static boolean isDangerous(String eventId) {
    return hash(eventId) % 100 == 0;
  }

  static Answer decides(String eventId) {
    long say = hash(eventId) / 100 % 10;
    return say < 5 ? Answer.APPROVE : say < 9 ? Answer.DENY : Answer.NOTHING;
  }

  private static long hash(String eventId) {
    CRC32 crc = new CRC32();
    crc.update(Events.bytes(eventId));
    return crc.getValue();
  }

  void kill() throws InterruptedException {
    killed = true;
    thread.join();
  }

  private void run(Cluster cluster, KeyPair key) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "group.id",
                "juror-" + System.nanoTime(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(cluster.topics().escalations()));
      while (!killed) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          if (Codecs.ESCALATION.reads(SingleObject.fingerprint(record.value()))) {
            answer(cluster, key, Codecs.ESCALATION.decode(record.value()));
          }
        }
      }
    }
  }

  private static void answer(Cluster cluster, KeyPair key, Escalation escalation) {
    String eventId = escalation.getAssessment().getEventId();
    Answer answer = decides(eventId);
    if (answer == Answer.NOTHING) {
      return;
    }
    Verdict verdict =
        Verdict.newBuilder()
            .setEscalationId(escalation.getEscalationId())
            .setTaskId(escalation.getTaskId())
            .setEventId(eventId)
            .setDigest(escalation.getDigest())
            .setNonce(escalation.getNonce())
            .setDecision(VerdictDecision.valueOf(answer.name()))
            .setReviewerId(ID)
            .setTier(escalation.getTier())
            .setIssuedAt(Instant.now())
            .setKeyId("k1")
            .setSignature(ByteBuffer.allocate(0))
            .build();
    RecordSignature.VERDICT.sign(verdict, key.getPrivate());
    cluster.answer(
        new ProducerRecord<>(
            cluster.topics().verdicts(),
            Events.bytes(escalation.getTaskId()),
            Codecs.VERDICT.encode(verdict)));
  }
}
