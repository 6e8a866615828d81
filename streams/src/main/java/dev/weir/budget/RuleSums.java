/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.RuleMass;
import dev.weir.event.RulePart;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Mass by rule over all partitions, from what each tells of its largest.
 *
 * <p>Invariant: holds the rules that some partition tells, so not more than partitions times what
 * one tells. A rule's sum lacks what partitions do not tell: at most what the least that they tell
 * holds there. Not safe for use by several threads.
 */
final class RuleSums {
  private final Map<String, Sum> sums = new HashMap<>();

  private static final class Sum {
    int partitions;
    double mass;
  }

  /** Adds what a partition tells, or, by a sign of -1, takes it away. */
  void merge(List<RuleMass> told, int sign) {
    for (RuleMass rule : told) {
      Sum sum = sums.computeIfAbsent(rule.getRule(), any -> new Sum());
      sum.partitions += sign;
      sum.mass += sign * rule.getMass();
      if (sum.partitions == 0) {
        sums.remove(rule.getRule());
      }
    }
  }

  /** The rule behind most of that mass; null before any. */
  @Nullable RulePart top(double mass) {
    return sums.entrySet().stream()
        .max(
            Comparator.<Map.Entry<String, Sum>>comparingDouble(entry -> entry.getValue().mass)
                .thenComparing(Map.Entry::getKey))
        .filter(entry -> mass > 0)
        .map(entry -> new RulePart(entry.getKey(), Math.min(1, entry.getValue().mass / mass)))
        .orElse(null);
  }
}
