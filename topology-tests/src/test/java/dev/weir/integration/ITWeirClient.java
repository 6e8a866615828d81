/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.action.Digest;
import dev.weir.cli.CommandLineRun;
import dev.weir.client.Outcome;
import dev.weir.client.WeirClient;
import dev.weir.event.ActionEvent;
import dev.weir.event.Disposition;
import dev.weir.event.DispositionKind;
import dev.weir.event.Phase;
import dev.weir.wire.SingleObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent's client on a real broker; a stand-in answers in Weir's place, in transactions. */
class ITWeirClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SingleObject<ActionEvent> ACTION = SingleObject.of(ActionEvent.class);
  private static final SingleObject<Disposition> DISPOSITION = SingleObject.of(Disposition.class);
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path dir;

  @Test
  void shouldEndEachProposalAsItIsAnsweredWhenTheBrokerIsReal() throws Exception {
    try (Cluster cluster = Cluster.start("it-client");
        StandIn weir = new StandIn(cluster)) {
      WeirClient.Topics topics =
          new WeirClient.Topics(cluster.topics().actions(), cluster.topics().dispositions());
      Map<String, Object> kafka = Map.of("bootstrap.servers", cluster.bootstrapServers());
      byte[] harmless = json("a", "ls");
      try (WeirClient client = WeirClient.connect(kafka, topics)) {
        assertThat(client.propose("task", "a", harmless, LONG).await(LONG).isReleased()).isTrue();
        assertThat(client.propose("task", "b", json("b", "rm"), LONG).await(LONG).kind())
            .isEqualTo(Outcome.Kind.DENIED);
        assertThat(client.propose("task", "c", json("c", "?"), Duration.ofMillis(300)).await(LONG))
            .isEqualTo(new Outcome(Outcome.Kind.DENIED, false, null));
      }
      try (WeirClient again = WeirClient.connect(kafka, topics)) {
        assertThat(again.propose("task", "a", harmless, LONG).await(LONG).isReleased()).isTrue();
      }

      Path log =
          Files.writeString(
              dir.resolve("log.jsonl"),
              IntStream.range(0, 40)
                  .mapToObj(i -> observed("t" + i % 4, "e" + i, i % 10 == 3 ? "rm" : "ls"))
                  .collect(Collectors.joining("\n")));
      CommandLineRun run =
          CommandLineRun.of(
              "publish",
              "--as-proposals",
              "--json",
              "--patience",
              "30s",
              "--config",
              config(cluster),
              log.toString());
      assertThat(run.exit()).as(run.err()).isZero();
      JsonNode proposals = JSON.readTree(run.out()).get("proposals");
      assertThat(proposals.get("proposed").asInt()).isEqualTo(40);
      assertThat(proposals.get("released").asInt()).isEqualTo(36);
      assertThat(proposals.get("denied").asInt()).isEqualTo(4);
      assertThat(proposals.get("executed").asInt()).isEqualTo(36);
    }
  }

  private String config(Cluster cluster) throws Exception {
    return Files.writeString(
            dir.resolve("weir.properties"),
            "kafka.bootstrap.servers=%s%ntopics.prefix=it-client%n"
                .formatted(cluster.bootstrapServers()))
        .toString();
  }

  private static byte[] json(String event, String command) {
    return observed("task", event, command)
        .replace("OBSERVED", "PROPOSED")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String observed(String task, String event, String command) {
    return """
    {"event_id":"%s","occurred_at":"2026-01-01T00:00:00Z","phase":"OBSERVED","task_id":"%s",\
    "agent":{"id":"a"},"tool":{"name":"bash"},"arguments":{"command":"%s"}}"""
        .formatted(event, task, command);
  }

  /** Releases what lists, denies what removes, says of the rest only that it is held. */
  private static final class StandIn implements AutoCloseable {
    private final Cluster cluster;
    private final Thread thread = new Thread(this::answer, "stand-in");
    private volatile boolean over;

    StandIn(Cluster cluster) {
      this.cluster = cluster;
      thread.start();
    }

    private void answer() {
      Map<String, Object> consuming = Map.of("bootstrap.servers", cluster.bootstrapServers());
      Map<String, Object> producing =
          Map.of("bootstrap.servers", cluster.bootstrapServers(), "transactional.id", "stand-in");
      try (KafkaConsumer<byte[], byte[]> consumer =
              new KafkaConsumer<>(
                  consuming, new ByteArrayDeserializer(), new ByteArrayDeserializer());
          KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(
                  producing, new ByteArraySerializer(), new ByteArraySerializer())) {
        producer.initTransactions();
        List<TopicPartition> all =
            consumer.partitionsFor(cluster.topics().actions()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        while (!over) {
          var records = consumer.poll(Duration.ofMillis(100));
          if (!records.isEmpty()) {
            producer.beginTransaction();
            records.forEach(record -> answer(record, producer));
            producer.commitTransaction();
          }
        }
      }
    }

    private void answer(
        ConsumerRecord<byte[], byte[]> record, KafkaProducer<byte[], byte[]> producer) {
      byte[] value = record.value();
      String task = new String(record.key(), StandardCharsets.UTF_8);
      String event;
      String command;
      if (SingleObject.isSingleObject(value)) {
        ActionEvent action = ACTION.decode(value);
        if (action.getPhase() != Phase.PROPOSED) {
          return;
        }
        event = action.getEventId();
        command = String.valueOf(action.getArguments());
      } else {
        JsonNode action = read(value);
        event = action.get("event_id").asText();
        command = action.get("arguments").toString();
      }
      DispositionKind kind =
          command.contains("ls")
              ? DispositionKind.RELEASED
              : command.contains("rm") ? DispositionKind.DENIED : DispositionKind.HELD;
      Disposition disposition =
          new Disposition(
              event, task, ByteBuffer.wrap(Digest.of(value)), kind, false, Instant.now(), null);
      var unused =
          producer.send(
              new ProducerRecord<>(
                  cluster.topics().dispositions(), record.key(), DISPOSITION.encode(disposition)));
    }

    private static JsonNode read(byte[] value) {
      try {
        return JSON.readTree(value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws InterruptedException {
      over = true;
      thread.join();
    }
  }
}
