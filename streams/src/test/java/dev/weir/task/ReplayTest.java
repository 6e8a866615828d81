/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.action.Action;
import dev.weir.event.Phase;
import dev.weir.event.Score;
import dev.weir.policy.Attestable;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import dev.weir.score.Scored;
import dev.weir.score.Scorer;
import dev.weir.task.Replay.Replayed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final String SOURCE = "weir.actions";

  /** Each action's risk is how many its task had before. */
  private static final Scorer COUNTING =
      (action, task, evidence) -> new Scored(score(task.actions()), List.of(), false, 1);

  private final Replay replay = replay(PolicyLoader.builtIn());

  @Test
  void shouldScoreAnActionAgainstItsTaskAsItStoodBefore() {
    Replayed first = add(TaskActions.named("one"));
    Replayed second = add(TaskActions.named("two"));

    assertThat(first.view().actions()).isZero();
    assertThat(first.scored().score().getRisk()).isZero();
    assertThat(second.view().actions()).isEqualTo(1);
    assertThat(second.view().mass()).isEqualTo(1);
    assertThat(second.scored().score().getRisk()).isEqualTo(1);
    assertThat(replay.task("t-1").view().actions()).isEqualTo(2);
    assertThat(replay.task("t-1").view().mass()).isEqualTo(11);
  }

  @Test
  void shouldNeitherScoreNorFoldARepetition() {
    Action action = TaskActions.named("one");
    add(action);

    assertThat(replay.add(action)).isEmpty();
    assertThat(replay.task("t-1").view().actions()).isEqualTo(1);
  }

  @Test
  void shouldAddNoSecondMassWhenAProposalIsCarriedOut() {
    add(TaskActions.of(TaskActions.NOW_MS, event -> event.setPhase(Phase.PROPOSED)));

    Replayed executed =
        add(
            TaskActions.of(
                TaskActions.NOW_MS,
                event -> {
                  event.setEventId("e-2");
                  event.setPhase(Phase.EXECUTED);
                  event.setProposalId("e-1");
                }));

    assertThat(executed.sighting()).isEqualTo(Sighting.CARRIES_OUT);
    assertThat(replay.task("t-1").view().mass()).isEqualTo(1);
  }

  @Test
  void shouldKeepTasksApart() {
    add(TaskActions.named("one"));

    Replayed other =
        add(TaskActions.of(TaskActions.NOW_MS, event -> event.setTaskId("another task")));

    assertThat(other.view().actions()).isZero();
  }

  @Test
  void shouldBelieveAnObjectiveWhenThePolicySaysThatItsSourceMayAttestIt() {
    Action action = TaskActions.of(TaskActions.NOW_MS, event -> event.setObjective("tidy up"));
    Policy believing = PolicyLoader.builtIn().withSource(SOURCE, Set.of(Attestable.OBJECTIVE));
    Replay trusting = replay(believing);
    add(action);
    trusting.add(action).orElseThrow();

    assertThat(replay.task("t-1").view().objectiveAttested()).isFalse();
    assertThat(trusting.task("t-1").view().objectiveAttested()).isTrue();
  }

  private static Replay replay(Policy policy) {
    return new Replay(policy, COUNTING, FoldRules.DEFAULT);
  }

  private Replayed add(Action action) {
    return replay.add(action).orElseThrow();
  }

  private static Score score(double risk) {
    return new Score(risk, 0.0, risk, Math.pow(10, risk), "", false, new ArrayList<>());
  }
}
