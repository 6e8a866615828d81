/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.cli.CommandLineRun;
import dev.weir.cli.Weir;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that work on a cluster, and what they say to those who hold them wrong. */
class ITCommandLine {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path dir;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "demo --help",
        "run --help",
        "broker --help",
        "topics --help",
        "topics plan --help",
        "topics create --help",
        "topics acls --help",
        "publish --help",
        "tail --help",
        "reviewer --help",
        "reviewer register --help",
        "help demo",
        "--version",
        "run --settings"
      })
  void shouldHelpWhenAsked(String line) {
    CommandLineRun run = CommandLineRun.of(line.split(" "));
    assertThat(run.exit()).isZero();
    assertThat(run.out()).isNotBlank();
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "demo --nonsense",
        "demo --tax 11",
        "demo --duration soon",
        "demo --partitions 0",
        "demo --policy /nowhere.yaml",
        "tail",
        "publish",
        "broker --port many"
      })
  void shouldExitWith2WhenUsageIsWrong(String line) {
    CommandLineRun run = CommandLineRun.of(line.split(" "));
    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isNotBlank().doesNotContain("\tat ");
  }

  @Test
  void shouldPlanTopicsWhenAskedWithoutACluster() throws Exception {
    CommandLineRun plan =
        CommandLineRun.of("topics", "plan", "--json", "--partitions", "6", "--replication", "3");
    assertThat(plan.exit()).isZero();
    JsonNode topics = JSON.readTree(plan.out());
    assertThat(topics.findValuesAsText("topic"))
        .contains("weir.actions", "weir.rekey", "weir.assessments", "weir.prices");
    assertThat(topics.get(0).get("partitions").asInt()).isEqualTo(6);
    assertThat(topics.get(0).get("replication").asInt()).isEqualTo(3);
    assertThat(topics.get(0).at("/settings/message.timestamp.type").asText())
        .isEqualTo("LogAppendTime");
    CommandLineRun text = CommandLineRun.of("topics", "plan");
    assertThat(text.exit()).isZero();
    topics.findValuesAsText("topic").forEach(name -> assertThat(text.out()).contains(name));
  }

  @Test
  void shouldCreatePublishAndTailWhenABrokerRuns() throws Exception {
    try (Jvm broker = Jvm.start(Weir.class, "broker", "--port", "0")) {
      Await.until("the broker", () -> !broker.alive() || broker.out().endsWith("\n"));
      String servers = broker.out().strip();
      assertThat(servers).as(broker.err()).startsWith("127.0.0.1:");
      create(servers);
      publish(servers);
      for (String topic :
          JSON.readTree(CommandLineRun.of("topics", "plan", "--json").out())
              .findValuesAsText("topic")) {
        CommandLineRun tail = CommandLineRun.of("tail", topic, "--once", "-b", servers);
        assertThat(tail.exit()).as(topic + tail.err()).isZero();
        assertThat(tail.out().lines()).hasSize(topic.equals("weir.actions") ? 5 : 0);
      }
      CommandLineRun none = CommandLineRun.of("tail", "nothing", "--once", "-b", servers);
      assertThat(none.exit()).isEqualTo(1);
      assertThat(none.err()).contains("nothing").contains("weir.actions");

      broker.signal("TERM");
      broker.exit();
      assertThat(broker.temporaries()).isEmpty();
    }
  }

  private static void create(String servers) {
    CommandLineRun first = CommandLineRun.of("topics", "create", "-b", servers);
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out().lines()).allMatch(line -> line.startsWith("created"));
    CommandLineRun again = CommandLineRun.of("topics", "create", "-b", servers);
    assertThat(again.exit()).isZero();
    assertThat(again.out().lines()).isNotEmpty().allMatch(line -> line.startsWith("is there"));
  }

  private void publish(String servers) throws Exception {
    Path file = dir.resolve("actions.jsonl");
    Files.write(
        file,
        List.of(
            Events.text("a", 0), "{broken", Events.text("a", 1), "", "{}", Events.text("b", 0)));
    CommandLineRun mixed = CommandLineRun.of("publish", "--json", "-b", servers, file.toString());
    assertThat(mixed.exit()).isEqualTo(1);
    JsonNode summary = JSON.readTree(mixed.out());
    assertThat(summary.get("published").asInt()).isEqualTo(3);
    assertThat(summary.get("refused").asInt()).isEqualTo(2);
    assertThat(mixed.err().lines())
        .anyMatch(line -> line.startsWith(file + ":2: MALFORMED_JSON: "))
        .anyMatch(line -> line.startsWith(file + ":5: MISSING_FIELD: "));

    Path good = Files.writeString(dir.resolve("good.jsonl"), Events.text("c", 0));
    assertThat(CommandLineRun.of("publish", "-b", servers, good.toString()).exit()).isZero();
    assertThat(CommandLineRun.of("publish", "--avro", "-b", servers, good.toString()).exit())
        .isZero();
    CommandLineRun tail = CommandLineRun.of("tail", "actions", "--once", "-b", servers);
    assertThat(tail.out().lines())
        .allSatisfy(
            line -> {
              JsonNode record = JSON.readTree(line);
              assertThat(record.at("/value/task_id").asText())
                  .isEqualTo(record.get("key").asText());
            })
        .hasSize(5);

    CommandLineRun missing = CommandLineRun.of("publish", "-b", servers, dir + "/none.jsonl");
    assertThat(missing.exit()).isEqualTo(1);
    assertThat(missing.err()).contains("none.jsonl");
  }

  @Test
  void shouldRefuseToRunWhenTheConfigurationIsWrong() throws Exception {
    Path key = Files.write(dir.resolve("chance.key"), Cluster.CHANCE_KEY);
    Path shortKey = Files.writeString(dir.resolve("short.key"), "short");
    Path policy = Files.writeString(dir.resolve("policy.yaml"), "rules: nonsense");
    Map<String, String> good =
        Map.of(
            "kafka.bootstrap.servers",
            "127.0.0.1:1",
            "state.dir",
            dir.resolve("state").toString(),
            "chance.key.file",
            key.toString());

    assertThat(refusal(good, "sate.dir", "x")).contains("Unknown key sate.dir");
    assertThat(refusal(good, "threads", "0")).contains("threads");
    assertThat(refusal(good, "threads", "many")).contains("threads");
    assertThat(refusal(good, "store", "gone")).contains("store").contains("plain");
    assertThat(refusal(good, "time", "now")).contains("time").contains("append-time");
    assertThat(refusal(good, "max.output.bytes", "65536")).contains("max.output.bytes");
    assertThat(refusal(good, "chance.key.file", ""))
        .contains("chance.key.file")
        .contains("head -c");
    assertThat(refusal(good, "chance.key.file", dir + "/none")).contains("chance.key.file");
    assertThat(refusal(good, "chance.key.file", shortKey.toString())).contains("5 bytes");
    assertThat(refusal(good, "state.dir", "")).contains("state.dir");
    assertThat(refusal(good, "kafka.bootstrap.servers", "")).contains("kafka.bootstrap.servers");
    assertThat(refusal(good, "policy.file", dir + "/none")).contains("policy.file");
    assertThat(refusal(good, "policy.file", policy.toString())).contains("policy.yaml");
    assertThat(refusal(good, "kafka.application.id", "x")).contains("application.id");
    assertThat(refusal(good, "kafka.processing.guarantee", "at_least_once"))
        .contains("kafka.processing.guarantee");
    CommandLineRun none = CommandLineRun.of("run", "--config", dir + "/none.properties");
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err()).contains("none.properties");
  }

  /** What {@code weir run} says with one key of a good configuration changed. */
  private String refusal(Map<String, String> good, String key, String value) throws Exception {
    StringBuilder text = new StringBuilder();
    good.forEach(
        (k, v) -> text.append(k).append('=').append(k.equals(key) ? value : v).append('\n'));
    if (!good.containsKey(key)) {
      text.append(key).append('=').append(value).append('\n');
    }
    Path file = Files.writeString(dir.resolve("weir.properties"), text);
    CommandLineRun run = CommandLineRun.of("run", "--config", file.toString());
    assertThat(run.exit()).as(key + run.err()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).as(key).startsWith("weir: ").doesNotContain("\tat ");
    return run.err();
  }
}
