/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.bench;

import dev.weir.action.Digest;
import dev.weir.broker.EmbeddedBroker;
import dev.weir.config.TopicPlan;
import dev.weir.config.WeirConfig;
import dev.weir.event.Disposition;
import dev.weir.event.DispositionKind;
import dev.weir.fleet.FleetSimulator;
import dev.weir.fleet.SimulatedAction;
import dev.weir.metrics.Tally;
import dev.weir.policy.PolicyLoader;
import dev.weir.topology.Codecs;
import dev.weir.topology.Monitor;
import dev.weir.topology.StreamsSettings;
import dev.weir.topology.TopicCreation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How long an agent waits that is released at once: from sending its proposal until a {@code
 * read_committed} consumer holds the disposition, with broker, monitor and agents in one JVM. First
 * as fast as it goes, which is the most that the machine bears, then at half of that, for each
 * commit interval. Run it by its main method, after {@code mvn -pl topology-tests -am
 * test-compile}; arguments: commit intervals in ms, proposals a run.
 */
public final class ReleaseBench {
  private static final int PARTITIONS = 4;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private ReleaseBench() {}

  /** Prints a line a run. */
  public static void main(String[] args) throws Exception {
    String[] intervals = (args.length > 0 ? args[0] : "10,30,100").split(",");
    int proposals = args.length > 1 ? Integer.parseInt(args[1]) : 60_000;
    List<SimulatedAction> actions = actions(2 * proposals);
    for (String interval : intervals) {
      double most;
      try (Run run = new Run(interval)) {
        run.propose(actions.subList(0, proposals), Double.POSITIVE_INFINITY);
        most = run.propose(actions.subList(proposals, 2 * proposals), Double.POSITIVE_INFINITY);
      }
      try (Run run = new Run(interval)) {
        run.propose(actions.subList(0, proposals), most / 2);
        run.waits.clear();
        double rate = run.propose(actions.subList(proposals, 2 * proposals), most / 2);
        System.out.printf(
            Locale.ROOT,
            "commit.interval.ms=%s most %,.0f/s at %,.0f/s: p50 %.1f ms p99 %.1f ms max %.1f ms of %d%n",
            interval,
            most,
            rate,
            run.percentile(0.5),
            run.percentile(0.99),
            run.percentile(1),
            run.waits.size());
      }
    }
  }

  private static List<SimulatedAction> actions(int count) {
    List<SimulatedAction> actions = new ArrayList<>(count);
    Set<String> seen = new HashSet<>();
    for (SimulatedAction action : new FleetSimulator(7, count)) {
      // What is broken or repeated on purpose has no first answer of its own.
      if (!action.eventId().isEmpty() && seen.add(action.taskId() + ' ' + action.eventId())) {
        actions.add(action);
      }
      if (actions.size() == count) {
        break;
      }
    }
    return actions;
  }

  /** One broker with one monitor. */
  private static final class Run implements AutoCloseable {
    final List<Long> waits = new ArrayList<>();
    private final Map<String, Long> sentNs = new ConcurrentHashMap<>();
    private final EmbeddedBroker broker = EmbeddedBroker.temporary();
    private final WeirConfig config;
    private final Monitor monitor;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private long answered;

    Run(String interval) throws Exception {
      Path dir = Files.createTempDirectory("weir-bench");
      config =
          WeirConfig.of(
              Map.of(
                  "kafka.bootstrap.servers",
                  broker.bootstrapServers(),
                  WeirConfig.STATE_DIR,
                  dir.toString(),
                  WeirConfig.COMMIT_INTERVAL_MS,
                  interval));
      Map<String, Object> client = new HashMap<>(StreamsSettings.client(config));
      try (Admin admin = Admin.create(client)) {
        TopicCreation.create(admin, new TopicPlan(config.topics(), PARTITIONS, 1));
      }
      byte[] key = Digest.of("bench".getBytes(StandardCharsets.UTF_8));
      monitor = Monitor.of(config, PolicyLoader.builtIn(), key, Tally.NONE);
      monitor.start();
      producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
      client.put("isolation.level", "read_committed");
      consumer =
          new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      List<TopicPartition> partitions =
          consumer.partitionsFor(config.topics().dispositions()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    }

    /** Proposes at that rate a second, until all are answered; returns how many a second were. */
    double propose(List<SimulatedAction> actions, double rate) throws Exception {
      long due = answered + actions.size();
      long startNs = System.nanoTime();
      Thread sender = new Thread(() -> send(actions, rate, startNs), "agents");
      sender.start();
      while (answered < due) {
        if (System.nanoTime() - startNs > LIMIT.toNanos()) {
          throw new IllegalStateException("%d of %d answered".formatted(answered, due));
        }
        consumer.poll(Duration.ofMillis(100)).forEach(this::take);
      }
      sender.join();
      return actions.size() * 1e9 / (System.nanoTime() - startNs);
    }

    private void send(List<SimulatedAction> actions, double rate, long startNs) {
      for (int i = 0; i < actions.size(); i++) {
        long atNs = startNs + (long) (i * 1e9 / rate);
        while (System.nanoTime() < atNs) {
          LockSupport.parkNanos(Math.min(1_000_000, atNs - System.nanoTime()));
        }
        SimulatedAction action = actions.get(i);
        byte[] value =
            new String(action.json(), StandardCharsets.UTF_8)
                .replace("\"OBSERVED\"", "\"PROPOSED\"")
                .getBytes(StandardCharsets.UTF_8);
        byte[] key = action.taskId().getBytes(StandardCharsets.UTF_8);
        sentNs.put(action.taskId() + ' ' + action.eventId(), System.nanoTime());
        producer.send(new ProducerRecord<>(config.topics().actions(), key, value));
      }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
      long nowNs = System.nanoTime();
      Disposition disposition = Codecs.DISPOSITION.decode(record.value());
      Long sent = sentNs.remove(disposition.getTaskId() + ' ' + disposition.getEventId());
      if (sent != null) {
        answered++;
        if (disposition.getKind() == DispositionKind.RELEASED) {
          waits.add(nowNs - sent);
        }
      }
    }

    double percentile(double share) {
      long[] sorted = waits.stream().mapToLong(Long::longValue).toArray();
      Arrays.sort(sorted);
      int at = (int) Math.min(sorted.length - 1L, (long) Math.ceil(share * sorted.length) - 1);
      return sorted[at] / 1e6;
    }

    @Override
    public void close() throws Exception {
      consumer.close();
      producer.close();
      monitor.close();
      broker.close();
    }
  }
}
