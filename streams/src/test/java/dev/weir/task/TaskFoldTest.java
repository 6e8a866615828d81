/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import static dev.weir.task.TaskActions.HOUR_MS;
import static dev.weir.task.TaskActions.NOW_MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.action.Action;
import dev.weir.state.Bucket;
import dev.weir.state.Remembered;
import dev.weir.state.TaskCore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskFoldTest {
  private static final long HALF_LIFE_MS = FoldRules.DEFAULT.halfLifeMs();

  private final TaskFold fold = new TaskFold(FoldRules.DEFAULT);

  @Test
  void shouldOpenTaskWhenFirstActionComes() {
    Folded folded = fold.fold(null, TaskActions.named("e-1"), 1, 10);

    TaskCore core = folded.core();
    assertThat(core.getAgentId()).isEqualTo("a-1");
    assertThat(core.getSource()).isEqualTo("weir.actions");
    assertThat(core.getActions()).isEqualTo(1);
    assertThat(core.getEscalated()).isZero();
    assertThat(core.getMass()).isEqualTo(10);
    assertThat(core.getDecayedMass()).isEqualTo(10);
    assertThat(core.getMaxRisk()).isEqualTo(1);
    assertThat(core.getFirstSeenMs()).isEqualTo(NOW_MS);
    assertThat(core.getLastSeenMs()).isEqualTo(NOW_MS);
    assertThat(folded.massBefore()).isNaN();
    assertThat(folded.timing()).isEqualTo(new Timing(NOW_MS, false, false));
  }

  @Test
  void shouldTellMassBeforeWhenTaskIsKnown() {
    TaskCore core = fold.fold(null, TaskActions.named("e-1"), 1, 10).core();

    Folded second = fold.fold(core, TaskActions.named("e-2"), 0, 1);

    assertThat(second.massBefore()).isEqualTo(10);
    assertThat(second.core().getMass()).isEqualTo(11);
  }

  @Test
  void shouldHalveDecayedMassWhenHalfLifePasses() {
    TaskCore core = fold.fold(null, TaskActions.at(NOW_MS, NOW_MS), 2, 100).core();

    long laterMs = NOW_MS + HALF_LIFE_MS;
    fold.fold(core, TaskActions.at(laterMs, laterMs), 0, 1);

    assertThat(core.getDecayedMass()).isCloseTo(51, within(1e-9));
    assertThat(core.getMass()).isEqualTo(101);
  }

  @Test
  void shouldKeepTheOpenersNameWhenAnotherAgentActs() {
    TaskCore core = fold.fold(null, TaskActions.named("e-1"), 1, 10).core();

    fold.fold(core, TaskActions.of(NOW_MS, event -> event.getAgent().setId("other")), 1, 10);

    assertThat(core.getAgentId()).isEqualTo("a-1");
  }

  @Test
  void shouldBelieveAtMostOneMinuteAheadWhenAgentsClockIsFast() {
    Folded folded = fold.fold(null, TaskActions.at(NOW_MS + 5 * HOUR_MS, NOW_MS), 1, 10);

    assertThat(folded.timing().taskTimeMs()).isEqualTo(NOW_MS + 60_000);
    assertThat(folded.core().getFirstSeenMs()).isEqualTo(NOW_MS + 60_000);
    assertThat(folded.core().getDecayedMass()).isEqualTo(10);
  }

  @Test
  void shouldBelieveTheLogWhenOccurredAtCounts() {
    TaskFold offline = new TaskFold(new FoldRules(HALF_LIFE_MS, HOUR_MS, 60_000, true));
    Action action = TaskActions.at(NOW_MS + 5 * HOUR_MS, NOW_MS);

    assertThat(offline.fold(null, action, 1, 10).timing().taskTimeMs())
        .isEqualTo(NOW_MS + 5 * HOUR_MS);
    assertThat(offline.partitionTime(action)).isEqualTo(NOW_MS + 5 * HOUR_MS);
    assertThat(fold.partitionTime(action)).isEqualTo(NOW_MS);
  }

  @Test
  void shouldTellOutOfOrderFromLateWhenActionLiesBehindTheClock() {
    TaskCore core = fold.fold(null, TaskActions.at(NOW_MS, NOW_MS), 1, 10).core();

    assertThat(fold.fold(core, TaskActions.at(NOW_MS - 1, NOW_MS), 1, 10).timing())
        .isEqualTo(new Timing(NOW_MS, true, false));
    assertThat(fold.fold(core, TaskActions.at(NOW_MS - HOUR_MS, NOW_MS), 1, 10).timing())
        .isEqualTo(new Timing(NOW_MS, true, false));
    assertThat(fold.fold(core, TaskActions.at(NOW_MS - HOUR_MS - 1, NOW_MS), 1, 10).timing())
        .isEqualTo(new Timing(NOW_MS, true, true));
  }

  @Test
  void shouldOnlyCountWhenActionAddsNoMass() {
    TaskCore core = fold.fold(null, TaskActions.at(NOW_MS, NOW_MS), 1, 10).core();
    List<Bucket> histogram = List.copyOf(core.getHistogram());
    List<Remembered> worst = List.copyOf(core.getWorst());

    long laterMs = NOW_MS + HALF_LIFE_MS;
    fold.fold(core, TaskActions.at(laterMs, laterMs), 7, 0);

    assertThat(core.getActions()).isEqualTo(2);
    assertThat(core.getMass()).isEqualTo(10);
    assertThat(core.getDecayedMass()).isCloseTo(5, within(1e-9));
    assertThat(core.getMaxRisk()).isEqualTo(1);
    assertThat(core.getHistogram()).isEqualTo(histogram);
    assertThat(core.getWorst()).isEqualTo(worst);
    assertThat(core.getLastSeenMs()).isEqualTo(laterMs);
  }

  @Test
  void shouldKeepTheEarlierFirstWhenWorstActionsAreEqual() {
    TaskCore core = fold.fold(null, TaskActions.named("e-1"), 1, 10).core();
    for (int i = 2; i <= 5; i++) {
      fold.fold(core, TaskActions.named("e-" + i), 1, 10);
    }

    assertThat(core.getWorst())
        .extracting(Remembered::getEventId)
        .containsExactly("e-1", "e-2", "e-3");
  }

  @Test
  void shouldPutRiskBeyondTheScaleIntoItsEndsWhenCounted() {
    TaskCore core = fold.fold(null, TaskActions.named("e-1"), -40, 1e-40).core();
    fold.fold(core, TaskActions.named("e-2"), 40, 1e40);

    assertThat(core.getHistogram()).extracting(Bucket::getIndex).containsExactly(-16, 15);
  }

  @Test
  void shouldRememberActionInShortWhenItIsLong() {
    Action action =
        TaskActions.of(
            NOW_MS,
            event -> {
              event.getAgent().setId("a".repeat(200));
              event.getTool().setName("t".repeat(200));
              event.setArguments("{\"text\":\"" + "x".repeat(1000) + "\"}");
              event.setOccurredAt(Instant.ofEpochMilli(NOW_MS - 5));
            });

    Remembered remembered = TaskFold.remember(action, 2.5, 20);

    assertThat(remembered.getAgentId()).isEqualTo("a".repeat(64));
    assertThat(remembered.getTool()).isEqualTo("t".repeat(64));
    assertThat(remembered.getArguments()).isEqualTo("{\"text\":\"xxxxxxxxxxx");
    assertThat(remembered.getOccurredAtMs()).isEqualTo(NOW_MS - 5);
    assertThat(remembered.getRisk()).isEqualTo(2.5);
    assertThat(remembered.getDigest().array()).isEqualTo(action.digest());
  }

  @Test
  void shouldRememberRawArgumentsWhenThereAreNoOthers() {
    Action action = TaskActions.of(NOW_MS, event -> event.setArgumentsRaw("rm -rf /"));

    assertThat(TaskFold.remember(action, 0, 256).getArguments()).isEqualTo("rm -rf /");
  }

  @Test
  void shouldNotSplitPairOfSurrogatesWhenTextIsCut() {
    assertThat(TaskFold.cut("ab\ud83d\ude00c", 3)).isEqualTo("ab");
    assertThat(TaskFold.cut("ab\ud83d\ude00c", 4)).isEqualTo("ab\ud83d\ude00");
    assertThat(TaskFold.cut("ab", 0)).isEmpty();
  }

  @Test
  void shouldKeepTheMassWhenTheTaskWasOpenedWithADateOfLongAgo() {
    TaskFold fold = new TaskFold(FoldRules.DEFAULT);

    TaskCore core = fold.fold(null, TaskActions.at(0, NOW_MS), 3, 1000).core();
    fold.fold(core, TaskActions.at(NOW_MS, NOW_MS), 0, 1);

    assertThat(core.getDecayedMass()).isGreaterThan(800);
  }
}
