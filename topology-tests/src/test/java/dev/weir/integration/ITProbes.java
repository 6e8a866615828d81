/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.cli.CommandLineRun;
import dev.weir.metrics.MetricNames;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reviewer that approves everything is found out, on a real broker. */
class ITProbes {
  private static final int ACTIONS = 12;
  private static final Policy POLICY =
      PolicyLoader.load(
          "probes",
          """
          weir: 1
          id: probes
          version: "1"
          budget: {tax: 10, ceilings: {route: 1}}
          tiers: [{id: expert, cost: 1, assurance: 0.9, deadline: 1h}]
          rules:
            - {id: deletes, when: "view.shell.deletes", adds: {destruction: 5}, route: always, because: it deletes}
          """
              .getBytes(StandardCharsets.UTF_8));

  @TempDir private Path dir;
  private String config = "";

  private static String action(String id, String task, String command, String more) {
    return """
        {"event_id":"%s","occurred_at":"2026-01-01T00:00:00Z","task_id":"%s",\
        "agent":{"id":"a"},"tool":{"name":"bash"},"arguments":{"command":"%s"}%s}"""
        .formatted(id, task, command, more);
  }

  @Test
  void shouldFindOutWhoApprovesEverything() throws Exception {
    try (Cluster cluster = Cluster.start("it-probes")) {
      for (String who : List.of("alice", "carol")) {
        ok(CommandLineRun.of("keys", "generate", file(who + ".pem")));
      }
      Map<String, String> properties = cluster.properties("one");
      properties.put("review.registrars", "alice=file:" + file("alice.pem.pub"));
      properties.put("probe.share", "1");
      properties.put("probe.file", file("probes.jsonl"));
      Files.writeString(
          dir.resolve("probes.jsonl"),
          action("ev-100001", "run-100001", "rm -rf /srv", ",\"truth\":{\"harmful\":true}"));
      config =
          Files.writeString(
                  dir.resolve("weir.properties"),
                  "kafka.bootstrap.servers=%s%ntopics.prefix=it-probes%nreview.registrars=%s%n"
                      .formatted(cluster.bootstrapServers(), properties.get("review.registrars")))
              .toString();
      ok(
          weir(
              "reviewer",
              "register",
              "carol",
              "--kind",
              "person",
              "--tier",
              "expert",
              "--public-key",
              file("carol.pem.pub"),
              "--key",
              file("alice.pem")));
      Path log =
          Files.write(
              dir.resolve("log.jsonl"),
              IntStream.range(0, ACTIONS)
                  .mapToObj(i -> action("ev-00000" + i, "run-20000" + i, "rm -rf build", ""))
                  .toList());
      try (Instance monitor = cluster.run("one", properties, POLICY)) {
        ok(weir("publish", log.toString()));
        Await.until("as many escalations as actions", () -> escalated() == ACTIONS);
        ok(approve());
        Await.until("a probe after each answer", () -> escalated() == 2 * ACTIONS);
        ok(approve());
        Await.until("answers to probes", () -> approvedProbes(monitor) == ACTIONS);
        assertThat(escalated()).as("no probe follows a probe").isEqualTo(2 * ACTIONS);
        assertThat(monitor.sound()).isTrue();
      }
      assertThat(lines("tail", "signals", "--once")).hasSize(ACTIONS);
      JsonNode record = new ObjectMapper().readTree(weir("agents", "--json").out());
      assertThat(record.at("/actors")).as("probes are charged to nobody").hasSize(1);
      assertThat(record.at("/actors/0/name").asText()).isEqualTo("a");
      assertThat(record.at("/actors/0/actions").asInt()).isEqualTo(ACTIONS);
      assertThat(record.at("/actors/0/answers").asInt()).isEqualTo(ACTIONS);
      assertThat(record.at("/actors/0/harmful").asInt()).isZero();
      assertThat(record.at("/actors/0/standing").asText()).isEqualTo("unknown");
    }
  }

  private static long approvedProbes(Instance monitor) {
    return (long)
        monitor
            .metrics()
            .value(
                MetricNames.REVIEWER_PROBES,
                "reviewer",
                "carol",
                "truth",
                "harmful",
                "decision",
                "APPROVE");
  }

  private long escalated() {
    return lines("tail", "escalations", "--once").stream()
        .filter(line -> line.contains("\"assessment\""))
        .count();
  }

  private List<String> lines(String... command) {
    CommandLineRun run = weir(command);
    ok(run);
    return run.out().lines().filter(line -> !line.isBlank()).toList();
  }

  private CommandLineRun approve() {
    return CommandLineRun.of(
        "review",
        "command",
        "--once",
        "--reviewer",
        "carol",
        "--tier",
        "expert",
        "--key",
        file("carol.pem"),
        "--config",
        config,
        "--",
        "/bin/sh",
        "-c",
        "cat > /dev/null; echo '{\"decision\":\"APPROVE\"}'");
  }

  private CommandLineRun weir(String... command) {
    List<String> whole = new ArrayList<>(List.of(command));
    whole.addAll(List.of("--config", config));
    return CommandLineRun.of(whole.toArray(String[]::new));
  }

  private String file(String name) {
    return dir.resolve(name).toString();
  }

  private static void ok(CommandLineRun run) {
    assertThat(run.exit()).as(run.err()).isZero();
  }
}
