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
import dev.weir.event.Escalation;
import dev.weir.wire.SingleObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program answers the escalations on a real broker, each once, through kill -9. */
class ITReviewCommand {
  private static final SingleObject<Escalation> ESCALATION = SingleObject.of(Escalation.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String APPROVE = "cat > /dev/null; echo '{\"decision\":\"APPROVE\"}'";
  private static final int ESCALATIONS = 120;

  @TempDir private Path dir;

  @Test
  void shouldAnswerEachOnceWhenTheWorkerIsKilled() throws Exception {
    try (Cluster cluster = Cluster.start("it-review")) {
      String config = config(cluster);
      List<String> review =
          List.of("review", "command", "--config", config, "--reviewer", "carol", "--key");
      List<String> expert = with(review, file("carol.pem"), "--tier", "expert");
      assertThat(run(with(expert, "--once", "--", "/bin/true")).err())
          .contains("carol is not registered");
      register(config);
      assertThat(run(with(review, file("carol.pem"), "--tier", "panel", "--", "/bin/true")).err())
          .contains("is not registered for tier panel");
      assertThat(run(with(review, file("alice.pem"), "--tier", "expert", "--", "/bin/true")).err())
          .contains("has no such key");

      escalate(cluster);
      List<String> slow = with(expert, "--", "/bin/sh", "-c", "sleep 0.1; " + APPROVE);
      try (Jvm worker = Jvm.start(Weir.class, slow)) {
        Await.until("answers", () -> worker.err().contains("APPROVE"));
        worker.kill();
      }
      CommandLineRun rest = run(with(expert, "--once", "--json", "--", "/bin/sh", "-c", APPROVE));
      assertThat(rest.exit()).as(rest.err()).isZero();
      assertThat(JSON.readTree(rest.out()).at("/answered/total").asInt())
          .as("some were answered before the worker was killed, some were not")
          .isBetween(1, ESCALATIONS - 1);

      Await.until("verdicts", () -> verdicts(config).size() >= ESCALATIONS); // they are seen late
      assertThat(verdicts(config))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, ESCALATIONS).mapToObj(i -> "e" + i).toList());
      JsonNode again = JSON.readTree(run(with(expert, "--once", "--json", "--", "false")).out());
      assertThat(again.at("/answered/total").asInt()).isZero();
    }
  }

  private String config(Cluster cluster) throws IOException {
    for (String who : List.of("alice", "carol")) {
      assertThat(CommandLineRun.of("keys", "generate", file(who + ".pem")).exit()).isZero();
    }
    String registrar =
        CommandLineRun.of("keys", "show", "--registrar", file("alice.pem")).out().strip();
    return Files.writeString(
            dir.resolve("weir.properties"),
            "kafka.bootstrap.servers=%s%ntopics.prefix=it-review%n%s%n"
                .formatted(cluster.bootstrapServers(), registrar))
        .toString();
  }

  private void register(String config) {
    List<String> register =
        List.of("reviewer", "register", "carol", "--kind", "program", "--tier", "expert");
    CommandLineRun run =
        run(
            with(
                register,
                "--config",
                config,
                "--key",
                file("alice.pem"),
                "--public-key",
                file("carol.pem.pub")));
    assertThat(run.exit()).as(run.err()).isZero();
  }

  private static void escalate(Cluster cluster) throws Exception {
    for (int i = 0; i < ESCALATIONS; i++) {
      cluster.publish(
          new ProducerRecord<>(
              cluster.topics().escalations(),
              Events.bytes("task-" + i),
              ESCALATION.encode(Escalations.expert("e" + i))));
    }
    cluster.published();
  }

  /** The escalations that were answered, as committed. */
  private static List<String> verdicts(String config) throws IOException {
    List<String> answers = new ArrayList<>();
    CommandLineRun tail =
        CommandLineRun.of("tail", "verdicts", "--once", "--values", "--config", config);
    assertThat(tail.exit()).as(tail.err()).isZero();
    for (String line : tail.out().lines().toList()) {
      answers.add(JSON.readTree(line).get("escalation_id").asText());
    }
    return answers;
  }

  private String file(String name) {
    return dir.resolve(name).toString();
  }

  private static List<String> with(List<String> args, String... more) {
    List<String> all = new ArrayList<>(args);
    all.addAll(List.of(more));
    return all;
  }

  private static CommandLineRun run(List<String> args) {
    return CommandLineRun.of(args.toArray(String[]::new));
  }
}
