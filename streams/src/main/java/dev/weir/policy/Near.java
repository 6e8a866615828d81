/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds the name that somebody may have meant. Bounded: names beyond 40 characters are not tried.
 */
final class Near {
  private static final int MAX_LENGTH = 40;

  private Near() {}

  /**
   * {@code ; did you mean 'x'? known here are …}, the first part only where something is near. A
   * list is shown in its order, else sorted.
   */
  static String hint(String wrong, Collection<String> known) {
    Collection<String> shown = known instanceof List ? known : new TreeSet<>(known);
    String all = "known here are " + String.join(", ", shown);
    return "; " + nearest(wrong, known).map(n -> "did you mean '" + n + "'? ").orElse("") + all;
  }

  /** The nearest name within two edits, or a third of its length if that is less. */
  static Optional<String> nearest(String wrong, Collection<String> known) {
    if (wrong.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return known.stream()
        .filter(k -> k.length() <= MAX_LENGTH)
        .map(k -> Map.entry(k, distance(wrong, k)))
        .filter(e -> e.getValue() <= Math.min(2, Math.max(1, e.getKey().length() / 3)))
        .min(
            Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey);
  }

  /** Levenshtein's distance, with a swap of neighbours counted as one edit. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 ? j : j == 0 ? i : cheapest(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int cheapest(int[][] d, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int best =
        Math.min(d[i - 1][j] + 1, Math.min(d[i][j - 1] + 1, d[i - 1][j - 1] + (same ? 0 : 1)));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
  }
}
