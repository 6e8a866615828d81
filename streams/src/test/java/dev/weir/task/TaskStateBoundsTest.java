/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import static dev.weir.task.TaskActions.NOW_MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.action.Action;
import dev.weir.action.Limits;
import dev.weir.event.Phase;
import dev.weir.state.TaskCore;
import dev.weir.state.TaskObjective;
import dev.weir.state.TaskRecent;
import dev.weir.wire.SingleObject;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/**
 * What one task costs at most, whatever agents send within {@link Limits}: the encoded sizes of its
 * three records. An ordinary task's are a fraction of it.
 */
class TaskStateBoundsTest {
  private static final int CORE_BYTES = 3 << 10;
  private static final int RECENT_BYTES = 9 << 10;
  private static final int OBJECTIVE_BYTES = (2 << 10) + 16;

  /** Three bytes of UTF-8 a character: the most that one character of UTF-16 takes. */
  private static final String WIDE = "\u20ac";

  @Test
  void shouldKeepCoreWithinItsBoundWhenActionsAreHostile() {
    TaskFold fold = new TaskFold(FoldRules.DEFAULT);
    TaskCore core = null;
    for (int i = 0; i < 2000; i++) {
      double risk = i % 60 - 30;
      core = fold.fold(core, hostile(i), risk, Math.pow(10, risk)).core();
    }
    core.setActions(Long.MAX_VALUE);
    core.setEscalated(Long.MAX_VALUE);
    core.getHistogram().forEach(bucket -> bucket.setCount(Long.MAX_VALUE));

    assertThat(core.getHistogram()).hasSize(TaskFold.MAX_BUCKETS);
    assertThat(core.getWorst()).hasSize(TaskFold.MAX_WORST);
    assertThat(encoded(core)).hasSizeLessThanOrEqualTo(CORE_BYTES);
  }

  @Test
  void shouldKeepCoreWithinOneKibibyteWhenActionsAreOrdinary() {
    TaskFold fold = new TaskFold(FoldRules.DEFAULT);
    TaskCore core = null;
    for (int i = 0; i < 500; i++) {
      double risk = i % 8 - 4;
      core = fold.fold(core, TaskActions.named("event-" + i), risk, Math.pow(10, risk)).core();
    }

    assertThat(encoded(core)).hasSizeLessThanOrEqualTo(1 << 10);
  }

  @Test
  void shouldKeepRecentWithinItsBoundWhenActionsAreHostile() {
    TaskRecent recent = RecentActions.none();
    for (int i = 0; i < 500; i++) {
      RecentActions.add(recent, hostile(i), -1e300);
    }

    assertThat(recent.getIds().remaining()).isEqualTo(RecentActions.MAX_IDS * 48);
    assertThat(recent.getLatest()).hasSize(RecentActions.MAX_LATEST);
    assertThat(encoded(recent)).hasSizeLessThanOrEqualTo(RECENT_BYTES);
  }

  @Test
  void shouldKeepObjectiveWithinItsBoundWhenItIsLong() {
    TaskObjective objective =
        Objectives.change(null, WIDE.repeat(Limits.DEFAULT.objectiveBytes() / 3), true)
            .orElseThrow();

    assertThat(encoded(objective)).hasSizeLessThanOrEqualTo(OBJECTIVE_BYTES);
  }

  /** An action with every remembered text as long as {@link Limits} allow. */
  private static Action hostile(int number) {
    Limits limits = Limits.DEFAULT;
    return TaskActions.of(
        NOW_MS,
        event -> {
          event.setEventId("%08d".formatted(number) + "x".repeat(limits.eventIdBytes() - 8));
          event.setPhase(Phase.PROPOSED);
          event.getAgent().setId(WIDE.repeat(limits.nameBytes() / 3));
          event.getTool().setName(WIDE.repeat(limits.nameBytes() / 3));
          event.setArgumentsRaw(WIDE.repeat(limits.argumentsBytes() / 3));
        });
  }

  @SuppressWarnings("unchecked")
  private static <T extends SpecificRecord> byte[] encoded(T record) {
    return SingleObject.of((Class<T>) record.getClass()).encode(record);
  }
}
