/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.Topics;
import dev.weir.config.WeirConfig;
import dev.weir.event.Disposition;
import dev.weir.event.DispositionKind;
import dev.weir.event.Reviewer;
import dev.weir.event.ReviewerKey;
import dev.weir.event.ReviewerKind;
import dev.weir.policy.publish.Ed25519;
import dev.weir.review.RecordSignature;
import dev.weir.topology.Codecs;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/**
 * Every proposal gets exactly one final disposition, and nothing at the catastrophic line is
 * released without an approval, while monitor and reviewer are killed at work.
 */
class ITReviewKill {
  private static final int TASKS = 200;
  private static final int ROUNDS = 100; // 20,000 proposals
  private static final int KILLS = 2;
  private static final KeyPair REGISTRAR = Ed25519.generate();
  private static final KeyPair REVIEWER = Ed25519.generate();
  private static final String POLICY =
      """
      weir: 1
      id: loop
      version: "1"
      prior: -3
      unscorable: 6
      catastrophic: 7
      budget: {tax: 0.1, window_actions: 1000, ceilings: {catastrophic: 1, retry: 1}}
      tiers:
        - {id: expert, cost: 100, assurance: 0.9, deadline: 15s}
      sources:
        weir.actions: {attests: []}
      rules:
        - id: loss
          when: "'loss' in args"
          adds: {money: "double(args.loss)"}
          because: the test says what is at stake
      """;

  @Test
  void shouldAnswerEveryProposalOnceWhenMonitorAndReviewerAreKilled() throws Exception {
    try (Cluster cluster = Cluster.start("it-loop");
        Answers answers = new Answers(cluster)) {
      Path config = write(cluster);
      register(cluster);
      Juror juror = Juror.start(cluster, REVIEWER);
      int round = 0;
      for (int kill = 1; kill <= KILLS; kill++) {
        int enough = ROUNDS * kill / (KILLS + 1);
        try (Jvm monitor = Jvm.start(MonitorProcess.class, config.toString())) {
          while (round < enough) {
            propose(cluster, round++);
          }
          int least = TASKS * enough / 2;
          answers.await("half of them", () -> answers.finals() >= least || !monitor.alive());
          assertThat(monitor.alive()).as(monitor.err()).isTrue();
          juror.kill();
          monitor.kill();
        }
        juror = Juror.start(cluster, REVIEWER);
      }
      try (Jvm monitor = Jvm.start(MonitorProcess.class, config.toString())) {
        while (round < ROUNDS) {
          propose(cluster, round++);
        }
        answers.await("all of them", () -> answers.finals() >= TASKS * ROUNDS);
        monitor.hangUp();
        assertThat(monitor.exit()).as(monitor.err()).isZero();
      }
      juror.kill();
      answers.drain();

      answers.assertOneFinalEach(TASKS * ROUNDS);
      for (Disposition released : answers.of(DispositionKind.RELEASED)) {
        if (Juror.isDangerous(released.getEventId())) {
          assertThat(Juror.decides(released.getEventId())).isEqualTo(Juror.Answer.APPROVE);
        }
      }
      assertThat(answers.of(DispositionKind.DENIED)).isNotEmpty();
      assertThat(answers.of(DispositionKind.EXPIRED))
          .isNotEmpty()
          .allSatisfy(expired -> assertThat(Juror.isDangerous(expired.getEventId())).isTrue());
    }
  }

  private static void propose(Cluster cluster, int round) {
    for (int task = 0; task < TASKS; task++) {
      String eventId = "t%d-%d".formatted(task, round);
      boolean dangerous = Juror.isDangerous(eventId);
      String json =
          ("{\"event_id\":\"%s\",\"occurred_at\":\"2026-01-01T00:00:00Z\",\"phase\":\"PROPOSED\","
                  + "\"task_id\":\"t%d\",\"agent\":{\"id\":\"a\"},\"tool\":{\"name\":\"%s\"},"
                  + "\"arguments\":{\"loss\":%d}}")
              .formatted(eventId, task, dangerous ? "transfer" : "look", dangerous ? 8 : -2);
      cluster.act("t" + task, Events.bytes(json));
    }
  }

  private static void register(Cluster cluster) throws Exception {
    String topic = cluster.topics().reviewers();
    Reviewer reviewer =
        Reviewer.newBuilder()
            .setReviewerId(Juror.ID)
            .setKind(ReviewerKind.PROGRAM)
            .setTiers(List.of("expert"))
            .setKeys(
                List.of(
                    new ReviewerKey(
                        "k1",
                        ByteBuffer.wrap(REVIEWER.getPublic().getEncoded()),
                        Instant.EPOCH,
                        Instant.parse("2100-01-01T00:00:00Z"))))
            .setGeneration(1)
            .setRegistrar("rita")
            .setRegisteredAt(Instant.EPOCH)
            .setSignature(ByteBuffer.allocate(0))
            .build();
    RecordSignature.ofReviewers(topic).sign(reviewer, REGISTRAR.getPrivate());
    cluster.stray(
        new ProducerRecord<>(topic, Events.bytes(Juror.ID), Codecs.REVIEWER.encode(reviewer)));
  }

  private static Path write(Cluster cluster) throws Exception {
    Path folder = Files.createDirectories(cluster.stateDir("config"));
    Map<String, String> properties = cluster.properties("looped");
    properties.put(
        WeirConfig.POLICY_FILE,
        Files.writeString(folder.resolve("policy.yaml"), POLICY).toString());
    properties.put(WeirConfig.REVIEW_REGISTRARS, "rita=" + Ed25519.base64(REGISTRAR.getPublic()));
    properties.put(WeirConfig.COMMIT_INTERVAL_MS, "50");
    Properties written = new Properties();
    written.putAll(properties);
    Path file = folder.resolve("weir.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      written.store(out, null);
    }
    return file;
  }

  /** The dispositions as committed. */
  private static final class Answers implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Disposition> finals = new HashMap<>();
    private final Map<String, Integer> times = new HashMap<>();

    Answers(Cluster cluster) {
      Topics topics = cluster.topics();
      consumer =
          new KafkaConsumer<>(
              Map.of(
                  "bootstrap.servers",
                  cluster.bootstrapServers(),
                  "isolation.level",
                  "read_committed"),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      List<TopicPartition> partitions =
          consumer.partitionsFor(topics.dispositions()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    }

    int finals() {
      return finals.size();
    }

    List<Disposition> of(DispositionKind kind) {
      return finals.values().stream().filter(d -> d.getKind() == kind).toList();
    }

    void await(String what, Await.Condition met) throws Exception {
      Await.until(
          what,
          () -> {
            consumer.poll(Duration.ofMillis(50)).forEach(this::add);
            return met.met();
          },
          () -> finals.size() + " final dispositions");
    }

    void drain() throws Exception {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      await(
          "the end of what is committed",
          () ->
              ends.entrySet().stream()
                  .allMatch(end -> consumer.position(end.getKey()) >= end.getValue()));
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
      Disposition disposition = Codecs.DISPOSITION.decode(record.value());
      if (disposition.getKind() != DispositionKind.HELD && !disposition.getRepeats()) {
        finals.put(disposition.getEventId(), disposition);
        times.merge(disposition.getEventId(), 1, Integer::sum);
      }
    }

    void assertOneFinalEach(int proposals) {
      assertThat(finals).hasSize(proposals);
      assertThat(times.entrySet()).filteredOn(each -> each.getValue() != 1).isEmpty();
    }

    @Override
    public void close() {
      consumer.close();
    }
  }
}
