/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.action.Action;
import dev.weir.action.FuzzedAction;
import dev.weir.policy.Attestable;
import dev.weir.policy.PolicyLoader;
import java.util.Optional;
import java.util.Set;

/** Any action gets a sound score by the pack that Weir brings, and the same one again. */
class PolicyScorerFuzzTest {
  private static final PolicyScorer SCORER =
      new PolicyScorer(
          PolicyLoader.builtIn().withSource(Actions.SOURCE, Set.of(Attestable.OBJECTIVE)));

  @FuzzTest(maxDuration = "5m")
  void score(byte[] bytes) {
    String[] parts = FuzzedAction.parts(bytes);
    String objective = parts.length > 1 && !parts[1].isEmpty() ? parts[1] : null;
    TaskView task = new TaskView(1, 1, 1, 0, objective, objective != null, 0, 0);
    Optional<Action> action = FuzzedAction.of("e", parts);
    if (action.isPresent()) { // no lambda: an agent breaks records that signatures here name
      Scored scored = SCORER.score(action.get(), task);
      Sound.assertScored(scored);
      assertThat(SCORER.score(action.get(), task).score()).isEqualTo(scored.score());
    }
  }
}
