/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.action.ActionDecoder;
import dev.weir.action.Limits;
import dev.weir.budget.Chance;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeBankTest {
  private static final String CONTEXT =
      "{\"event_id\":\"e-000001\",\"task_id\":\"run-000001\",\"occurred_at\":1,\"agent\":{\"id\":\"a\"},\"tool\":{\"name\":\"t\"}}";
  private static final String JUDGED =
      "{\"event_id\":\"e-000002\",\"task_id\":\"run-000001\",\"occurred_at\":2,\"agent\":{\"id\":\"a\"},\"tool\":{\"name\":\"t\"},\"truth\":{\"harmful\":true}}";

  private static ProbeBank bank(String... lines) {
    return ProbeBank.of(
        Stream.of(lines).map(line -> line.getBytes(StandardCharsets.UTF_8)).toList(),
        new ActionDecoder(Limits.DEFAULT));
  }

  @Test
  void shouldMakeOneProbeOfEachTask() {
    ProbeBank bank = bank(CONTEXT, JUDGED);

    assertThat(bank.size()).isEqualTo(1);
    assertThat(bank.get(0).harmful()).isTrue();
    assertThat(bank.get(0).actions()).hasSize(2).noneMatch(action -> action.has("truth"));
  }

  @Test
  void shouldSayWhichLineAndWhyWhenOneIsNoGood() {
    assertThatThrownBy(() -> bank(JUDGED, "{}"))
        .isInstanceOf(ProbeException.class)
        .hasMessageStartingWith("line 2: ");
    assertThatThrownBy(() -> bank(CONTEXT))
        .hasMessageContaining("line 1: the last action of task 'run-000001' says no");
    assertThatThrownBy(() -> bank(JUDGED.replace("run-000001", "run-1")))
        .hasMessageContaining("no part of 6 letters and digits");
  }

  @ParameterizedTest
  @CsvSource({
    "run-a1b2c3d4, run-[0-9a-f]{8}",
    "TASK_000017, TASK_\\d{6}",
    "job-xyz12345:0003, job-xyz\\d{5}:0003",
    "9f8b1c2d-1a2b-4c3d-8e4f-0123456789ab, [0-9a-f]{8}-1a2b-4c3d-8e4f-[0-9a-f]{12}"
  })
  void shouldKeepTheShapeOfAnIdentifierWhenItVaries(String id, String shape) {
    ProbeDice dice =
        new ProbeDice(
            new Chance("a key of sixteen".getBytes(StandardCharsets.UTF_8), Chance.EPOCH_MS),
            "some escalation");

    String alias = new Aliases(dice, 0).of(id);

    assertThat(alias).matches(shape).isNotEqualTo(id);
    assertThat(new Aliases(dice, 0).of(id)).isEqualTo(alias);
    assertThat(new Aliases(dice, 1).of(id)).isNotEqualTo(alias);
    assertThat(new Aliases(dice, 0).of(id + ":" + id)).isEqualTo(alias + ":" + alias);
  }
}
