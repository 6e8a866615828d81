/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.util.List;
import java.util.Map;

/**
 * How actions that are not escalated are audited: the policy's section {@code audit}.
 *
 * @param share of the review budget that audits may spend, in [0, 1]
 * @param least inclusion probability of any such action, in (0, 1]
 * @param leastOf the same by class where it is higher, in (0, 1]
 * @param screen the tier that every audited action goes to
 * @param confirm the tier that the screen's positives go to, and some of its negatives
 * @param negativeShare share of the screen's negatives that is confirmed, in (0, 1]
 * @param cap at which the harm of one action is cut, in LU, above 0; what lies above is counted,
 *     not estimated
 * @param bands where one band of risk ends and the next begins, log10 LU, rising, at most 7
 */
public record AuditSettings(
    double share,
    double least,
    Map<String, Double> leastOf,
    String screen,
    String confirm,
    double negativeShare,
    double cap,
    List<Double> bands) {
  /** Most edges of bands. */
  public static final int MAX_BANDS = 7;

  /** Refuses what an audit could not be estimated from. */
  public AuditSettings {
    require(share >= 0 && share <= 1, "share", share);
    require(least > 0 && least <= 1, "least", least);
    require(negativeShare > 0 && negativeShare <= 1, "negatives", negativeShare);
    require(cap > 0 && cap < Double.POSITIVE_INFINITY, "cap", cap);
    leastOf.forEach((name, of) -> require(of > 0 && of <= 1, name, of));
    require(bands.size() <= MAX_BANDS, "number of bands", bands.size());
    for (int i = 0; i < bands.size(); i++) {
      require(i == 0 ? Double.isFinite(bands.get(0)) : bands.get(i) > bands.get(i - 1), "band", i);
    }
    leastOf = Map.copyOf(leastOf);
    bands = List.copyOf(bands);
  }

  /** The least inclusion probability of that class. */
  public double leastOf(String actionClass) {
    return Math.max(least, leastOf.getOrDefault(actionClass, least));
  }

  private static void require(boolean holds, String what, double value) {
    if (!holds) {
      throw new IllegalArgumentException("audit: %s %s is out of range".formatted(what, value));
    }
  }
}
