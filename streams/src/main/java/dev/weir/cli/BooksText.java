/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.budget.TailIndices;
import dev.weir.budget.Viabilities;
import dev.weir.event.Distribution;
import dev.weir.event.LeadingAction;
import dev.weir.event.ReasonSpend;
import dev.weir.event.TailIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The books in words: how concentrated risk is, and what reviews cost and held. */
final class BooksText {
  private BooksText() {}

  /** How risk is spread, a line each over actions, tasks and agents, and what that is worth. */
  static List<String> spread(Spread spread) {
    List<String> lines = new ArrayList<>();
    lines.add("             how many    Gini   top 0.1 %   top 1 %   tail index");
    lines.add(row("actions", spread.actions()));
    if (spread.tasks() != null) {
      lines.add(row("tasks", spread.tasks()));
    }
    if (spread.agents() != null) {
      lines.add(row("agents", spread.agents()));
    }
    TailIndex tail = spread.actions().getTail();
    String warning = tail == null ? "" : TailIndices.warning(tail.getMeaning());
    if (!warning.isEmpty()) {
      lines.add("of actions: " + warning);
    }
    return lines;
  }

  /** What the mass comes from. */
  static String sources(Spread spread) {
    if (spread.topRule() == null || spread.worst().isEmpty()) {
      return "";
    }
    LeadingAction worst = spread.worst().get(0);
    return format(
        "one rule, %s, is behind %s; ten actions hold %s, the worst %s (risk %.2f)",
        Words.cut(spread.topRule().getRule(), 40),
        Screen.percent(spread.topRule().getShare()),
        Screen.percent(spread.topTenShare()),
        Words.cut(worst.getTool(), 40),
        worst.getRisk());
  }

  /** Whether selective review is enough. */
  static String viability(Spread spread) {
    return format(
        "do reviews see %s of the harm, as the policy wants? %s",
        Screen.percent(spread.viability().getCaptured()), Viabilities.words(spread.viability()));
  }

  /** What was spent, in cost units. */
  static String costs(Results results) {
    String reasons =
        results.reasons().stream()
            .map(BooksText::reason)
            .collect(Collectors.joining(", ", " (", ")"));
    return format(
        "actions %,.0f, scoring %,.0f, reviews %,.0f%s cost units",
        results.costs().base(),
        results.costs().scoring(),
        results.costs().review(),
        results.reasons().isEmpty() ? "" : reasons);
  }

  private static String reason(ReasonSpend spend) {
    return format("%s %,.0f", Words.lower(spend.getReason()), spend.getCost());
  }

  /** What was lost and saved, in LU. */
  static String losses(Results results) {
    return format(
        "reviewed %,.0f LU; prevented %,.0f, missed %,.0f, net of costs %,.0f as asserted; confirmed: nothing yet",
        results.mass().captured(),
        results.asserted().getPrevented(),
        results.asserted().getMissed(),
        results.asserted().getNet());
  }

  private static String row(String of, Distribution spread) {
    return format(
        "%-8s %,12d %7.3f %11s %9s   %s",
        of,
        spread.getCount(),
        spread.getGini(),
        top(spread, 1000, spread.getTop01Percent()),
        top(spread, 100, spread.getTop1Percent()),
        tail(spread.getTail()));
  }

  /** A top that is less than one of them says nothing. */
  private static String top(Distribution spread, long least, double share) {
    return spread.getCount() < least ? "-" : Screen.percent(share);
  }

  private static String tail(@Nullable TailIndex tail) {
    return tail == null
        ? "not told"
        : format("%.2f ± %.2f", tail.getIndex(), tail.getStandardError());
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
