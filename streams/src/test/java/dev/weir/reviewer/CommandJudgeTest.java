/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.event.Escalation;
import dev.weir.event.VerdictDecision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program as a judge, however it behaves. */
class CommandJudgeTest {
  private static final String APPROVE = "echo '{\"decision\":\"APPROVE\"}'";

  @TempDir private Path dir;
  private final ExecutorService pipes = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    pipes.shutdownNow();
  }

  @Test
  void shouldGetAllButTheNonceWhenAsked() throws Exception {
    byte[] action = "{\"cmd\":\"\u202e\\u001b[2J\"}".getBytes(StandardCharsets.UTF_8);
    Escalation escalation = Escalated.of("1", action);
    Path file = dir.resolve("question");
    assertThat(judge("cat > '" + file + "'; " + APPROVE).judge(escalation).decision())
        .isEqualTo(VerdictDecision.APPROVE);

    String question = Files.readString(file);
    assertThat(question.chars()).allMatch(c -> c >= ' ' && c < 127);
    JsonNode asked = new ObjectMapper().readTree(question);
    assertThat(asked.has("nonce")).isFalse();
    assertThat(asked.get("escalation_id").asText()).isEqualTo("1");
    assertThat(asked.at("/action/cmd").asText()).isEqualTo("\u202e\u001b[2J");
    assertThat(asked.get("action_text").asText().getBytes(StandardCharsets.UTF_8))
        .isEqualTo(action);
    assertThat(Base64.getDecoder().decode(asked.get("action_base64").asText())).isEqualTo(action);
    assertThat(asked.get("digest").asText()).hasSize(64);
    assertThat(asked.at("/assessment/score/risk").asDouble()).isEqualTo(2.0);
  }

  @Test
  void shouldReachNoShellWhenActionIsHostile() throws Exception {
    Path file = dir.resolve("owned");
    byte[] action =
        "$(touch '%s'); `touch '%s'`\n".formatted(file, file).getBytes(StandardCharsets.UTF_8);
    CommandJudge judge =
        new CommandJudge(
            List.of("/bin/sh", "-c", "cat > /dev/null; " + APPROVE + "; exit $#"),
            Duration.ofSeconds(20),
            pipes);
    judge.judge(Escalated.of("1", action));
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldAnswerWhenTheProgramReadsNothing() throws Exception {
    byte[] action = new byte[500_000];
    assertThat(judge(APPROVE).judge(Escalated.of("1", action)).decision())
        .isEqualTo(VerdictDecision.APPROVE);
  }

  @Test
  void shouldFailWithWhatTheProgramSaidWhenItFails() {
    fails("echo 'no \u001b[2J model' >&2; exit 3", "exit code 3: no \\u001b[2J model");
    fails("echo maybe", "not one JSON document");
    fails("exit 0", "the answer is not a JSON object");
  }

  @Test
  void shouldEndTheProgramAndItsChildrenWhenItTakesTooLong() throws Exception {
    Path pid = dir.resolve("pid");
    CommandJudge judge = judge("sleep 600 & echo $! > '" + pid + "'; wait", Duration.ofSeconds(2));
    assertThatThrownBy(() -> judge.judge(Escalated.of("1"))).hasMessageContaining("2.0 s");
    long child = Long.parseLong(Files.readString(pid).strip());
    ProcessHandle.of(child).ifPresent(handle -> handle.onExit().join());
    assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void shouldEndTheProgramWhenItsAnswerIsEndless() {
    fails("cat /dev/zero", "more than");
    fails("cat /dev/zero >&2", "did not answer", Duration.ofSeconds(2));
  }

  @Test
  void shouldFailWhenThereIsNoSuchProgram() {
    CommandJudge judge = new CommandJudge(List.of(dir + "/none"), Duration.ofSeconds(5), pipes);
    assertThatThrownBy(() -> judge.judge(Escalated.of("1")))
        .isInstanceOf(JudgeUnusableException.class)
        .hasMessageContaining("does not start");
  }

  private void fails(String script, String told) {
    fails(script, told, Duration.ofSeconds(20));
  }

  private void fails(String script, String told, Duration timeout) {
    assertThatThrownBy(() -> judge(script, timeout).judge(Escalated.of("1")))
        .isInstanceOf(JudgeException.class)
        .hasMessageContaining(told);
  }

  private CommandJudge judge(String script) {
    return judge(script, Duration.ofSeconds(20));
  }

  private CommandJudge judge(String script, Duration timeout) {
    return new CommandJudge(List.of("/bin/sh", "-c", script), timeout, pipes);
  }
}
