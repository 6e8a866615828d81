/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.health.Vitals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an upgrade of Kafka may rename, move or drop: seen on a client that runs. */
class RunningStreamsTest {
  @TempDir Path stateDir;

  @Test
  void shouldShowEveryAllowedMetricAndItsVitalsWhenClientHasCommitted() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.temporary();
        KafkaStreams streams = count(broker)) {
      Metrics metrics = new Metrics().withStreams(streams::metrics);
      streams.start();
      sendTwoAndAwaitTheirCounts(broker);

      for (MetricNames.Bridged bridged : MetricNames.STREAMS) {
        String sample = bridged.sampleName();
        assertThat(metrics.samples()).as(sample).anyMatch(name -> name.equals(sample));
      }
      Vitals vitals = Vitals.of(streams);
      assertThat(vitals.state()).isEqualTo(State.RUNNING);
      assertThat(vitals.threads()).isEqualTo(1);
      // The second commit is seen before the client has noted it; the first one is noted by then.
      assertThat(vitals.committed().get(new TopicPartition("in", 0))).isBetween(1L, 2L);
      assertThat(vitals.lag()).isBetween(0L, 1L);
    }
  }

  private KafkaStreams count(EmbeddedBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              List.of("in", "out").stream()
                  .map(name -> new NewTopic(name, 1, (short) 1))
                  .collect(Collectors.toList()))
          .all()
          .get();
    }
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("in", Consumed.with(Serdes.String(), Serdes.String()))
        .groupByKey()
        .count(Materialized.as("counts"))
        .toStream()
        .to("out", Produced.with(Serdes.String(), Serdes.Long()));
    Properties config = new Properties();
    config.put("bootstrap.servers", broker.bootstrapServers());
    config.put("application.id", "running-streams-test");
    config.put("processing.guarantee", "exactly_once_v2");
    config.put("state.dir", stateDir.toString());
    config.put("default.key.serde", Serdes.StringSerde.class.getName());
    config.put("default.value.serde", Serdes.StringSerde.class.getName());
    return new KafkaStreams(builder.build(), config);
  }

  private static void sendTwoAndAwaitTheirCounts(EmbeddedBroker broker) {
    String servers = broker.bootstrapServers();
    try (KafkaProducer<String, String> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", servers),
                new StringSerializer(),
                new StringSerializer());
        KafkaConsumer<String, String> consumer =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
      TopicPartition out = new TopicPartition("out", 0);
      consumer.assign(List.of(out));
      consumer.seekToBeginning(List.of(out));
      for (int i = 0; i < 2; i++) {
        producer.send(new ProducerRecord<>("in", "task", "action"));
        producer.flush();
        int polls = 0;
        while (consumer.poll(Duration.ofSeconds(30)).isEmpty()) { // empty for a commit marker, too
          assertThat(++polls).isLessThan(10);
        }
      }
    }
  }
}
