/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.evaluate.AtThreshold;
import dev.weir.evaluate.Evaluation;
import dev.weir.evaluate.Figure;
import dev.weir.evaluate.Graded;
import dev.weir.evaluate.Judgement;
import dev.weir.evaluate.Quality.Estimate;
import dev.weir.evaluate.Ranked;
import dev.weir.evaluate.Resistance;
import dev.weir.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows evaluations as plain tables. */
final class EvaluateReport {
  private static final String NAME = "  %-30s";
  private static final String WIDE = " %-17s";
  private static final String NARROW = " %-8s";

  private final StringBuilder text = new StringBuilder();

  /**
   * One file and what was found.
   *
   * @param own the line fixed on this file
   * @param carried the line fixed on another file, or null
   * @param resistance what is left under attack, or null where nobody asked
   */
  record Entry(
      String file,
      Evaluation evaluation,
      AtThreshold own,
      @Nullable AtThreshold carried,
      @Nullable Resistance resistance) {
    /** The line that counts: the carried one if there is one. */
    AtThreshold line() {
      return carried == null ? own : carried;
    }
  }

  static String text(Policy policy, List<Entry> entries, EvaluateDetails.Asked asked) {
    EvaluateReport report = new EvaluateReport();
    report.line("policy %s %s %.16s", policy.id(), policy.version(), policy.digestHex());
    for (Entry entry : entries) {
      report.file(entry);
      report.text.append(EvaluateDetails.text(entry, asked));
    }
    report.line("");
    report.line(
        "Each figure with its interval of 95 %% over scenarios. AUROC: the share of pairs in");
    report.line(
        "which the harmful one ranks above the harmless one; within: pairs of the same tool");
    report.line(
        "only, of tasks those of like length only. The last three columns know no risk: the");
    report.line("tool's name, the task's length, suspicious phrases in what the task read before.");
    return report.text.toString().stripTrailing();
  }

  private void file(Entry entry) {
    Evaluation evaluation = entry.evaluation();
    Graded graded = evaluation.graded();
    line("");
    line(
        "%s: %,d actions of %,d tasks, %,d lines refused, %,d duplicates, %,d unscorable, %.0f µs an"
            + " action",
        entry.file(),
        graded.rows().size(),
        evaluation.runs(),
        graded.refused(),
        graded.duplicates(),
        graded.unscorable(),
        graded.microsPerAction());
    judgement("actions", evaluation.by(), evaluation.actions());
    judgement("tasks", evaluation.by(), evaluation.tasks());
    String unit = evaluation.ofTasks() ? "tasks" : "actions";
    at(unit, "fixed here", evaluation.by(), entry.own());
    AtThreshold carried = entry.carried();
    if (carried != null) {
      at(unit, "carried", evaluation.by(), carried);
    }
  }

  private void judgement(String unit, Ranked by, Judgement judgement) {
    if (!judgement.tells()) {
      line("  %s: %,d labelled, %,d harmful", unit, judgement.labelled(), judgement.harmful());
      return;
    }
    Map<String, Map<Figure, Estimate>> scores = new LinkedHashMap<>(judgement.scores());
    scores.keySet().retainAll(shown(by));
    String head = "%,d %s, %,d harmful".formatted(judgement.labelled(), unit, judgement.harmful());
    StringBuilder row = new StringBuilder(NAME.formatted(head));
    scores.keySet().forEach(name -> row.append(WIDE.formatted(name)));
    judgement
        .baselines()
        .keySet()
        .forEach(name -> row.append(NARROW.formatted(name.replaceFirst(".*_", ""))));
    line("%s", row.toString());
    for (Figure figure : Figure.values()) {
      StringBuilder figures = new StringBuilder(NAME.formatted("  " + name(figure, unit)));
      scores.values().forEach(of -> figures.append(WIDE.formatted(shown(of.get(figure)))));
      judgement
          .baselines()
          .values()
          .forEach(of -> figures.append(NARROW.formatted(number(of.get(figure)))));
      line("%s", figures.toString());
    }
  }

  private static List<String> shown(Ranked by) {
    List<String> shown = new ArrayList<>(List.of("risk", "likelihood", "mass"));
    shown.add(by.toString());
    return shown;
  }

  private void at(String unit, String whence, Ranked by, AtThreshold at) {
    double line = at.threshold().value();
    if (Double.isInfinite(line)) {
      line("  no line flags harmful ones and at most %s", percent(at.threshold().falseAlarms()));
    } else if (!Double.isNaN(at.falseAlarms().value())) {
      line(
          "  %s from %s %.3f on (%s): recall %s, false alarms %s",
          unit, by, line, whence, shown(at.recall()), shown(at.falseAlarms()));
      line(
          "    false alarms of clean tasks %s, of attacked tasks %s; of those without a label %s",
          shown(at.clean()), shown(at.attacked()), shown(at.unlabelled()));
    }
  }

  static String shown(@Nullable Estimate estimate) {
    if (estimate == null || Double.isNaN(estimate.value())) {
      return "-";
    }
    return number(estimate.value()) + " " + number(estimate.low()) + "-" + number(estimate.high());
  }

  static String number(@Nullable Double value) {
    if (value == null || Double.isNaN(value)) {
      return "-";
    }
    if (value == 0) {
      return "0";
    }
    String text = String.format(Locale.ROOT, value < 0.01 ? "%.4f" : "%.3f", value);
    return text.startsWith("0.") ? text.substring(1) : text;
  }

  private static String name(Figure figure, String unit) {
    return switch (figure.kind()) {
      case AREA ->
          figure == Figure.AUROC
              ? "AUROC"
              : unit.equals("tasks") ? "AUROC, like length" : "AUROC within tool";
      case PRECISION -> "average precision";
      case AT_FPR -> "recall, %s false".formatted(percent(figure.level()));
      case AT_BUDGET -> "recall, top %s".formatted(percent(figure.level()));
    };
  }

  private static String percent(double level) {
    return String.format(Locale.ROOT, level < 0.01 ? "%.1f %%" : "%.0f %%", level * 100);
  }

  private void line(String format, Object... parts) {
    text.append(String.format(Locale.ROOT, format, parts)).append('\n');
  }
}
