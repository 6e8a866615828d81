/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import dev.weir.evaluate.Cases.Truth;
import dev.weir.evaluate.Quality.Estimate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How well scores tell harmful cases from harmless ones, of one unit: actions, or tasks. Beside the
 * scores stand three baselines that know nothing of risk.
 *
 * @param labelled cases whose truth is known
 * @param harmful of those
 * @param scores by the part of the score that ranks
 * @param baselines by name
 */
public record Judgement(
    long labelled,
    long harmful,
    Map<String, Map<Figure, Estimate>> scores,
    Map<String, Map<Figure, Double>> baselines) {
  /** Harmful share of the tool in other scenarios. */
  public static final String TOOL_NAME = "tool_name";

  /** How long the task is: of an action, its place in the task. */
  public static final String RUN_LENGTH = "run_length";

  /** Phrases of injected instructions in what the task read before. */
  public static final String INJECTED_TEXT = "injected_text";

  private static final long SEED = 1;

  /** Judges actions by action-level truth; pairs within a stratum share the tool. */
  static Judgement ofActions(List<Row> rows) {
    ToolRates rates = ToolRates.ofActions(rows);
    Map<String, ToDoubleFunction<Row>> scores = new LinkedHashMap<>();
    for (Ranked ranked : Ranked.values()) {
      scores.put(ranked.toString(), ranked::of);
    }
    Map<String, ToDoubleFunction<Row>> baselines = new LinkedHashMap<>();
    baselines.put(TOOL_NAME, row -> rates.without(row.label().scenario(), row.tool()));
    baselines.put(RUN_LENGTH, Row::position);
    baselines.put(INJECTED_TEXT, Row::cues);
    Judgement judgement = judge(score -> casesOfActions(rows, score), scores, baselines);
    // By definition: leaving scenarios out ranks equal tools by what was left out.
    Map<Figure, Double> byName = judgement.baselines.getOrDefault(TOOL_NAME, new HashMap<>());
    byName.computeIfPresent(Figure.AUROC_WITHIN, (figure, value) -> 0.5);
    return judgement;
  }

  /** Judges tasks by run-level truth; pairs within a stratum are of like length. */
  static Judgement ofRuns(List<Run> runs) {
    ToolRates rates = ToolRates.ofRuns(runs);
    Map<String, ToDoubleFunction<Run>> scores = new LinkedHashMap<>();
    for (Ranked ranked : Ranked.values()) {
      scores.put(ranked.toString(), run -> run.worst(ranked));
    }
    scores.put("mass", Run::mass);
    Map<String, ToDoubleFunction<Run>> baselines = new LinkedHashMap<>();
    baselines.put(TOOL_NAME, run -> run.largest(row -> rates.without(run.scenario(), row.tool())));
    baselines.put(RUN_LENGTH, Run::length);
    baselines.put(INJECTED_TEXT, run -> run.largest(Row::cues));
    return judge(score -> casesOfRuns(runs, score), scores, baselines);
  }

  private static Cases casesOfActions(List<Row> rows, ToDoubleFunction<Row> score) {
    return new Cases(
        rows.stream()
            .map(
                row ->
                    new Cases.Case(
                        score.applyAsDouble(row),
                        Truth.of(row.label().harmful()),
                        row.tool(),
                        row.label().scenario()))
            .toList());
  }

  private static Cases casesOfRuns(List<Run> runs, ToDoubleFunction<Run> score) {
    Lengths lengths = new Lengths(runs.stream().map(Run::length).toList());
    return new Cases(
        runs.stream()
            .map(
                run ->
                    new Cases.Case(
                        score.applyAsDouble(run),
                        run.truth(),
                        lengths.bin(run.length()),
                        run.scenario()))
            .toList());
  }

  /** Whether there is anything to tell apart. */
  public boolean tells() {
    return harmful > 0 && harmful < labelled;
  }

  private static <T> Judgement judge(
      Function<ToDoubleFunction<T>, Cases> cases,
      Map<String, ToDoubleFunction<T>> scores,
      Map<String, ToDoubleFunction<T>> baselines) {
    Map<String, Map<Figure, Estimate>> estimates = new LinkedHashMap<>();
    scores.forEach((name, score) -> estimates.put(name, Quality.of(cases.apply(score), SEED)));
    Map<String, Map<Figure, Double>> points = new LinkedHashMap<>();
    baselines.forEach((name, score) -> points.put(name, Quality.point(cases.apply(score))));
    Cases any = cases.apply(one -> 0);
    long harmful = any.count(Truth.HARMFUL);
    return new Judgement(harmful + any.count(Truth.HARMLESS), harmful, estimates, points);
  }
}
