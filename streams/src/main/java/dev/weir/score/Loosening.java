/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import dev.weir.score.Arguments.Leaf;
import java.util.List;
import java.util.Set;

/**
 * Whether an argument takes off a check for this action: a switch that says so by its name ({@code
 * skipReview: true}), a check by name that is off ({@code verified: false}), or a check whose value
 * is a word for that ({@code inspection: waived}).
 */
final class Loosening {
  private static final Set<String> LOOSE =
      Set.of(
          "bypass",
          "skip",
          "override",
          "ignore",
          "disable",
          "suppress",
          "waive",
          "exempt",
          "circumvent",
          "overrule",
          "unsafe",
          "unlimited",
          "without",
          "defeat",
          "inhibit");

  private static final Set<String> CHECKS =
      Set.of(
          "approval",
          "approved",
          "review",
          "reviewed",
          "verify",
          "verified",
          "verification",
          "validate",
          "validated",
          "validation",
          "check",
          "checked",
          "checks",
          "backup",
          "rollback",
          "interlock",
          "interlocks",
          "safety",
          "confirm",
          "confirmed",
          "blocking",
          "guard",
          "consent",
          "limit",
          "limits",
          "inspection",
          "inspected",
          "audit",
          "monitoring",
          "protection",
          "alarm",
          "alarms",
          "screening",
          "signoff",
          "witness",
          "supervised",
          "supervision",
          "halt",
          "oversight");

  private static final Set<String> OFF =
      Set.of(
          "off",
          "none",
          "no",
          "never",
          "disabled",
          "waived",
          "skipped",
          "skip",
          "bypassed",
          "bypass",
          "suppressed",
          "inhibited",
          "removed",
          "not_run",
          "not_done",
          "not_required",
          "overridden");
  private static final Set<String> MILD =
      Set.of(
          "header",
          "headers",
          "case",
          "whitespace",
          "cache",
          "empty",
          "duplicates",
          "missing",
          "blank",
          "notification",
          "notifications",
          "reminder",
          "tests",
          "intro",
          "errors",
          "hidden");

  private static final int MAX_WORD = 16;

  private Loosening() {}

  /** Whether this argument takes off a check. */
  static boolean is(Leaf leaf) {
    Object value = leaf.value();
    if (value instanceof Boolean b) {
      return leaf.isNamed(b ? LOOSE : CHECKS) && !(b && isMild(leaf.words()));
    }
    String text = leaf.text();
    return !text.isEmpty()
        && text.length() <= MAX_WORD
        && leaf.isNamed(CHECKS)
        && OFF.contains(LowerCase.of(text));
  }

  /** What is passed over is no check: {@code skip_header}, {@code ignore_case}. */
  private static boolean isMild(List<String> words) {
    return Words.any(words, MILD);
  }
}
