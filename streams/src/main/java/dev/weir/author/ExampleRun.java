/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.author;

import dev.weir.event.Score;
import dev.weir.policy.Example;
import dev.weir.policy.Interval;
import dev.weir.policy.Policy;
import dev.weir.score.Inspection;
import dev.weir.score.Inspector;
import dev.weir.score.PolicyScorer;
import dev.weir.score.Scorer;
import dev.weir.score.TaskView;
import dev.weir.task.FoldRules;
import dev.weir.task.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs a policy's own examples, each as the last action of a task of its own. */
public final class ExampleRun {
  private final Policy policy;
  private final Inspector inspector;
  private final Scorer scorer;

  private ExampleRun(Policy policy) {
    this.policy = policy;
    this.inspector = new Inspector(policy);
    this.scorer = new PolicyScorer(policy);
  }

  /** The results in the order of {@link Policy#examples}. */
  public static List<ExampleResult> of(Policy policy) {
    ExampleRun run = new ExampleRun(policy);
    return policy.examples().stream().map(run::run).toList();
  }

  private ExampleResult run(Example example) {
    Replay replay = new Replay(policy, scorer, FoldRules.DEFAULT);
    example.before().forEach(earlier -> replay.add(earlier.action()));
    TaskView view = replay.task(example.action().event().getTaskId()).view();
    Inspection inspection = inspector.inspect(example.action(), view);
    List<String> failures = new ArrayList<>();
    Score score = inspection.scored().score();
    range(failures, "magnitude", example.magnitude(), score.getMagnitude());
    range(failures, "risk", example.risk(), score.getRisk());
    example
        .actionClass()
        .filter(expected -> !expected.equals(score.getActionClass()))
        .ifPresent(
            expected ->
                failures.add(
                    "expected class %s, got %s"
                        .formatted(expected, named(score.getActionClass()))));
    example.fires().stream()
        .filter(id -> !inspection.fired().contains(id))
        .forEach(id -> failures.add("expected rule " + id + " to fire; " + why(inspection, id)));
    example.spares().stream()
        .filter(inspection.fired()::contains)
        .forEach(id -> failures.add("expected rule " + id + " to spare it; it fired"));
    return new ExampleResult(example, inspection, List.copyOf(failures));
  }

  private static void range(List<String> failures, String what, Interval range, double got) {
    if (!range.holds(got)) {
      failures.add(
          String.format(
              Locale.ROOT,
              "expected %s in [%s, %s], got %.2f",
              what,
              range.min(),
              range.max(),
              got));
    }
  }

  private static String named(String actionClass) {
    return actionClass.isEmpty() ? "none" : actionClass;
  }

  private static String why(Inspection inspection, String rule) {
    if (inspection.failures().containsKey(rule)) {
      return "its evaluation failed: " + inspection.failures().get(rule);
    }
    return inspection.candidates().contains(rule)
        ? "its condition is false"
        : "its tools, verbs, objects or views do not fit";
  }
}
