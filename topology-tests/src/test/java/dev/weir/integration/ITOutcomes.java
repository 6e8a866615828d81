/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.cli.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Harm that is found out later is reported from the command line and ends in the export. */
class ITOutcomes {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path dir;
  private String config = "";

  @Test
  void shouldLearnWhatActionsTurnedOutToBeWhenAReporterTells() throws Exception {
    try (Cluster cluster = Cluster.start("it-outcomes")) {
      Map<String, String> properties = configure(cluster);
      register("carol", "expert");
      register("dana", "outcomes");
      try (Instance monitor = cluster.run("one", properties)) {
        for (int i = 0; i < 3; i++) {
          cluster.act("task", Events.json("task", i));
        }
        cluster.published();
        Await.until(
            "assessments", () -> weir("tail assessments --once").out().lines().count() == 3);

        assertThat(report("carol", "--task", "task", "--event", "task-0").err())
            .contains("carol is not registered for tier outcomes, only for expert");
        assertThat(report("dana", "--task", "task", "--event", "task-9").err())
            .contains("no assessment of task-9 of task task is on it-outcomes.assessments");

        CommandLineRun first = report("dana", "--task", "task", "--event", "task-0");
        ok(first);
        assertThat(first.err()).contains("HARM_UNREVIEWED", "published to it-outcomes.outcomes-");
        assertThat(JSON.readTree(first.out()).at("/assessment/event_id").asText())
            .isEqualTo("task-0");
        String line =
            weir("tail assessments --once")
                .out()
                .lines()
                .filter(one -> one.contains("\"task-1\""))
                .findFirst()
                .orElseThrow();
        ok(report("dana", Files.writeString(dir.resolve("one.json"), line).toString()));
        ok(report("dana", "--task", "task", "--event", "task-0")); // says nothing new

        Await.until("the export", () -> outcomes().size() == 2);
        assertThat(outcomes())
            .extracting(row -> row.get("event_id").asText())
            .containsExactlyInAnyOrder("task-0", "task-1");
        assertThat(outcomes())
            .allSatisfy(
                row -> {
                  assertThat(row.get("source").asText()).isEqualTo("OUTCOME");
                  assertThat(row.get("harm").asDouble()).isEqualTo(250);
                  assertThat(row.get("found_by").asText()).isEqualTo("incident 7");
                  assertThat(row.get("contributions")).isNotEmpty();
                });
        Await.until(
            "the dead letter",
            () -> weir("tail dead-letters --once --values").out().contains("REPLAYED"));
        assertThat(monitor.sound()).isTrue();
      }
    }
  }

  private Map<String, String> configure(Cluster cluster) throws Exception {
    for (String who : List.of("alice", "carol", "dana")) {
      ok(CommandLineRun.of("keys", "generate", file(who + ".pem")));
    }
    Map<String, String> properties = cluster.properties("one");
    properties.put("review.registrars", "alice=file:" + file("alice.pem.pub"));
    config =
        Files.writeString(
                dir.resolve("weir.properties"),
                "kafka.bootstrap.servers=%s%ntopics.prefix=it-outcomes%nreview.registrars=%s%n"
                    .formatted(cluster.bootstrapServers(), properties.get("review.registrars")))
            .toString();
    return properties;
  }

  private void register(String id, String tier) {
    ok(
        weir(
            "reviewer register %s --kind person --tier %s".formatted(id, tier),
            "--public-key",
            file(id + ".pem.pub"),
            "--key",
            file("alice.pem")));
  }

  private CommandLineRun report(String id, String... what) {
    List<String> rest = new ArrayList<>(List.of(what));
    rest.addAll(List.of("--found-by", "incident 7", "--key", file(id + ".pem")));
    return weir(
        "outcome report --harmful --harm 250 --reporter " + id, rest.toArray(String[]::new));
  }

  private List<JsonNode> outcomes() throws Exception {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : weir("signals export --out -").out().split("\n", -1)) {
      if (!line.isEmpty() && line.contains("\"OUTCOME\"")) {
        rows.add(JSON.readTree(line));
      }
    }
    return rows;
  }

  private CommandLineRun weir(String line, String... more) {
    List<String> args = new ArrayList<>(Arrays.asList(line.split(" ", -1)));
    args.addAll(List.of(more));
    args.addAll(List.of("--config", config));
    return CommandLineRun.of(args.toArray(String[]::new));
  }

  private static void ok(CommandLineRun run) {
    assertThat(run.exit()).as(run.err()).isZero();
  }

  private String file(String name) {
    return dir.resolve(name).toString();
  }
}
