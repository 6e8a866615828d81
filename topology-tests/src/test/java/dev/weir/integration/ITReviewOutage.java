/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.CommandLineRun;
import dev.weir.client.Outcome;
import dev.weir.client.Proposed;
import dev.weir.client.WeirClient;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weir is down for longer than a deadline: a verdict that was in time counts all the same. */
class ITReviewOutage {
  private static final int PROPOSALS = 40;
  private static final Duration DEADLINE = Duration.ofSeconds(25);
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Policy POLICY =
      PolicyLoader.load(
          "outage",
          """
          weir: 1
          id: outage
          version: "1"
          budget: {tax: 10, ceilings: {route: 1}}
          tiers: [{id: expert, cost: 1, assurance: 0.9, deadline: %ds}]
          rules:
            - {id: deletes, when: "view.shell.deletes", adds: {destruction: 5}, route: always, because: it deletes}
          """
              .formatted(DEADLINE.toSeconds())
              .getBytes(StandardCharsets.UTF_8));

  @TempDir private Path dir;

  @Test
  void shouldLoseNoVerdictThatWasInTimeWhenWeirIsDownPastTheDeadline() throws Exception {
    try (Cluster cluster = Cluster.start("it-outage")) {
      for (String who : List.of("alice", "carol")) {
        ok("keys", "generate", file(who + ".pem"));
      }
      Map<String, String> properties = cluster.properties("one");
      properties.put("review.registrars", "alice=file:" + file("alice.pem.pub"));
      String config =
          Files.writeString(
                  dir.resolve("weir.properties"),
                  "kafka.bootstrap.servers=%s%ntopics.prefix=it-outage%nreview.registrars=%s%n"
                      .formatted(cluster.bootstrapServers(), properties.get("review.registrars")))
              .toString();
      register(config);
      WeirClient.Topics topics =
          new WeirClient.Topics(cluster.topics().actions(), cluster.topics().dispositions());
      try (WeirClient client =
          WeirClient.connect(Map.of("bootstrap.servers", cluster.bootstrapServers()), topics)) {
        List<Proposed> proposals = new ArrayList<>();
        try (Instance monitor = cluster.run("one", properties, POLICY)) {
          for (int i = 0; i < PROPOSALS; i++) {
            proposals.add(propose(client, i));
          }
          Await.until("holds", () -> proposals.stream().allMatch(Proposed::isHeld));
          assertThat(monitor.sound()).isTrue();
        }
        Instant down = Instant.now();
        approveEven(config);
        assertThat(Duration.between(down, Instant.now()))
            .as("the answers are in time")
            .isLessThan(DEADLINE);
        Await.until("the deadline", () -> Instant.now().isAfter(down.plus(DEADLINE)));
        assertThat(proposals).noneMatch(proposal -> proposal.outcome().isDone());

        try (Instance monitor = cluster.run("one", properties, POLICY)) {
          for (int i = 0; i < PROPOSALS; i++) {
            Outcome.Kind kind = proposals.get(i).await(LONG).kind();
            assertThat(kind)
                .as("proposal %d", i)
                .isEqualTo(i % 2 == 0 ? Outcome.Kind.RELEASED : Outcome.Kind.EXPIRED);
          }
          assertThat(monitor.sound()).isTrue();
        }
      }
    }
  }

  private static Proposed propose(WeirClient client, int i) {
    String json =
        """
        {"event_id":"e%d","occurred_at":"2026-01-01T00:00:00Z","phase":"PROPOSED","task_id":"task-%d",\
        "agent":{"id":"a"},"tool":{"name":"bash"},"arguments":{"command":"rm -rf build %s"}}"""
            .formatted(i, i, i % 2 == 0 ? "even" : "odd");
    return client.propose("task-" + i, "e" + i, json.getBytes(StandardCharsets.UTF_8), LONG);
  }

  private void register(String config) {
    ok(
        "reviewer",
        "register",
        "carol",
        "--kind",
        "program",
        "--tier",
        "expert",
        "--public-key",
        file("carol.pem.pub"),
        "--key",
        file("alice.pem"),
        "--config",
        config);
  }

  /** Answers what it can read as even, and abstains from the rest, which then expires. */
  private void approveEven(String config) {
    ok(
        "review",
        "command",
        "--once",
        "--concurrency",
        "2",
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
        "if grep -q 'build even'; then echo '{\"decision\":\"APPROVE\"}';"
            + " else echo '{\"decision\":\"ABSTAIN\"}'; fi");
  }

  private String file(String name) {
    return dir.resolve(name).toString();
  }

  private static void ok(String... command) {
    CommandLineRun run = CommandLineRun.of(command);
    assertThat(run.exit()).as(run.err()).isZero();
  }
}
