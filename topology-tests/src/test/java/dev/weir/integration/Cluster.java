/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.config.TopicPlan;
import dev.weir.config.Topics;
import dev.weir.config.WeirConfig;
import dev.weir.metrics.Metrics;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import dev.weir.topology.Monitor;
import dev.weir.topology.TopicCreation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A broker of one test's own with Weir's topics on it, a publisher, and as many monitors as the
 * test starts. Closing it leaves nothing behind.
 */
final class Cluster implements AutoCloseable {
  static final int PARTITIONS = 4;
  static final byte[] CHANCE_KEY = Events.bytes("0123456789abcdef0123456789abcdef");
  static final Policy POLICY = PolicyLoader.builtIn();

  private final EmbeddedBroker broker;
  private final Path dir;
  private final String applicationId;
  private final Topics topics;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Deque<Instance> instances = new ArrayDeque<>();
  private final Deque<Future<RecordMetadata>> sent = new ArrayDeque<>();
  private final List<Place> published = new ArrayList<>();

  private Cluster(String name) throws IOException {
    broker = EmbeddedBroker.temporary();
    dir = Files.createTempDirectory("weir-it-");
    applicationId = name;
    topics = new Topics(name, List.of());
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "max.request.size",
                64 << 20,
                "buffer.memory",
                128L << 20,
                "compression.type",
                "lz4",
                "linger.ms",
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** A broker with every topic of the plan; {@code name} is prefix of topics and application id. */
  static Cluster start(String name) throws Exception {
    return start(name, PARTITIONS);
  }

  /** The same with so many partitions of everything per task. */
  static Cluster start(String name, int partitions) throws Exception {
    Cluster cluster = bare(name);
    try {
      TopicCreation.create(cluster.admin, new TopicPlan(cluster.topics, partitions, 1));
      return cluster;
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  /** A broker without a topic. */
  static Cluster bare(String name) throws IOException {
    return new Cluster(name);
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  Topics topics() {
    return topics;
  }

  Admin admin() {
    return admin;
  }

  /** Sets one setting of a topic, and waits until the broker has it. */
  void set(String topic, String key, String value) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp op = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
    admin.incrementalAlterConfigs(Map.of(resource, List.of(op))).all().get();
    Await.until(
        key,
        () ->
            admin
                .describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get(key)
                .value()
                .equals(value));
  }

  /** weir.properties of the instance of that name, whose state is in a folder of that name. */
  Map<String, String> properties(String instance) {
    Map<String, String> properties = new HashMap<>();
    properties.put("kafka.bootstrap.servers", broker.bootstrapServers());
    properties.put(WeirConfig.APPLICATION_ID, applicationId);
    properties.put(WeirConfig.TOPICS_PREFIX, topics.prefix());
    properties.put(WeirConfig.STATE_DIR, stateDir(instance).toString());
    // As pods have it: who comes back under its name need not wait for itself to expire.
    properties.put("kafka.group.instance.id", instance);
    properties.put("kafka.session.timeout.ms", "6000");
    properties.put("kafka.heartbeat.interval.ms", "1500");
    return properties;
  }

  Path stateDir(String instance) {
    return dir.resolve(instance);
  }

  /** Starts a monitor. */
  Instance run(String name) throws InterruptedException {
    return run(name, properties(name));
  }

  /** Starts a monitor with those properties. */
  Instance run(String name, Map<String, String> properties) throws InterruptedException {
    return run(name, properties, POLICY);
  }

  /** Starts a monitor with those properties and another policy. */
  Instance run(String name, Map<String, String> properties, Policy policy)
      throws InterruptedException {
    Metrics metrics = new Metrics();
    Monitor monitor = Monitor.of(WeirConfig.of(properties), policy, CHANCE_KEY, metrics);
    Instance instance = new Instance(monitor, metrics);
    instances.push(instance);
    monitor.start();
    return instance;
  }

  /** Sends an action to the default source, under its task as key. */
  void act(String task, byte[] value) {
    publish(new ProducerRecord<>(topics.actions(), Events.bytes(task), value));
  }

  /** Sends a record that must end in exactly one outcome. */
  void publish(ProducerRecord<byte[], byte[]> record) {
    sent.add(producer.send(record));
  }

  /** Sends a verdict; what becomes of it, others see. */
  void answer(ProducerRecord<byte[], byte[]> verdict) {
    producer.send(verdict);
  }

  /** Sends a record to a topic that only Weir should write to; returns where it lies. */
  Place stray(ProducerRecord<byte[], byte[]> record)
      throws ExecutionException, InterruptedException {
    return Place.of(producer.send(record).get());
  }

  /** Where everything lies that {@link #publish} sent, in the order of sending. */
  List<Place> published() throws ExecutionException, InterruptedException {
    producer.flush();
    while (!sent.isEmpty()) {
      published.add(Place.of(sent.remove().get()));
    }
    return published;
  }

  /** A reader of everything that the monitors commit. */
  Ledger ledger() {
    return new Ledger(broker.bootstrapServers(), topics);
  }

  @Override
  public void close() throws IOException {
    instances.forEach(Instance::close);
    producer.close();
    admin.close();
    broker.close();
    if (Files.exists(dir)) {
      delete(dir);
    }
  }

  static void delete(Path tree) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(tree)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
