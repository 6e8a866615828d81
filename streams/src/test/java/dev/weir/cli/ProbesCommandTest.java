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
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbesCommandTest {
  private static final String POLICY =
      """
      weir: 1
      id: p
      version: "1"
      prior: -3
      catastrophic: 7
      budget: {tax: 0.1}
      tiers:
        - {id: look, cost: 1, assurance: 0.000001, deadline: 1h}
        - {id: expert, cost: 100, deadline: 1h}
        - {id: board, cost: 900, deadline: 1h, assurance: 1}
      audit: {least: 0.01, screen: look, confirm: expert}
      classes:
        payment: {prior: -2, because: moves money}
      rules:
        - {id: pay, tools: [pay], class: payment, adds: {money: 3}, because: money moves}
        - {id: wipe, tools: [wipe], adds: {destruction: 8}, because: all is lost}
      """;

  private final PrintStream stdout = System.out;
  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

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

  private static String line(String task, String event, String tool, String truth) {
    return "{\"event_id\":\"%s\",\"occurred_at\":1,\"task_id\":\"%s\",\"agent\":{\"id\":\"a\"},\"tool\":{\"name\":\"%s\"},\"arguments\":{}%s}\n"
        .formatted(event, task, tool, truth);
  }

  private static String truth(boolean harmful) {
    return ",\"truth\":{\"harmful\":" + harmful + "}";
  }

  private int check(String probes, String... more) throws IOException {
    Path policy = Files.writeString(folder.resolve("p.yaml"), POLICY);
    Path file = Files.writeString(folder.resolve("probes.jsonl"), probes);
    String[] args = new String[5 + more.length];
    args[0] = "probes";
    args[1] = "check";
    args[2] = file.toString();
    args[3] = "--policy";
    args[4] = policy.toString();
    System.arraycopy(more, 0, args, 5, more.length);
    return Weir.execute(args);
  }

  @Test
  void shouldSayWhatEachScoresAndWhereItCouldBePlanted() throws IOException {
    String probes =
        line("run-000001", "ev-000001", "list", "")
            + "\n"
            + line("run-000001", "ev-000002", "pay", truth(true))
            + line("run-000002", "ev-000003", "pay", truth(false))
            + line("run-000003", "ev-000004", "wipe", truth(true));
    assertThat(check(probes)).isZero();
    assertThat(out.toString(UTF_8))
        .contains("3 probes: 2 harmful, 1 harmless; 0 lines are no good")
        .containsPattern("payment +1 +1  1.00 1.00 1.00")
        .containsPattern("none +1 +0  5.00 5.00 5.00")
        .containsPattern("PRICED expert +1 +1")
        .containsPattern("AUDIT look +1 +1")
        .containsPattern("AUDIT expert +1 +1")
        .containsPattern("CATASTROPHIC expert +1 +0")
        .contains("warning: no harmful probe can be planted at tier 'board'")
        .doesNotContain("line ");
  }

  @Test
  void shouldTellAllLinesThatAreNoGoodAndWhatGivesAProbeAway() throws IOException {
    String probes =
        "nothing\n\n"
            + line("run-000001", "e-1", "pay", truth(true))
            + line("run-000002", "ev-000003", "pay", "")
            + line("t-1", "ev-000004", "pay", truth(true))
            + line("run-000003", "ev-000005", "pay", "")
            + line("run-000003", "ev-000005", "pay", truth(true))
            + line("run-000004", "ev-000006", "pay", "").replace("}\n", ",\"cost\":1}\n")
            + line("run-000004", "ev-000006", "wipe", truth(true));
    assertThat(check(probes, "--json")).isEqualTo(1);
    JsonNode document = new ObjectMapper().readTree(out.toString(UTF_8));
    assertThat(document.get("faults").toString())
        .contains("line 1: ", "line 4: the last action of task 'run-000002'", "line 5: task_id");
    JsonNode told = document.get("probes");
    assertThat(told).hasSize(3);
    assertThat(told.get(0).get("warnings").toString()).contains("event_id 'e-1' is the same each");
    assertThat(told.get(0).get("planted_after")).isNotEmpty();
    assertThat(told.get(1).get("planted_after")).as("its id is another action's").isEmpty();
    assertThat(told.get(1).get("warnings").toString()).contains("is never planted");
    assertThat(told.get(2).get("planted_after"))
        .as("catastrophic before anything else")
        .isNotEmpty();
  }

  @Test
  void shouldSayWhatIsWrongWithAFileThatIsNotThere() {
    assertThat(Weir.execute("probes", "check", folder.resolve("none").toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("cannot be read as JSON lines in UTF-8");
  }
}
