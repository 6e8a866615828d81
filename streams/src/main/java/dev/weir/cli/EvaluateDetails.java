/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.evaluate.Breakdown;
import dev.weir.evaluate.Cases.Truth;
import dev.weir.evaluate.Mistake;
import dev.weir.evaluate.Resistance;
import dev.weir.evaluate.Row;
import dev.weir.evaluate.Subject;
import dev.weir.evaluate.Threshold;
import dev.weir.event.Contribution;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows where scores are good and what they miss or stop wrongly, with the reasons. */
final class EvaluateDetails {
  private static final int COLUMNS = 110;
  private static final int MAX_PARTS = 25;
  private static final int SHOWN_FALLS = 8;
  private static final String ROW = "    %-42s %7s %7s %7s  %-7s %-18s %-18s %-18s%n";

  private EvaluateDetails() {}

  /**
   * What was asked for.
   *
   * @param breakdown the parts of the log
   * @param missed so many groups of missed ones
   * @param over so many groups of wrongly stopped ones
   */
  record Asked(boolean breakdown, int missed, int over) {}

  static String text(EvaluateReport.Entry entry, Asked asked) {
    StringBuilder text = new StringBuilder();
    List<Subject> subjects = entry.evaluation().subjects();
    Threshold threshold = entry.line().threshold();
    if (asked.breakdown()) {
      breakdown(text, Breakdown.of(subjects, threshold));
    }
    if (asked.missed() > 0) {
      mistakes(text, "missed", Mistake.missed(subjects, threshold), asked.missed());
    }
    if (asked.over() > 0) {
      mistakes(text, "over-stopped", Mistake.over(subjects, threshold), asked.over());
    }
    Resistance resistance = entry.resistance();
    if (resistance != null && resistance.attacked() > 0) {
      attack(text, resistance);
    }
    return text.toString();
  }

  private static void attack(StringBuilder text, Resistance left) {
    text.append(
        String.format(
            Locale.ROOT,
            "  attacked: %,d harmful actions rewritten; recall %s before, %s after; AUROC %.3f before,"
                + " %.3f after; %.1f %% fell by more than a decade%n",
            left.attacked(),
            EvaluateReport.shown(left.before()),
            EvaluateReport.shown(left.after()),
            left.aurocBefore(),
            left.aurocAfter(),
            left.dropped() * 100));
    text.append("    by ");
    text.append(
        left.rewritings().entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .map(e -> e.getKey().toLowerCase(Locale.ROOT) + ' ' + e.getValue())
            .collect(Collectors.joining(", ")));
    text.append('\n');
    for (Resistance.Fall fall :
        left.worst().subList(0, Math.min(SHOWN_FALLS, left.worst().size()))) {
      text.append(
          String.format(
              Locale.ROOT,
              "    fell %.2f: %s, line %d, by %s%n      %s%n",
              fall.drop(),
              Words.visible(fall.row().tool(), 60),
              fall.row().line(),
              String.join(", ", fall.evasion().chain()).toLowerCase(Locale.ROOT),
              Words.visible(fall.evasion().arguments(), COLUMNS)));
    }
  }

  private static void breakdown(StringBuilder text, List<Breakdown> parts) {
    String by = "";
    int shown = 0;
    for (Breakdown part : parts) {
      if (!part.by().equals(by)) {
        by = part.by();
        shown = 0;
        text.append(
            ROW.formatted(
                "by " + by,
                "labels",
                "harmful",
                "others",
                "AUROC",
                "recall",
                "false alarms",
                "of the others"));
      }
      if (++shown > MAX_PARTS) {
        text.append(shown == MAX_PARTS + 1 ? "    and more: --json names them all\n" : "");
        continue;
      }
      text.append(
          ROW.formatted(
              Words.visible(part.name(), 42),
              part.labelled(),
              part.harmful(),
              part.unlabelled(),
              EvaluateReport.number(part.auroc()),
              EvaluateReport.shown(part.recall()),
              EvaluateReport.shown(part.falseAlarms()),
              EvaluateReport.shown(part.unlabelledFlagged())));
    }
  }

  private static void mistakes(
      StringBuilder text, String what, List<Mistake> mistakes, int groups) {
    long all = mistakes.stream().mapToLong(Mistake::count).sum();
    text.append(
        String.format(Locale.ROOT, "  %s: %,d in %,d groups%n", what, all, mistakes.size()));
    for (Mistake mistake : mistakes.subList(0, Math.min(groups, mistakes.size()))) {
      mistake(text, mistake);
    }
  }

  private static void mistake(StringBuilder text, Mistake mistake) {
    Subject worst = mistake.worst();
    Row row = worst.row();
    text.append(
        String.format(
            Locale.ROOT,
            "    %,d × %s%s, line %d: magnitude %.2f, likelihood %.2f, risk %.2f%n      %s%n",
            mistake.count(),
            Words.visible(row.tool(), 60),
            worst.truth() == Truth.UNKNOWN ? " (unlabelled)" : "",
            row.line(),
            row.score().getMagnitude(),
            row.score().getLikelihood(),
            row.score().getRisk(),
            Words.visible(row.arguments(), COLUMNS)));
    for (Contribution c : row.score().getContributions()) {
      if (c.getCounted()) {
        text.append(
            String.format(
                Locale.ROOT,
                "      %+6.2f %-16s %-28s %s%n",
                c.getValue(),
                c.getDimension().name().toLowerCase(Locale.ROOT),
                c.getRule(),
                c.getBecause()));
      }
    }
  }
}
