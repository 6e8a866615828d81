/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.cli.CommandLineRun;
import dev.weir.event.AuditStage;
import dev.weir.event.Escalation;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.Signal;
import dev.weir.event.SignalRow;
import dev.weir.wire.SingleObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on the topic of signals is written as rows that others read. */
class ITSignalsExport {
  private static final SingleObject<Signal> SIGNAL = SingleObject.of(Signal.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SIGNALS = 50;

  @TempDir private Path dir;
  private String servers = "";
  private String config = "";

  @Test
  void shouldWriteWhatIsCommittedAsRowsWhenSignalsAreExported() throws Exception {
    try (Cluster cluster = Cluster.start("it-export")) {
      servers = cluster.bootstrapServers();
      config =
          Files.writeString(
                  dir.resolve("weir.properties"),
                  "kafka.bootstrap.servers=%s%ntopics.prefix=it-export%n".formatted(servers))
              .toString();
      Path none = dir.resolve("none.avro");
      assertThat(export(none, "--format", "avro").exit()).isZero();
      assertThat(rows(none)).as("a file without rows is whole, too").isEmpty();

      String topic = cluster.topics().signals();
      for (int i = 0; i < SIGNALS; i++) {
        cluster.stray(signal(topic, i));
      }
      abort(signal(topic, SIGNALS));

      Path lines = dir.resolve("signals.jsonl");
      CommandLineRun run = export(lines);
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.err())
          .contains("50 rows to ", "50 reviews, 0 outcomes; 0 records could not be read");
      assertThat(run.out()).isEmpty();
      List<JsonNode> json = json(lines);
      assertThat(json).extracting(row -> row.get("escalation_id").asText()).hasSize(SIGNALS);
      assertThat(json).allSatisfy(row -> assertThat(row).hasSize(columns().size()));

      assertThat(export(lines).err()).contains("is there already; --force replaces it");
      assertThat(export(lines, "--force").exit()).isZero();

      Path file = dir.resolve("signals.avro");
      assertThat(export(file, "--format", "avro").exit()).isZero();
      List<GenericRecord> rows = rows(file);
      assertThat(rows)
          .extracting(row -> row.get("escalation_id").toString())
          .containsExactlyInAnyOrderElementsOf(
              Stream.iterate(0, i -> i + 1).limit(SIGNALS).map(i -> "e-" + i).toList());

      part();
      poison(cluster);
    }
  }

  /** From a moment on, up to another one, and to stdout. */
  private void part() throws IOException {
    CommandLineRun part =
        export(
            Path.of("-"),
            "--from",
            FIRST.plusSeconds(10).toString(),
            "--to",
            FIRST.plusSeconds(20).toString());
    assertThat(part.exit()).as(part.err()).isZero();
    assertThat(part.out().lines()).hasSize(10);
    assertThat(
            JSON.readTree(part.out().lines().findFirst().orElseThrow()).get("harmful").asBoolean())
        .isTrue();
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files).noneMatch(left -> left.toString().endsWith(".part"));
    }
  }

  /** What cannot be read is counted, and hides nothing else. */
  private void poison(Cluster cluster) throws Exception {
    cluster.stray(
        new ProducerRecord<>(
            cluster.topics().signals(), Events.bytes("task"), Events.bytes("no signal")));
    CommandLineRun run = export(Path.of("-"));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out().lines()).hasSize(SIGNALS);
    assertThat(run.err()).contains("1 records could not be read");
  }

  private static List<Schema.Field> columns() {
    return SignalRow.getClassSchema().getFields();
  }

  /** A denial that ended so many seconds after the first. */
  private static ProducerRecord<byte[], byte[]> signal(String topic, int number) {
    Escalation escalation = Escalations.expert("e-" + number);
    Instant closed = FIRST.plusSeconds(number);
    Signal signal =
        Signal.newBuilder()
            .setEscalationId(escalation.getEscalationId())
            .setTaskId("task")
            .setTier("expert")
            .setRound(0)
            .setAuditStage(AuditStage.NONE)
            .setOutcome(ReviewOutcome.DENIED)
            .setOpinions(List.of())
            .setReviewCost(100)
            .setWeight(1)
            .setOpenedAt(FIRST)
            .setClosedAt(closed)
            .setAssessment(escalation.getAssessment())
            .build();
    return new ProducerRecord<>(
        topic,
        number % Cluster.PARTITIONS,
        closed.toEpochMilli(),
        Events.bytes("task"),
        SIGNAL.encode(signal));
  }

  private void abort(ProducerRecord<byte[], byte[]> record) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", servers, "transactional.id", "it-export-aborted");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(record).get();
      producer.abortTransaction();
    }
  }

  private CommandLineRun export(Path out, String... more) {
    List<String> args =
        new ArrayList<>(List.of("signals", "export", "--out", out.toString(), "--config", config));
    args.addAll(List.of(more));
    return CommandLineRun.of(args.toArray(String[]::new));
  }

  private static List<JsonNode> json(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  /** As any reader of Avro sees them, by the schema that the file holds. */
  private static List<GenericRecord> rows(Path file) throws IOException {
    List<GenericRecord> rows = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
      assertThat(reader.getMetaString("avro.codec")).isEqualTo("deflate");
      assertThat(reader.getSchema().getFields())
          .allSatisfy(column -> assertThat(column.doc()).as(column.name()).isNotBlank());
      reader.forEach(rows::add);
    }
    return rows;
  }
}
