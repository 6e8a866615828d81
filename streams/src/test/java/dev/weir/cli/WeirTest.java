/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeirTest {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "help",
        "help demo",
        "demo --help",
        "run --help",
        "broker --help",
        "topics --help",
        "topics plan --help",
        "topics create --help",
        "topics acls --help",
        "publish --help",
        "tail --help",
        "evaluate --help",
        "policy --help",
        "policy check --help",
        "policy test --help",
        "policy explain --help",
        "policy show --help",
        "policy publish --help",
        "policy status --help",
        "grant --help",
        "grant issue --help",
        "grant list --help",
        "grant revoke --help",
        "outcome --help",
        "outcome report --help",
        "signals --help",
        "signals export --help",
        "keys --help",
        "keys generate --help",
        "keys show --help"
      })
  void shouldExitWith0WhenHelpIsAskedFor(String line) {
    assertThat(weir(line)).isZero();
    assertThat(out.toString(UTF_8)).startsWith("Usage: weir");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "xyzzy",
        "--xyzzy",
        "topics",
        "publish",
        "tail",
        "policy",
        "policy explain",
        "policy explain --assessment a",
        "policy show --rule a --merged",
        "demo --rate fast",
        "demo --tax -1",
        "demo --tax NaN",
        "demo --duration tomorrow",
        "demo --partitions 0",
        "demo --tasks 0",
        "demo --policy no-such-file.yaml",
        "evaluate",
        "evaluate --policy no-such-file.yaml log.jsonl",
        "evaluate --attests everything log.jsonl",
        "evaluate --by chance log.jsonl",
        "simulate --scenario bedlam",
        "agents --by nobody",
        "agents --level 2",
        "simulate --actions 0",
        "simulate audit --rate 2",
        "topics plan --partitions many",
        "grant",
        "grant issue",
        "grant issue g-1 --expires soon",
        "outcome",
        "outcome report --reporter dana --found-by x",
        "outcome report --reporter dana --found-by x --harmful --harmless a.json",
        "outcome report --reporter dana --found-by x --harmful",
        "outcome report --reporter dana --found-by x --harmful --task t --event e a.json",
        "outcome report --reporter dana --found-by x --harmless --harm 3 --task t --event e",
        "outcome report --reporter dana --found-by x --harmful --harm -3 --task t --event e",
        "signals",
        "signals export",
        "signals export --out x --format parquet",
        "signals export --out x --from tomorrow",
        "keys show --registrar --issuer alice.pem"
      })
  void shouldExitWith2WhenUsageIsWrong(String line) {
    assertThat(weir(line)).isEqualTo(2);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).contains("Usage: weir").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run --config no-such-file",
        "topics plan --config no-such-file",
        "topics plan --partitions 0",
        "topics acls --config no-such-file",
        "topics acls --principal agent",
        "topics acls --principal agent=ci-bot",
        "topics acls --principal agent.ci=User:ci-bot",
        "topics acls --principal reviewer=User:x --principal reviewer.carol=User:carol",
        "topics acls --principal vetted=User:x --principal vetted.bot-7=User:seven",
        "topics acls --principal vetted.=User:x",
        "publish no-such-file",
        "evaluate no-such-file",
        "grant issue g-1",
        "grant issue g-1 --source nowhere",
        "grant issue g-1 --when tool.nam",
        "grant revoke g-1"
      })
  void shouldExitWith1AndOneLineWhenItCannotBeDone(String line) {
    assertThat(weir(line)).isEqualTo(1);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8).lines().filter(l -> l.startsWith("weir: "))).hasSize(1);
    assertThat(err.toString(UTF_8)).doesNotContain("\tat ").doesNotContain("fault of Weir's own");
  }

  @ParameterizedTest
  @ValueSource(strings = {"threads=0", "thread=1", "kafka.bootstrap.servers=b:1", "a=\\u00zz"})
  void shouldSayWhatIsWrongWhenConfigIsRefused(String property) throws Exception {
    Path file = Files.writeString(folder.resolve("weir.properties"), property);

    assertThat(Weir.execute("run", "--config", file.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .startsWith("weir: ")
        .doesNotContain("fault of Weir's own")
        .doesNotContain("\tat ");
  }

  @Test
  void shouldListEverySettingWhenAsked() {
    assertThat(weir("run --settings")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("application.id=weir")
        .contains("max.ahead.ms=86400000")
        .contains("kafka.*");
  }

  @Test
  void shouldShowTheVersionWhenAsked() {
    assertThat(weir("--version")).isZero();
    assertThat(out.toString(UTF_8)).matches("weir \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  @Test
  void shouldPrintOneJsonDocumentWhenTopicsArePlanned() throws Exception {
    assertThat(weir("topics plan --json --partitions 3 --replication 3")).isZero();

    var plan = new ObjectMapper().readTree(out.toByteArray());
    assertThat(plan.size()).isEqualTo(24);
    assertThat(plan.get(0).get("topic").asText()).isEqualTo("weir.actions");
    assertThat(plan.get(0).get("partitions").asInt()).isEqualTo(3);
    assertThat(plan.get(0).get("replication").asInt()).isEqualTo(3);
    assertThat(plan.get(0).at("/settings/message.timestamp.type").asText())
        .isEqualTo("LogAppendTime");
  }

  @Test
  void shouldPrintCommandsForAShellWhenAclsAreAskedFor() {
    assertThat(
            Weir.execute(
                "topics",
                "acls",
                "--principal",
                "agent=User:CN=O'Neil's bot,OU=ci",
                "--principal",
                "agent=User:b",
                "--principal",
                "reviewer.carol=User:carol",
                "--principal",
                "vetted.bot-7=User:seven"))
        .isZero();

    String start =
        "kafka-acls.sh --bootstrap-server 127.0.0.1:9092 --command-config admin.properties --add"
            + " --allow-principal ";
    assertThat(out.toString(UTF_8).lines())
        .contains(
            start + "'User:CN=O'\\''Neil'\\''s bot,OU=ci' --operation Write --topic weir.actions",
            start + "User:b --operation Write --topic weir.actions",
            start
                + "User:carol --operation Write --resource-pattern-type prefixed"
                + " --transactional-id weir-review-carol-",
            start + "User:seven --operation Read --group weir-vetted-bot-7",
            start + "User:weir-monitor --operation Read --group weir")
        .allMatch(line -> line.isEmpty() || line.startsWith("# ") || line.startsWith(start));
  }

  private static int weir(String line) {
    return Weir.execute(
        Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new));
  }
}
