/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.evaluate.Evaluation;
import dev.weir.evaluate.Figure;
import dev.weir.evaluate.Graded;
import dev.weir.evaluate.Judgement;
import dev.weir.evaluate.Quality.Estimate;
import dev.weir.evaluate.Ranked;
import dev.weir.policy.Policy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows evaluations as plain tables. */
final class EvaluateReport {
  private static final List<Figure> SHOWN = List.of(Figure.values());

  private EvaluateReport() {}

  /** One file and what was found. */
  record Entry(String file, Ranked by, Evaluation evaluation) {}

  static String text(Policy policy, List<Entry> entries) {
    StringBuilder text = new StringBuilder();
    line(text, "policy %s %s, sha-256 %.16s", policy.id(), policy.version(), policy.digestHex());
    entries.forEach(entry -> file(text, entry));
    line(text, "");
    line(text, "AUROC = 1: every harmful one above every harmless one; 0.5: as good as chance.");
    line(text, "within: pairs of the same tool only; of tasks, pairs of like length only.");
    line(text, "fpr: recall at that share of false alarms; top: recall in that share of all.");
    return text.toString().stripTrailing();
  }

  private static void file(StringBuilder text, Entry entry) {
    Graded graded = entry.evaluation().graded();
    line(text, "");
    line(
        text,
        "%s: %,d actions in %,d tasks, %,d lines refused, %,d duplicates, %,d unscorable, %.1f µs"
            + " an action",
        entry.file(),
        graded.rows().size(),
        entry.evaluation().runs(),
        graded.refused(),
        graded.duplicates(),
        graded.unscorable(),
        graded.microsPerAction());
    judgement(text, "actions", entry.evaluation().actions());
    judgement(text, "tasks", entry.evaluation().tasks());
  }

  private static void judgement(StringBuilder text, String unit, Judgement judgement) {
    if (!judgement.tells()) {
      line(
          text,
          "  %s: %,d labelled, %,d harmful: nothing to tell apart",
          unit,
          judgement.labelled(),
          judgement.harmful());
      return;
    }
    line(text, "  %,d labelled %s, %,d harmful", judgement.labelled(), unit, judgement.harmful());
    StringBuilder head = new StringBuilder("    %-14s".formatted("ranked by"));
    SHOWN.forEach(figure -> head.append(" %16s".formatted(name(figure))));
    line(text, "%s", head);
    judgement.scores().forEach((name, figures) -> estimates(text, name, figures));
    judgement.baselines().forEach((name, figures) -> points(text, name, figures));
  }

  private static void estimates(StringBuilder text, String name, Map<Figure, Estimate> figures) {
    StringBuilder row = new StringBuilder("    %-14s".formatted(name));
    for (Figure figure : SHOWN) {
      row.append(" %16s".formatted(shown(figures.get(figure))));
    }
    line(text, "%s", row);
  }

  private static void points(StringBuilder text, String name, Map<Figure, Double> figures) {
    StringBuilder row = new StringBuilder("    (%-13s".formatted(name + ")"));
    for (Figure figure : SHOWN) {
      Double value = figures.get(figure);
      row.append(" %-16s".formatted(value == null ? "-" : "  " + number(value)));
    }
    line(text, "%s", row);
  }

  private static String shown(@Nullable Estimate estimate) {
    return estimate == null
        ? "-"
        : number(estimate.value()) + " " + number(estimate.low()) + "-" + number(estimate.high());
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.startsWith("0.") ? text.substring(1) : text;
  }

  private static String name(Figure figure) {
    return switch (figure.kind()) {
      case AREA -> figure == Figure.AUROC ? "AUROC" : "within";
      case PRECISION -> "precision";
      case AT_FPR -> "fpr " + percent(figure.level());
      case AT_BUDGET -> "top " + percent(figure.level());
    };
  }

  private static String percent(double level) {
    return "%s %%"
        .formatted(level * 100 == Math.rint(level * 100) ? (int) (level * 100) : level * 100);
  }

  private static void line(StringBuilder text, String format, Object... parts) {
    text.append(String.format(Locale.ROOT, format, parts)).append('\n');
  }
}
