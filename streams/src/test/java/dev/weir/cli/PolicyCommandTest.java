/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.action.Action;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import dev.weir.score.PolicyScorer;
import dev.weir.score.TaskView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PolicyCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEAD =
      """
      weir: 1
      id: p
      version: "1"
      budget: {tax: 0.1}
      tiers: [{id: expert, cost: 100, deadline: 1h}]
      include: [rules.yaml]
      """;

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

  private int weir(Object... args) {
    out.reset();
    err.reset();
    String[] words = new String[args.length + 1];
    words[0] = "policy";
    for (int i = 0; i < args.length; i++) {
      words[i + 1] = args[i].toString();
    }
    return Weir.execute(words);
  }

  private String out() {
    return out.toString(UTF_8);
  }

  private Path policy(String rules) throws IOException {
    Files.writeString(folder.resolve("rules.yaml"), rules);
    return Files.writeString(folder.resolve("policy.yaml"), HEAD);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void shouldSayWhoMayAskForAReviewAndWhatBecomesOfARequest() throws IOException {
    policy(rule("pay"));
    Path policy =
        file("policy.yaml", HEAD + "sources: {weir.actions.bots: {attests: [requested_tier]}}\n");
    assertThat(weir("show", "--policy", policy)).isZero();
    assertThat(out())
        .contains("asked for by actions of weir.actions.bots: 0.100 % of actions, 0.025 % for one");

    Path action = file("a.yaml", "{tool: pay, phase: PROPOSED, requested_tier: expert}");
    assertThat(weir("explain", "--policy", policy, "--action", action)).isZero();
    assertThat(out()).contains("is not heard: its source may not ask");
    assertThat(
            weir(
                "explain", "--policy", policy, "--action", action, "--source", "weir.actions.bots"))
        .isZero();
    assertThat(out()).contains("asks for a review by 'expert'");
  }

  private static String rule(String fires) {
    return "rules:\n  - {id: r, tools: [pay], adds: {money: 3}, because: b, examples: [{fires: {tool: "
        + fires
        + "}}, {spares: {tool: get}}]}\n";
  }

  @Test
  void shouldPointIntoTheIncludedFileWhenItIsWrong() throws IOException {
    assertThat(weir("check", policy("rules: [{id: r, becuse: b}]\n"))).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .contains("rules.yaml:1:17: unknown key 'becuse'; did you mean 'because'?");
  }

  @Test
  void shouldCheckByTheExitCode() throws IOException {
    assertThat(weir("check", policy(rule("pay_bill")))).isZero();
    assertThat(out()).endsWith("1 rules, 2 examples, 0 errors, 0 warnings\n");
    assertThat(weir("check", policy(rule("buy_bill")))).isEqualTo(1);
    assertThat(out()).contains("rules.yaml:2:", "error: an example does not hold: expected rule r");
    Path bare = policy("rules: [{id: r, adds: {money: 1}, because: b}]\n");
    assertThat(weir("check", bare)).isZero();
    assertThat(weir("check", bare, "--strict")).isEqualTo(1);
  }

  @Test
  void shouldTryTheRulesOnALogWhenThereIsOne() throws IOException {
    String line =
        "{\"event_id\":\"%d\",\"occurred_at\":%d,\"task_id\":\"t\",\"agent\":{\"id\":\"a\"},"
            + "\"tool\":{\"name\":\"pay_bill\"}}\n";
    Path log = file("log.jsonl", line.formatted(1, 1) + line.formatted(2, 2) + "{\n");
    assertThat(weir("check", policy(rule("pay_bill")), "--log", log, "--json")).isZero();
    JsonNode document = JSON.readTree(out());
    assertThat(document.at("/log/actions").asInt()).isEqualTo(2);
    assertThat(document.at("/log/rules/0/fired").asInt()).isEqualTo(2);
    assertThat(document.at("/log/rules/0/mass_share").asDouble()).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("log.jsonl:3: MALFORMED_JSON");
  }

  @Test
  void shouldLeaveOutRulesThatNeverFiredUnlessAsked() throws IOException {
    String line =
        "{\"event_id\":\"1\",\"occurred_at\":1,\"task_id\":\"t\",\"agent\":{\"id\":\"a\"},"
            + "\"tool\":{\"name\":\"get_bill\"}}\n";
    Path log = file("log.jsonl", line);
    assertThat(weir("check", policy(rule("pay_bill")), "--log", log)).isZero();
    assertThat(out())
        .contains("1 rules never fired; --verbose lists them")
        .doesNotContainPattern("(?m)^r ");
    assertThat(weir("check", policy(rule("pay_bill")), "--log", log, "--verbose")).isZero();
    assertThat(out()).containsPattern("(?m)^r ").doesNotContain("--verbose");
  }

  @Test
  void shouldSayHowToBuildOnTheDefaultPackWhenItIsIncluded() throws IOException {
    Path policy = file("policy.yaml", HEAD.replace("rules.yaml", "default/policy.yaml"));
    assertThat(weir("check", policy)).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .contains("the default pack cannot be included: copy its folder");
  }

  @Test
  void shouldSayInOneLineThatAPolicyIsWantedWhenNoneIsPublished() {
    assertThat(weir("publish")).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines()).hasSize(1);
    assertThat(err.toString(UTF_8)).contains("See 'weir policy publish --help'");
  }

  @Test
  void shouldSummariseEachCommandByAWholeSentence() {
    for (Object command : List.of(new PolicyCommand(), new KeysCommand())) {
      for (CommandLine each : new CommandLine(command).getSubcommands().values()) {
        assertThat(each.getCommandSpec().usageMessage().description()[0])
            .as(each.getCommandName())
            .endsWith(".");
      }
    }
  }

  @Test
  void shouldShowWhatCameInsteadWhenAnExampleDoesNotHold() throws IOException {
    assertThat(weir("test", policy(rule("pay_bill")))).isZero();
    assertThat(out()).isEqualTo("policy p 1: 2 examples of 1 rules, 2 hold, 0 do not\n");
    assertThat(weir("test", policy(rule("buy_bill")))).isEqualTo(1);
    assertThat(out())
        .contains("does not hold", "{\"tool\":\"buy_bill\"}", "expected rule r to fire; its tools")
        .contains("magnitude 0.00", "1 hold, 1 do not");
    assertThat(weir("test", policy(rule("buy_bill")), "--json")).isEqualTo(1);
    assertThat(JSON.readTree(out()).at("/failures/0/because/0").asText()).startsWith("expected");
  }

  @Test
  void shouldExplainAnActionWhenItIsWrittenInShort() throws IOException {
    Path policy =
        policy(
            "rules:\n  - {id: r, tools: [pay], adds: {money: 3}, because: money moves}\n"
                + "  - {id: s, when: task.actions > 0, adds: {service: 1}, because: b}\n");
    Path action = file("a.yaml", "tool: pay_bill\narguments:\n  amount: 5\n");
    Path before = file("b.jsonl", "{\"tool\": \"x\"}\n{\"tool\": \"y\"}\n");
    assertThat(weir("explain", "--policy", policy, "--action", action, "--facts")).isZero();
    assertThat(out())
        .contains("pay_bill, from weir.actions, after 0 actions of its task")
        .contains("*  +3.00  money           r                            money moves")
        .contains("tried and not fired: s", "task.actions                     0");
    assertThat(
            weir("explain", "--policy", policy, "--action", action, "--before", before, "--json"))
        .isZero();
    JsonNode document = JSON.readTree(out());
    assertThat(document.at("/fired").toString()).isEqualTo("[\"r\",\"s\"]");
    assertThat(document.at("/score/magnitude").asDouble()).isGreaterThan(3);
    assertThat(weir("explain", "--action", file("c.yaml", "{tol: x}"))).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("no action has a key 'tol'; did you mean 'tool'?");
  }

  @Test
  void shouldShowAPolicyThatItsDigestIsTakenOf() throws Exception {
    assertThat(weir("show", "--merged")).isZero();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(out.toByteArray());
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(PolicyLoader.builtIn().digestHex());
    assertThat(weir("show")).isZero();
    assertThat(out()).contains(PolicyLoader.builtIn().digestHex(), "ASI01", "shell ");
    assertThat(weir("show", "--json")).isZero();
    assertThat(JSON.readTree(out()).at("/document/id").asText()).isEqualTo("default");
    assertThat(weir("show", "--rule", "shell-wipe")).isZero();
    assertThat(out()).startsWith("# default/shell.yaml:").contains("id: shell-wipe");
    assertThat(weir("show", "--rule", "nothing")).isEqualTo(1);
    assertThat(weir("show", "--schema")).isZero();
    assertThat(JSON.readTree(out()).get("title").asText()).isEqualTo("Weir policy");
  }

  @Test
  void shouldProveAPastScoreWhenItIsTailed() throws IOException {
    Policy policy = PolicyLoader.builtIn();
    String action = "{\"tool\":\"delete_file\",\"arguments\":{\"file_id\":\"7\"}}";
    Action whole = PolicyLoader.action("a", action.getBytes(UTF_8), "weir.actions", 0);
    ObjectNode past =
        PolicyJson.object()
            .put("event_id", "a0")
            .put("task_id", "example")
            .put("topic", "weir.actions")
            .put("partition", 0)
            .put("offset", 7)
            .put("received_at", "2026-01-01T00:00:00Z")
            .put("digest", "00")
            .put("policy_digest", policy.digestHex())
            .put("task_actions", 1);
    past.set(
        "score", PolicyJson.record(new PolicyScorer(policy).score(whole, TaskView.none()).score()));
    ObjectNode record =
        PolicyJson.object()
            .put("topic", "weir.actions")
            .put("partition", 0)
            .put("offset", 7)
            .put("timestamp", "2026-01-01T00:00:00Z");
    record.set("value", PolicyJson.read(new String(whole.value(), UTF_8)));
    Path assessment = file("assessment.jsonl", PolicyJson.text(past) + "\n");
    for (String text : List.of(PolicyJson.text(record), new String(whole.value(), UTF_8))) {
      Path actions = file("actions.jsonl", text + "\n");
      assertThat(weir("explain", "--assessment", assessment, "--actions", actions)).isZero();
      assertThat(out()).contains("example a0: matches", "1 assessments, 1 match, 0 do not");
    }
    Path other = policy(rule("pay_bill"));
    Path actions = folder.resolve("actions.jsonl");
    assertThat(weir("explain", "--policy", other, "--assessment", assessment, "--actions", actions))
        .isEqualTo(1);
    assertThat(out()).contains("other policy", "scored by policy " + policy.digestHex());
  }
}
