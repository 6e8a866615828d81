/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.action.Action;
import dev.weir.action.FuzzedAction;
import dev.weir.state.TaskProvenance;
import dev.weir.wire.SingleObject;
import java.util.Arrays;
import java.util.Optional;

/**
 * A task's actions, divided by vertical tabs, whose results say anything: what is kept of them
 * stays below 4 KiB, comes back as it was stored, and forgets nothing foreign.
 */
class TaskFuzzTest {
  private static final int STATE_BYTES = 4_096;
  private static final SingleObject<TaskProvenance> CODEC = SingleObject.of(TaskProvenance.class);
  private static final ResultReader RESULTS = new ResultReader();

  /** The hash of a value that some results of the seeds hold. */
  private static final long PROBE = probe();

  @FuzzTest(maxDuration = "5m")
  void fold(byte[] bytes) {
    Provenance provenance = new Provenance();
    int known = 0;
    int from = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\u000b') {
        String[] parts = FuzzedAction.parts(Arrays.copyOfRange(bytes, from, i));
        Optional<Action> action = FuzzedAction.of("e" + from, parts);
        if (action.isPresent()) {
          fold(provenance, action.get(), parts);
        }
        int now = provenance.of(PROBE);
        assertThat(now & known).as("once known, always known").isEqualTo(known);
        // Once results are cut, what was not met counts as foreign only until it is met.
        known = provenance.saturated() ? known : now & ~(Trail.TRUSTED | Trail.USED);
        from = i + 1;
      }
    }
    byte[] stored = CODEC.encode(provenance.state());
    assertThat(stored).hasSizeLessThanOrEqualTo(STATE_BYTES);
    assertThat(Provenance.restored(CODEC.decode(stored)).state()).isEqualTo(provenance.state());
  }

  private static long probe() {
    Tokens tokens = new Tokens();
    new TextScanner(tokens).scan("evil@mail.example");
    return tokens.hash(0);
  }

  private static void fold(Provenance provenance, Action action, String[] parts) {
    boolean trusted = parts[0].startsWith("trusted");
    String objective = parts.length > 1 && !parts[1].isEmpty() ? parts[1] : null;
    Evidence evidence =
        new Evidence(values(action), provenance, Purpose.of(objective == null ? "" : objective));
    Sound.assertEvidence(evidence);
    RESULTS.fold(provenance, action, trusted, objective);
    assertThat(provenance.heat()).isBetween(0.0, 100.0);
  }

  private static ActionValues values(Action action) {
    String tool = action.event().getTool().getName();
    Arguments arguments = new Arguments(action.arguments());
    return new ActionValues(tool, Deed.of(Naming.of(tool), arguments), arguments);
  }
}
