/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Limits;
import dev.weir.action.Origin;
import dev.weir.state.TaskCore;
import dev.weir.state.TaskObjective;
import dev.weir.state.TaskRecent;
import dev.weir.store.StoreNames;
import dev.weir.task.FoldRules;
import dev.weir.task.Objectives;
import dev.weir.task.RecentActions;
import dev.weir.task.TaskFold;
import dev.weir.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;

/**
 * State and memory are bounded by configuration, not by what agents send. Here: what one task
 * keeps, whatever its actions hold. How many tasks there are is bounded by their rate and
 * task.idle.ms.
 */
class Invariant7Test {
  /** 32 buckets, two ids, and three worst actions with ids and names at their limits. */
  private static final int MAX_CORE_BYTES = 3 << 10;

  /** 64 ids of 48 bytes, and four latest actions with ids, names and arguments at their limits. */
  private static final int MAX_RECENT_BYTES = 8 << 10;

  private static final int MAX_OBJECTIVE_BYTES = (2 << 10) + 64;

  private static final SingleObject<TaskCore> CORE = SingleObject.of(TaskCore.class);
  private static final SingleObject<TaskRecent> RECENT = SingleObject.of(TaskRecent.class);
  private static final SingleObject<TaskObjective> OBJECTIVE = SingleObject.of(TaskObjective.class);

  private static final class Task {
    TaskCore core;
    TaskRecent recent = RecentActions.none();
    TaskObjective objective;
  }

  @Test
  void shouldKeepEachTasksStateSmallWhenAHundredThousandActionsAreHostile() {
    SplittableRandom random = new SplittableRandom(7);
    ActionDecoder decoder = new ActionDecoder(Limits.DEFAULT);
    TaskFold fold = new TaskFold(FoldRules.DEFAULT);
    Map<String, Task> tasks = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      Act act = hostile(random, i, i % 1000 == 0);
      Origin origin = new Origin("weir.actions", 0, i, Flume.NOON.toEpochMilli() + i);
      Action action = (Action) decoder.decode(act.json(), origin);
      double risk = random.nextDouble() * 60 - 30;

      Task task = tasks.computeIfAbsent(action.event().getTaskId(), id -> new Task());
      task.core = fold.fold(task.core, action, risk, Math.pow(10, risk)).core();
      RecentActions.add(task.recent, action, risk);
      Objectives.change(task.objective, action.event().getObjective(), i % 2 == 0)
          .ifPresent(changed -> task.objective = changed);
    }

    assertThat(tasks).hasSizeGreaterThan(10_000);
    assertThat(tasks.values()).anyMatch(task -> task.core.getActions() > 10_000);
    assertThat(most(tasks, task -> CORE.encode(task.core))).isLessThanOrEqualTo(MAX_CORE_BYTES);
    assertThat(most(tasks, task -> RECENT.encode(task.recent)))
        .isLessThanOrEqualTo(MAX_RECENT_BYTES);
    assertThat(most(tasks, task -> OBJECTIVE.encode(task.objective)))
        .isLessThanOrEqualTo(MAX_OBJECTIVE_BYTES);
  }

  @Test
  void shouldKeepTheStoresValuesSmallWhenActionsAreHostile() {
    SplittableRandom random = new SplittableRandom(7);
    try (Flume flume = Flume.open()) {
      for (int i = 0; i < 600; i++) {
        flume.send(hostile(random, i, i % 20 == 0), Flume.NOON.plusMillis(i));
      }

      assertValues(flume, StoreNames.TASK_CORE, CORE, MAX_CORE_BYTES);
      assertValues(flume, StoreNames.TASK_RECENT, RECENT, MAX_RECENT_BYTES);
      assertValues(flume, StoreNames.TASK_OBJECTIVE, OBJECTIVE, MAX_OBJECTIVE_BYTES);
      assertThat(flume.assessments()).hasSize(600);
      flume.skip(flume.topics().taskRisk(), flume.topics().escalations(), flume.topics().waiting());
      flume.skipFleet();
    }
  }

  private static int most(Map<String, Task> tasks, Function<Task, byte[]> encoded) {
    return tasks.values().stream().mapToInt(task -> encoded.apply(task).length).max().orElse(0);
  }

  private static <T extends SpecificRecord> void assertValues(
      Flume flume, String store, SingleObject<T> codec, int maxBytes) {
    int most = 0;
    try (KeyValueIterator<String, T> all = flume.<String, T>store(store).all()) {
      while (all.hasNext()) {
        most = Math.max(most, codec.encode(all.next().value).length);
      }
    }
    assertThat(most).as("largest value of %s", store).isPositive().isLessThanOrEqualTo(maxBytes);
  }

  /**
   * Half of all in one task, the others in fresh ones; every id fresh, some texts at their limits.
   */
  private static Act hostile(SplittableRandom random, int number, boolean huge) {
    String fresh = number + "-";
    Act act =
        Act.of(wide(fresh, 128))
            .task(wide(random.nextBoolean() ? "one-" : fresh, 256))
            .with("agent", "{\"id\":\"" + wide(fresh, 256) + "\"}")
            .tool(wide("tool-", 256))
            .loses(random.nextDouble() * 6)
            .at(Instant.ofEpochMilli(random.nextLong(Flume.NOON.toEpochMilli())));
    return huge
        ? act.text("objective", wide(fresh, 16 << 10))
            .with("arguments", "{\"loss\":7,\"text\":\"" + wide(fresh, 200_000) + "\"}")
        : act.text("objective", wide(fresh, 3000));
  }

  /** The text, filled up with characters of three bytes. */
  private static String wide(String text, int bytes) {
    return text + "ｗ".repeat((bytes - text.getBytes(StandardCharsets.UTF_8).length) / 3);
  }
}
