/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.budget.RuleShare;
import dev.weir.budget.TrialReport;
import dev.weir.policy.Policy;
import dev.weir.state.TrialBreach;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A trial's report for people. */
final class TrialText {
  private static final int RULES = 10;

  /** Below so many a trial finds hardly any limit broken. */
  private static final int TELLING = 100;

  private TrialText() {}

  static String of(Policy candidate, Policy inForce, OfflineTrial.Result result, int asked) {
    TrialReport report = result.report();
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%,d recent actions of %,d asked for; shares of rules and price are of the riskiest %,d",
        report.actions(),
        asked,
        report.sliver());
    line(text, "%-34s %14s %14s", "", "in force", "candidate");
    line(text, "%-34s %14s %14s", "policy", name(inForce), name(candidate));
    Sides sides = new Sides(report.inForce(), report.candidate());
    line(
        text,
        "%-34s %14.6f %14.6f",
        "mandatory rate",
        sides.a.mandatoryRate(),
        sides.b.mandatoryRate());
    line(
        text,
        "%-34s %14.6f %14.6f",
        "unscorable rate",
        sides.a.unscorableRate(),
        sides.b.unscorableRate());
    line(text, "%-34s %14.4g %14.4g", "price, LU per cost unit", sides.a.price(), sides.b.price());
    line(text, "%-34s %14.4g %14.4g", "mass, LU", sides.a.mass(), sides.b.mass());
    line(
        text,
        "at the budget: reviewed by both %,d, by the policy in force alone %,d, by the candidate alone %,d",
        result.both(),
        result.onlyInForce(),
        result.onlyCandidate());
    text.append('\n');
    line(
        text,
        "%-34s %14s %14s %14s",
        "rule: share of reviews it is behind",
        "in force",
        "candidate",
        "of the mass");
    Map<String, RuleShare> before = byRule(report.inForce().rules());
    for (RuleShare rule : report.candidate().rules().stream().limit(RULES).toList()) {
      RuleShare held = before.get(rule.rule());
      line(
          text,
          "%-34s %14.3f %14.3f %14.3f",
          Words.printable(rule.rule()),
          held == null ? 0 : held.sliverShare(),
          rule.sliverShare(),
          rule.massShare());
    }
    text.append('\n');
    for (TrialBreach breach : report.breaches()) {
      line(text, "LIMIT BROKEN: %s", report.told(breach));
    }
    line(text, "%s", verdict(report, asked));
    return text.toString();
  }

  private static String verdict(TrialReport report, int asked) {
    if (!report.passed()) {
      return "not within its limits: it would take the reviews from everything else";
    }
    if (report.actions() >= asked) {
      return "within its limits";
    }
    return report.actions() < TELLING
        ? "too few actions to find a broken limit; each partition decides. --trial LOG tries it on a log."
        : "within its limits, on fewer actions than asked for; each partition decides";
  }

  private record Sides(TrialReport.Side a, TrialReport.Side b) {}

  private static String name(Policy policy) {
    return Words.cut(policy.id() + " " + policy.version(), 14);
  }

  private static Map<String, RuleShare> byRule(List<RuleShare> rules) {
    Map<String, RuleShare> byRule = new TreeMap<>();
    rules.forEach(rule -> byRule.put(rule.rule(), rule));
    return byRule;
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
