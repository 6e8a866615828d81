/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.bench;

import dev.weir.action.Digest;
import dev.weir.broker.EmbeddedBroker;
import dev.weir.config.TopicPlan;
import dev.weir.config.WeirConfig;
import dev.weir.event.Assessment;
import dev.weir.fleet.FleetSimulator;
import dev.weir.fleet.SimulatedAction;
import dev.weir.metrics.Tally;
import dev.weir.policy.PolicyLoader;
import dev.weir.topology.Monitor;
import dev.weir.topology.StreamsSettings;
import dev.weir.topology.TopicCreation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Actions a second through the whole monitor, from a backlog on a broker in the same JVM: the two
 * kinds of store in turn, so that only the ratio is quoted. Run it by its main method, after {@code
 * mvn -pl topology-tests -am test-compile}; arguments: tasks, rounds, stores.
 */
public final class MonitorBench {
  private static final int PARTITIONS = 4;

  private MonitorBench() {}

  /** Prints a line a run. */
  public static void main(String[] args) throws Exception {
    int tasks = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    List<String> stores = args.length > 2 ? List.of(args[2].split(",")) : List.of("live", "plain");
    Path dir = Files.createTempDirectory("weir-bench");
    try (EmbeddedBroker broker = EmbeddedBroker.temporary()) {
      publish(config(broker, "live", "none", dir), tasks);
      for (int round = 0; round < rounds; round++) {
        for (String store : stores) {
          WeirConfig config = config(broker, store, store + round, dir);
          System.out.printf(
              Locale.ROOT, "%s %,.0f actions/s after the first fifth%n", store, run(config, tasks));
        }
      }
    }
  }

  private static WeirConfig config(EmbeddedBroker broker, String store, String id, Path dir) {
    Map<String, String> properties = new HashMap<>();
    properties.put("kafka.bootstrap.servers", broker.bootstrapServers());
    properties.put(WeirConfig.APPLICATION_ID, "bench-" + id);
    properties.put(WeirConfig.STATE_DIR, dir.resolve(id).toString());
    properties.put(WeirConfig.STORE, store);
    properties.put(WeirConfig.TIME, WeirConfig.OCCURRED_AT);
    return WeirConfig.of(properties);
  }

  private static void publish(WeirConfig config, int tasks) throws Exception {
    Map<String, Object> client = StreamsSettings.client(config);
    try (Admin admin = Admin.create(client)) {
      TopicCreation.create(admin, new TopicPlan(config.topics(), PARTITIONS, 1));
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (SimulatedAction action : new FleetSimulator(7, tasks)) {
        byte[] key = action.taskId().getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(config.topics().actions(), key, action.json()));
      }
    }
  }

  private static double run(WeirConfig config, int tasks) throws Exception {
    AtomicLong settled = new AtomicLong();
    Tally tally =
        new Tally() {
          @Override
          public void assessed(Assessment assessment) {
            settled.incrementAndGet();
          }
        };
    long all = 0;
    for (SimulatedAction action : new FleetSimulator(7, tasks)) {
      all += action.eventId().isEmpty() ? 0 : 1;
    }
    byte[] key = Digest.of("bench".getBytes(StandardCharsets.UTF_8));
    try (Monitor monitor = Monitor.of(config, PolicyLoader.builtIn(), key, tally)) {
      monitor.start();
      long first = reach(settled, all / 5);
      long last = reach(settled, all * 99 / 100);
      return (all * 99 / 100 - all / 5) * 1e9 / (last - first);
    }
  }

  private static long reach(AtomicLong settled, long count) {
    while (settled.get() < count) {
      LockSupport.parkNanos(1_000_000);
    }
    return System.nanoTime();
  }
}
