/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import static dev.weir.task.TaskActions.NOW_MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.state.Bucket;
import dev.weir.state.Remembered;
import dev.weir.state.TaskCore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any sequence of actions, in any order of time. */
class TaskFoldPropertiesTest {
  private static final FoldRules RULES = FoldRules.DEFAULT;

  /** One action: when it happened and was appended, in ms from a common start; log10 LU. */
  record Step(long occurredMs, long receivedMs, double risk) {
    double mass() {
      return Math.pow(10, risk);
    }

    long believedMs() {
      long appendedMs = NOW_MS + receivedMs;
      long notAheadMs = Math.min(NOW_MS + occurredMs, appendedMs + RULES.aheadMs());
      return Math.max(appendedMs - RULES.latenessMs(), notAheadMs);
    }
  }

  @Property
  void shouldNeverTurnTheClockBackWhateverTheOrder(@ForAll("steps") List<Step> steps) {
    TaskFold fold = new TaskFold(RULES);
    TaskCore core = null;
    long clockMs = Long.MIN_VALUE;
    for (Step step : steps) {
      Folded folded = fold(fold, core, step);
      core = folded.core();
      assertThat(core.getLastSeenMs())
          .isEqualTo(Math.max(clockMs, step.believedMs()))
          .isEqualTo(folded.timing().taskTimeMs());
      clockMs = core.getLastSeenMs();
    }
  }

  @Property
  void shouldDecaySinceTheClockStoodAtEachActionWhateverTheOrder(
      @ForAll("steps") List<Step> steps) {
    TaskCore core = folded(steps);

    long endMs = steps.stream().mapToLong(Step::believedMs).max().orElseThrow();
    long clockMs = Long.MIN_VALUE;
    double expected = 0;
    for (Step step : steps) {
      clockMs = Math.max(clockMs, step.believedMs());
      expected += step.mass() * Math.pow(2, (clockMs - endMs) / (double) 21_600_000);
    }
    assertThat(core.getDecayedMass()).isCloseTo(expected, within(1e-9 * expected));
    assertThat(core.getDecayedMass()).isLessThanOrEqualTo(core.getMass() * (1 + 1e-12));
  }

  @Property
  void shouldCountAsNaiveHistogramDoesWhateverTheRisks(@ForAll("steps") List<Step> steps) {
    TaskCore core = folded(steps);

    Map<Integer, List<Step>> naive =
        steps.stream()
            .collect(
                Collectors.groupingBy(
                    s -> Math.max(-16, Math.min(15, (int) Math.floor(s.risk()))),
                    TreeMap::new,
                    Collectors.toList()));
    assertThat(core.getHistogram())
        .hasSizeLessThanOrEqualTo(TaskFold.MAX_BUCKETS)
        .extracting(Bucket::getIndex)
        .containsExactlyElementsOf(naive.keySet());
    for (Bucket bucket : core.getHistogram()) {
      List<Step> in = naive.get(bucket.getIndex());
      double mass = in.stream().mapToDouble(Step::mass).sum();
      assertThat(bucket.getCount()).isEqualTo(in.size());
      assertThat(bucket.getMass()).isCloseTo(mass, within(1e-9 * mass));
    }
  }

  @Property
  void shouldKeepTheWorstAsSortingDoesWhateverTheRisks(@ForAll("steps") List<Step> steps) {
    TaskCore core = folded(steps);

    List<Double> naive =
        steps.stream()
            .map(Step::risk)
            .sorted(Comparator.reverseOrder())
            .limit(TaskFold.MAX_WORST)
            .toList();
    assertThat(core.getWorst()).extracting(Remembered::getRisk).isEqualTo(naive);
    assertThat(core.getMaxRisk()).isEqualTo(naive.get(0));
  }

  @Property
  void shouldSumAllMassWhateverTheOrder(@ForAll("steps") List<Step> steps) {
    TaskCore core = folded(steps);

    double mass = steps.stream().mapToDouble(Step::mass).sum();
    assertThat(core.getMass()).isCloseTo(mass, within(1e-9 * mass));
    assertThat(core.getActions()).isEqualTo(steps.size());
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Long> dayMs = Arbitraries.longs().between(-86_400_000L, 86_400_000L);
    Arbitrary<Double> risks = Arbitraries.doubles().between(-20, 20);
    return Combinators.combine(dayMs, dayMs, risks).as(Step::new).list().ofMinSize(1).ofMaxSize(60);
  }

  private static TaskCore folded(List<Step> steps) {
    TaskFold fold = new TaskFold(RULES);
    TaskCore core = null;
    for (Step step : steps) {
      core = fold(fold, core, step).core();
    }
    return core;
  }

  private static Folded fold(TaskFold fold, TaskCore core, Step step) {
    return fold.fold(
        core,
        TaskActions.at(NOW_MS + step.occurredMs(), NOW_MS + step.receivedMs()),
        step.risk(),
        step.mass());
  }
}
