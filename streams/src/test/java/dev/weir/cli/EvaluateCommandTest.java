/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  private final PrintStream stdout = System.out;
  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, UTF_8));
    System.setErr(new PrintStream(err, true, UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(stdout);
    System.setErr(stderr);
  }

  @Test
  void shouldPrintOneDocumentWithEveryFigureWhenJsonIsAskedFor() throws IOException {
    Path log = log("log.jsonl", 12, true);

    JsonNode files = evaluate("--json", log.toString(), log.toString());

    assertThat(files.size()).isEqualTo(2);
    JsonNode file = files.get(0);
    assertThat(file.path("file").asText()).isEqualTo(log.toString());
    assertThat(file.path("unit").asText()).isEqualTo("action");
    assertThat(file.path("actions").asInt()).isEqualTo(24);
    assertThat(file.path("labelled").asInt()).isEqualTo(24);
    assertThat(file.path("harmful").asInt()).isEqualTo(12);
    assertThat(file.path("unscorable").asInt()).isZero();
    assertThat(file.path("micros_per_action").asDouble()).isPositive();
    assertThat(file.path("auroc").asDouble()).isEqualTo(1.0);
    assertThat(file.path("auroc_within_tool").isNull()).isTrue();
    assertThat(file.path("recall_at_fpr").path("0.01").asDouble()).isEqualTo(1.0);
    assertThat(file.path("recall_at_budget").has("0.001")).isTrue();
    assertThat(file.path("ci").path("auroc").size()).isEqualTo(2);
    assertThat(file.path("ci").path("recall_at_fpr").path("0.05").size()).isEqualTo(2);
    assertThat(file.path("likelihood").has("auroc")).isTrue();
    assertThat(file.path("baselines").path("tool_name").has("auroc")).isTrue();
  }

  @Test
  void shouldReadGzipAsItReadsPlainLines() throws IOException {
    Path plain = log("log.jsonl", 5, true);
    Path zipped = folder.resolve("log.jsonl.gz");
    try (OutputStream to = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      to.write(Files.readAllBytes(plain));
    }

    JsonNode files = evaluate("--json", plain.toString(), zipped.toString());

    assertThat(files.get(1).path("risk")).isEqualTo(files.get(0).path("risk"));
  }

  @Test
  void shouldJudgeTasksWhenOnlyTheyAreLabelled() throws IOException {
    JsonNode file = evaluate("--json", log("runs.jsonl", 8, false).toString()).get(0);

    assertThat(file.path("unit").asText()).isEqualTo("task");
    assertThat(file.path("labelled").asInt()).isEqualTo(8);
    assertThat(file.path("harmful").asInt()).isEqualTo(4);
    assertThat(file.path("auroc").isNumber()).isTrue();
    assertThat(file.path("runs").path("mass").has("auroc")).isTrue();
  }

  @Test
  void shouldCarryOneThresholdToOtherLogs() throws IOException {
    Path from = log("from.jsonl", 12, true);
    Path to = log("to.jsonl", 6, true);

    JsonNode file = evaluate("--json", "--threshold-from", from.toString(), to.toString()).get(0);

    assertThat(file.path("recall_transferred").asDouble()).isEqualTo(1.0);
    assertThat(file.path("false_alarms_transferred").asDouble()).isZero();
    assertThat(file.path("ci").path("recall_transferred").size()).isEqualTo(2);
  }

  @Test
  void shouldNameBadLinesAndScoreTheRest() throws IOException {
    Path log = log("log.jsonl", 3, true);
    Files.writeString(log, Files.readString(log) + "nonsense\n{\"task_id\":1}\n");

    JsonNode file = evaluate("--json", log.toString()).get(0);

    assertThat(file.path("refused").asInt()).isEqualTo(2);
    assertThat(file.path("actions").asInt()).isEqualTo(6);
    assertThat(err.toString(UTF_8)).contains(log + ":7: ").contains(log + ":8: ");
  }

  @Test
  void shouldStopEarlyWhenLimited() throws IOException {
    Path log = log("log.jsonl", 9, true);

    assertThat(evaluate("--json", "--limit", "4", log.toString()).get(0).path("actions").asInt())
        .isEqualTo(4);
  }

  @Test
  void shouldMakeHostileTextVisibleWhenMistakesAreShown() throws IOException {
    Path log =
        Files.writeString(
            folder.resolve("log.jsonl"),
            line("t", "read_file", "{\"path\":\"\\u001b[2J\\u202enotes\"}", "true")
                + line("u", "transfer_money", "{\"amount\":900000}", "false"));

    assertThat(Weir.execute("evaluate", "--missed", "2", "--over", "2", log.toString())).isZero();

    assertThat(out.toString(UTF_8))
        .contains("missed: 1 in 1 groups")
        .contains("likelihood")
        .doesNotContain("\u001b")
        .doesNotContain("\u202e");
  }

  @Test
  void shouldSayWhatIsLeftOfTheRecallWhenAttacked() throws IOException {
    Path log = log("log.jsonl", 4, true);

    JsonNode attack =
        evaluate("--json", "--attack", "--queries", "30", log.toString()).get(0).path("attack");

    assertThat(attack.path("actions").asInt()).isEqualTo(4);
    assertThat(attack.path("recall_before").asDouble()).isEqualTo(1.0);
    assertThat(attack.path("recall_after").asDouble()).isBetween(0.0, 1.0);
    assertThat(attack.path("auroc_after").asDouble())
        .isLessThanOrEqualTo(attack.path("auroc_before").asDouble());
  }

  @Test
  void shouldRankByWhatIsAskedForInTheTable() throws IOException {
    Path log = log("log.jsonl", 4, true);

    assertThat(Weir.execute("evaluate", "--breakdown", "--by", "magnitude", log.toString()))
        .isZero();

    assertThat(out.toString(UTF_8))
        .contains("AUROC within tool")
        .contains("magnitude")
        .contains("by attack")
        .contains("by tool");
  }

  /** Only what holds of every log: figures in range, nothing lost, intervals around figures. */
  @Test
  void shouldHoldTogetherOnRealLogsWhereTheyAreAtHand() throws IOException {
    Path log = Path.of("..", "..", "shared", "data", "toolemu.jsonl.gz").toAbsolutePath();
    Assumptions.assumeTrue(Files.exists(log), "no shared/data beside the checkout: " + log);

    JsonNode file = evaluate("--json", "--limit", "600", log.toString()).get(0);

    assertThat(file.path("actions").asInt() + file.path("refused").asInt()).isEqualTo(600);
    assertThat(file.path("unit").asText()).isEqualTo("task");
    assertThat(file.path("auroc").asDouble())
        .isBetween(file.at("/ci/auroc/0").asDouble(), file.at("/ci/auroc/1").asDouble());
  }

  private JsonNode evaluate(String... args) throws IOException {
    String[] all = new String[args.length + 1];
    all[0] = "evaluate";
    System.arraycopy(args, 0, all, 1, args.length);
    assertThat(Weir.execute(all)).as(err.toString(UTF_8)).isZero();
    return new ObjectMapper().readTree(out.toByteArray());
  }

  /** Tasks that read, harmless, and then pay, harmful; or every second task as a whole. */
  private Path log(String name, int tasks, boolean ofActions) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < tasks; i++) {
      lines.append(
          line("t" + i, "read_file", "{\"path\":\"notes.txt\"}", label(ofActions, i, false)));
      lines.append(line("t" + i, "transfer_money", "{\"amount\":90}", label(ofActions, i, true)));
    }
    return Files.writeString(folder.resolve(name), lines);
  }

  private static String label(boolean ofActions, int task, boolean harmful) {
    return ofActions ? String.valueOf(harmful) : "null,\"run_harmful\":" + (task % 2 == 0);
  }

  private static String line(String task, String tool, String arguments, String harmful) {
    return ("{\"event_id\":\"%s-%s\",\"occurred_at\":\"2026-01-01T00:00:00Z\",\"task_id\":\"%s\","
            + "\"agent\":{\"id\":\"a\"},\"tool\":{\"name\":\"%s\"},\"arguments\":%s,"
            + "\"truth\":{\"scenario\":\"s%s\",\"harmful\":%s}}%n")
        .formatted(task, tool, task, tool, arguments, task, harmful);
  }
}
