/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.CommandLineRun;
import dev.weir.client.Handovers;
import dev.weir.client.Outcome;
import dev.weir.client.Proposed;
import dev.weir.client.WeirClient;
import dev.weir.event.Agent;
import dev.weir.event.Handover;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop on a real broker: an agent asks, Weir holds, reviewers answer, it goes on. */
class ITReviewLoop {
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final String[] AS_CAROL = {"--reviewer", "carol", "--tier", "expert"};
  private static final Policy POLICY =
      PolicyLoader.load(
          "loop",
          """
          weir: 1
          id: loop
          version: "1"
          budget: {tax: 0.1}
          tiers: [{id: expert, cost: 100, assurance: 0.9, deadline: 1h}]
          rules:
            - {id: deletes, when: "view.shell.deletes", adds: {destruction: 5}, route: always, because: it deletes}
          """
              .getBytes(StandardCharsets.UTF_8));

  @TempDir private Path dir;
  private String config = "";

  @Test
  void shouldGoOnOrNotAsReviewersAnswerWhenAnAgentAsks() throws Exception {
    try (Cluster cluster = Cluster.start("it-loop")) {
      for (String who : List.of("alice", "carol")) {
        ok(CommandLineRun.of("keys", "generate", file(who + ".pem")));
      }
      Map<String, String> properties = cluster.properties("one");
      properties.put("review.registrars", "alice=file:" + file("alice.pem.pub"));
      config =
          Files.writeString(
                  dir.resolve("weir.properties"),
                  "kafka.bootstrap.servers=%s%ntopics.prefix=it-loop%nreview.registrars=%s%n"
                      .formatted(cluster.bootstrapServers(), properties.get("review.registrars")))
              .toString();
      ok(
          weir(
              "reviewer register carol --kind person --tier expert".split(" "),
              "--public-key",
              file("carol.pem.pub"),
              "--key",
              file("alice.pem")));
      WeirClient.Topics topics =
          new WeirClient.Topics(cluster.topics().actions(), cluster.topics().dispositions());
      try (Instance monitor = cluster.run("one", properties, POLICY);
          WeirClient client =
              WeirClient.connect(Map.of("bootstrap.servers", cluster.bootstrapServers()), topics)) {
        assertThat(propose(client, "harmless", "ls").await(LONG).isReleased()).isTrue();

        Proposed approved = propose(client, "approved", "rm -rf build");
        Await.until("a hold", approved::isHeld);
        review("approved", "{\"decision\":\"APPROVE\"}");
        assertThat(approved.await(LONG).isReleased()).isTrue();

        Proposed denied = propose(client, "denied", "rm -rf /");
        Await.until("a hold", denied::isHeld);
        Await.until(
            "the escalation",
            () -> weir("tail escalations --once".split(" ")).out().contains("denied"));
        CommandLineRun session = terminal("d it wipes the machine\n");
        assertThat(session.err()).contains("rm -rf /").doesNotContain("rm -rf build");
        assertThat(denied.await(LONG)).isEqualTo(new Outcome(Outcome.Kind.DENIED, true, null));

        handOver(cluster, client);
        assertThat(monitor.sound()).isTrue();
      }
    }
  }

  /**
   * What is denied to one is told to the agent that a reviewer names, whose own proposal is judged.
   */
  private void handOver(Cluster cluster, WeirClient client) throws Exception {
    Proposed handed = propose(client, "handed", "rm -rf old");
    Await.until("a hold", handed::isHeld);
    review("handed", "{\"decision\":\"HANDOVER\",\"handover_agent\":\"bot-7\"}");
    assertThat(handed.await(LONG)).isEqualTo(new Outcome(Outcome.Kind.DENIED, true, null));

    Map<String, Object> kafka =
        Map.of("bootstrap.servers", cluster.bootstrapServers(), "group.id", "it-loop-vetted-bot-7");
    try (Handovers handovers = Handovers.connect(kafka, cluster.topics().handovers(), "bot-7")) {
      List<Handover> told = new ArrayList<>();
      Await.until(
          "the handover",
          () -> {
            told.addAll(handovers.poll(Duration.ofMillis(200)));
            return !told.isEmpty();
          });
      assertThat(told).extracting(Handover::getEventId).containsExactly("handed");
      Agent self = Agent.newBuilder().setId("bot-7").build();
      Proposed own = client.propose(Handovers.asOwn(told.get(0), self, "task-own", "own"), LONG);
      Await.until("a hold of its own", own::isHeld);
      review("task-own", "{\"decision\":\"APPROVE\"}");
      assertThat(own.await(LONG).isReleased()).isTrue();
    }
  }

  private void review(String id, String answer) throws Exception {
    Await.until(
        "the escalation", () -> weir("tail escalations --once".split(" ")).out().contains(id));
    ok(
        weir(
            concat("review command --once".split(" "), AS_CAROL),
            "--key",
            file("carol.pem"),
            "--",
            "/bin/sh",
            "-c",
            "cat > /dev/null; echo '%s'".formatted(answer)));
  }

  private static Proposed propose(WeirClient client, String id, String command) {
    String json =
        """
        {"event_id":"%s","occurred_at":"2026-01-01T00:00:00Z","phase":"PROPOSED","task_id":"task-%s",\
        "agent":{"id":"a"},"tool":{"name":"bash"},"arguments":{"command":"%s"}}"""
            .formatted(id, id, command);
    return client.propose("task-" + id, id, json.getBytes(StandardCharsets.UTF_8), LONG);
  }

  private CommandLineRun terminal(String typed) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    try {
      return weir(
          concat("review terminal --plain --once".split(" "), AS_CAROL),
          "--key",
          file("carol.pem"));
    } finally {
      System.setIn(before);
    }
  }

  private CommandLineRun weir(String[] command, String... more) {
    List<String> rest = List.of(more);
    int end = rest.contains("--") ? rest.indexOf("--") : rest.size();
    return CommandLineRun.of(
        Stream.of(
                Arrays.stream(command),
                rest.subList(0, end).stream(),
                Stream.of("--config", config),
                rest.subList(end, rest.size()).stream())
            .flatMap(part -> part)
            .toArray(String[]::new));
  }

  private static String[] concat(String[] one, String... other) {
    return Stream.of(one, other).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private String file(String name) {
    return dir.resolve(name).toString();
  }

  private static void ok(CommandLineRun run) {
    assertThat(run.exit()).as(run.err()).isZero();
  }
}
