/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.action.Action;
import dev.weir.action.FuzzedAction;
import dev.weir.policy.PolicyLoader;
import dev.weir.score.ResultReader.Acted;
import dev.weir.state.TaskProvenance;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A task's actions, divided by vertical tabs, leave anything for each other: what is kept stays
 * within its bytes, and an action scores no lower for it.
 */
class MemoryFuzzTest {
  private static final PolicyScorer SCORER = new PolicyScorer(PolicyLoader.builtIn());
  private static final ResultReader RESULTS = new ResultReader();

  @FuzzTest(maxDuration = "5m")
  void remember(byte[] bytes) {
    Provenance trail = new Provenance();
    int from = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\u000b') {
        String[] parts = FuzzedAction.parts(Arrays.copyOfRange(bytes, from, i));
        Optional<Action> action = FuzzedAction.of("e" + from, parts);
        if (action.isPresent()) { // an agent breaks records that signatures here name
          remember(trail, action.get());
        }
        from = i + 1;
      }
    }
  }

  private static void remember(Provenance trail, Action action) {
    TaskView task = new TaskView(1, 1, 1, 0, null, false, 0, 0, trail);
    Scored scored = SCORER.score(action, task);
    Sound.assertScored(scored);
    TaskProvenance state = trail.state();
    state.setLeft(ByteBuffer.allocate(0));
    Provenance forgotten = Provenance.restored(state);
    task = new TaskView(1, 1, 1, 0, null, false, 0, 0, forgotten);
    Scored without = SCORER.score(action, task);
    assertThat(scored.score().getRisk()).isGreaterThanOrEqualTo(without.score().getRisk());
    RESULTS.fold(trail, new Acted(action, scored), false, null);
    assertThat(trail.state().getLeft().remaining()).isLessThanOrEqualTo(Leftovers.MAX_BYTES);
  }
}
