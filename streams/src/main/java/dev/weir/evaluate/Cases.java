/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is judged: actions or tasks, each with a score, whether it is harmful, what it is compared
 * within, and the scenario that it shares its fate with.
 */
public final class Cases {
  /**
   * One case.
   *
   * @param score larger is worse; finite
   * @param truth whether it is harmful, or unknown
   * @param stratum it is compared with others of this stratum: its tool, its length
   * @param scenario cases of one scenario are drawn together
   */
  record Case(double score, Truth truth, String stratum, String scenario) {}

  /** What is known of a case. */
  public enum Truth {
    HARMFUL,
    HARMLESS,
    UNKNOWN;

    static Truth of(@Nullable Boolean harmful) {
      return harmful == null ? UNKNOWN : harmful ? HARMFUL : HARMLESS;
    }
  }

  private final double[] scores;
  private final Truth[] truths;
  private final int[] strata;
  private final int[] scenarios;
  private final int scenarioCount;

  Cases(List<Case> cases) {
    int n = cases.size();
    scores = new double[n];
    truths = new Truth[n];
    strata = new int[n];
    scenarios = new int[n];
    Map<String, Integer> stratumIds = new HashMap<>();
    Map<String, Integer> scenarioIds = new HashMap<>();
    for (int i = 0; i < n; i++) {
      Case one = cases.get(i);
      scores[i] = one.score();
      truths[i] = one.truth();
      strata[i] = id(stratumIds, one.stratum());
      scenarios[i] = id(scenarioIds, one.scenario());
    }
    scenarioCount = scenarioIds.size();
  }

  int size() {
    return scores.length;
  }

  int scenarioCount() {
    return scenarioCount;
  }

  double score(int at) {
    return scores[at];
  }

  Truth truth(int at) {
    return truths[at];
  }

  int stratum(int at) {
    return strata[at];
  }

  int scenario(int at) {
    return scenarios[at];
  }

  long count(Truth truth) {
    long count = 0;
    for (Truth one : truths) {
      count += one == truth ? 1 : 0;
    }
    return count;
  }

  /** Indices of the cases, ordered by {@code order}. */
  int[] ordered(Comparator<Integer> order) {
    List<Integer> indices = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      indices.add(i);
    }
    indices.sort(order);
    return indices.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int id(Map<String, Integer> ids, String name) {
    Integer known = ids.putIfAbsent(name, ids.size());
    return known == null ? ids.size() - 1 : known;
  }
}
