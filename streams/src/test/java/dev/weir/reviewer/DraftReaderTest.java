/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.VerdictDecision;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program may answer. */
class DraftReaderTest {
  @Test
  void shouldReadAllOfItWhenAnswerIsComplete() throws JudgeException {
    assertThat(
            read(
                """
                {"decision":"REPLACE","harm_estimate":1e3,"rationale":"too wide","cost":2,
                 "replacement_arguments":{"cmd":"rm -rf build"},"handover_agent":"ignored","x":1}
                """))
        .isEqualTo(
            new Draft(
                VerdictDecision.REPLACE,
                1000.0,
                "too wide",
                2.0,
                "{\"cmd\":\"rm -rf build\"}",
                null));
    assertThat(read("{\"decision\":\"HANDOVER\",\"handover_agent\":\"vetted\"}").handoverAgent())
        .isEqualTo("vetted");
  }

  @Test
  void shouldReadADecisionAloneWhenNothingElseIsSaid() throws JudgeException {
    assertThat(read("{\"decision\":\"APPROVE\",\"cost\":null}"))
        .isEqualTo(Draft.of(VerdictDecision.APPROVE, ""));
  }

  @Test
  void shouldCutTheRationaleWhenItIsLong() throws JudgeException {
    String rationale =
        read("{\"decision\":\"DENY\",\"rationale\":\"%s\"}".formatted("é".repeat(5000)))
            .rationale();
    assertThat(rationale).isEqualTo("é".repeat(2048));
    assertThat(
            read("{\"decision\":\"DENY\",\"rationale\":\"x%s\"}".formatted("é".repeat(5000)))
                .rationale())
        .isEqualTo("x" + "é".repeat(2047));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yes",
        "[]",
        "null",
        "{}",
        "{\"decision\":\"OTHER\"}",
        "{\"decision\":\"approve\"}",
        "{\"decision\":7}",
        "{\"decision\":\"DENY\",\"decision\":\"APPROVE\"}",
        "{\"decision\":\"APPROVE\"} {}",
        "{\"decision\":\"APPROVE\",\"cost\":-1}",
        "{\"decision\":\"APPROVE\",\"cost\":\"1\"}",
        "{\"decision\":\"APPROVE\",\"harm_estimate\":1e999}",
        "{\"decision\":\"APPROVE\",\"harm_estimate\":NaN}",
        "{\"decision\":\"APPROVE\",\"rationale\":[]}",
        "{\"decision\":\"REPLACE\"}",
        "{\"decision\":\"REPLACE\",\"replacement_arguments\":\"rm\"}",
        "{\"decision\":\"HANDOVER\"}",
        "{\"decision\":\"HANDOVER\",\"handover_agent\":\" \"}"
      })
  void shouldSayWhatIsWrongWhenAnswerIsNone(String answer) {
    assertThatThrownBy(() -> read(answer)).isInstanceOf(JudgeException.class);
  }

  private static Draft read(String json) throws JudgeException {
    return DraftReader.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
