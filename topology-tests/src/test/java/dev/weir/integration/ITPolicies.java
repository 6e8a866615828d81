/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.CommandLineRun;
import dev.weir.config.WeirConfig;
import dev.weir.event.Assessment;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import dev.weir.policy.publish.PolicyRefusal;
import dev.weir.topology.Placement;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy is published by the command line to monitors that run, and stays through a restart. */
class ITPolicies {
  private static final int TRIAL = 100;
  private static final Placement PLACEMENT = new Placement(Cluster.PARTITIONS);

  @TempDir private Path dir;

  @Test
  void shouldGoLivePartitionByPartitionAndStayWhenRestarted() throws Exception {
    Policy before = PolicyLoader.load("before", yaml("before", "").getBytes());
    Path next = file("next.yaml", yaml("next", ""));
    Path wrong = file("wrong.yaml", yaml("wrong", "  - {id: all, route: always, because: x}"));
    Policy after = PolicyLoader.load("next", Files.readAllBytes(next));
    try (Cluster cluster = Cluster.start("it-policies");
        Ledger ledger = cluster.ledger()) {
      Map<String, String> properties = cluster.properties("one");
      properties.put(WeirConfig.POLICY_PUBLISHERS, "alice=file:" + key());
      String config = config(properties);
      int acted = 0;
      try (Instance monitor = cluster.run("one", properties, before)) {
        act(cluster, 0, acted, acted += TRIAL);
        ledger.awaitAll(cluster.published());

        assertThat(publish(config, wrong).exit()).as("beyond its limits").isEqualTo(1);
        CommandLineRun published = publish(config, next);
        assertThat(published.exit()).as(published.err()).isZero();
        assertThat(published.out()).contains("within its limits");
        assertThat(published.err()).contains("scores by: generation 0, before 1");
        assertThat(publish(config, next).err()).contains("is called for already");
        Await.until("the call", () -> monitor.called() == 1);
        act(cluster, 0, acted, acted += TRIAL + 1);
        ledger.awaitAll(cluster.published());
        poison(cluster);
        Await.until("refusals", () -> monitor.policiesRefused(PolicyRefusal.UNREADABLE) == 3);
        assertThat(monitor.sound()).isTrue();
      }
      assertThat(of(ledger, after)).isEqualTo(1);
      Cluster.delete(cluster.stateDir("one"));

      try (Instance monitor = cluster.run("one", properties, before)) {
        act(cluster, 0, acted, acted += 10);
        act(cluster, 1, 0, 10);
        ledger.awaitAll(cluster.published());
        assertThat(monitor.sound()).isTrue();
      }
      assertThat(of(ledger, after)).as("it stays where it was adopted").isEqualTo(11);
      assertThat(of(ledger, before)).isEqualTo(2 * TRIAL + 10L);
      ledger.assertFoldsExact();
      CommandLineRun status = CommandLineRun.of("policy", "status", "--config", config);
      assertThat(status.out())
          .contains("called for          generation 1, ", "(next 1): partitions 0")
          .contains("UNREADABLE 3");
    }
  }

  private CommandLineRun publish(String config, Path policy) {
    return CommandLineRun.of(
        "policy",
        "publish",
        policy.toString(),
        "--config",
        config,
        "--key",
        dir.resolve("alice.pem").toString());
  }

  /** Makes a key, as its publisher would; where its public half is. */
  private Path key() throws IOException {
    Path file = dir.resolve("alice.pem");
    assertThat(CommandLineRun.of("keys", "generate", file.toString()).exit()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(CommandLineRun.of("keys", "generate", file.toString()).exit())
        .as("nothing is overwritten")
        .isEqualTo(1);
    Path publicFile = dir.resolve("alice.pem.pub");
    assertThat(CommandLineRun.of("keys", "show", file.toString()).out())
        .startsWith("policy.publishers=alice=");
    return publicFile;
  }

  private String config(Map<String, String> properties) throws IOException {
    Path file = dir.resolve("weir.properties");
    Properties all = new Properties();
    all.putAll(properties);
    all.put(WeirConfig.POLICY_FILE, file("before.yaml", yaml("before", "")).toString());
    try (Writer out = Files.newBufferedWriter(file)) {
      all.store(out, null);
    }
    return file.toString();
  }

  /** Acts in tasks of one partition. */
  private static void act(Cluster cluster, int partition, int from, int to) {
    List<String> tasks =
        IntStream.range(0, 100)
            .mapToObj(i -> "task-" + i)
            .filter(task -> PLACEMENT.of(task) == partition)
            .limit(5)
            .toList();
    for (int i = from; i < to; i++) {
      String task = tasks.get(i % tasks.size());
      cluster.act(task, Events.json(task, i));
    }
  }

  private static void poison(Cluster cluster) throws Exception {
    String topic = cluster.topics().policies();
    for (String key : List.of("active ", "policy/" + "0".repeat(64))) {
      cluster.stray(new ProducerRecord<>(topic, Events.bytes(key), Events.bytes("poison")));
    }
    cluster.stray(new ProducerRecord<>(topic, Events.bytes("nothing"), new byte[900_000]));
  }

  private static long of(Ledger ledger, Policy policy) throws Exception {
    ledger.drain();
    return ledger.assessments().stream()
        .map(Assessment::getPolicyDigest)
        .filter(ByteBuffer.wrap(policy.digest())::equals)
        .count();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text);
  }

  private static String yaml(String id, String rules) {
    return """
    weir: 1
    id: %s
    version: "1"
    budget: {tax: 0.1}
    limits: {trial_actions: %d}
    tiers: [{id: expert, cost: 100, assurance: 0.9, deadline: 1h}]
    rules:
      - {id: deletes, when: "view.shell.deletes", adds: {destruction: 3}, because: it deletes}
    %s
    """
        .formatted(id, TRIAL, rules);
  }
}
