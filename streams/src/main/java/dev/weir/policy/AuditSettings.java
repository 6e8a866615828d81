/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How actions that are not escalated are audited: the policy's section {@code audit}. Of the least
 * probabilities that apply to an action the highest counts.
 *
 * @param least inclusion probability of any such action, in (0, 1]
 * @param classes the same by class, in (0, 1]
 * @param bands the same by risk, rising, at most {@link #MAX_BANDS}
 * @param screen the tier that every audited action goes to
 * @param confirm the tier that the screen's positives go to, and some of its negatives
 * @param negatives share of the screen's negatives that is confirmed, in (0, 1]
 * @param denials share of the proposals denied by reviewers that others look at again, in [0, 1]
 * @param cap at which the harm of one action is cut, in LU, above 0; what lies above is counted,
 *     not estimated
 * @param level of confidence of what is told, in (0, 1)
 * @param groups of agents, by what their ids start with
 */
public record AuditSettings(
    double least,
    Map<String, Double> classes,
    List<Band> bands,
    String screen,
    String confirm,
    double negatives,
    double denials,
    double cap,
    double level,
    Map<String, Set<String>> groups) {
  /** Most bands. */
  public static final int MAX_BANDS = 7;

  /** Share of denials that are looked at again, unless the policy says otherwise. */
  public static final double DENIALS = 0.05;

  /** The group of agents that are of none. */
  public static final String NO_GROUP = "other";

  /**
   * Least inclusion probability from a risk on.
   *
   * @param from log10 of expected loss in LU
   * @param least in (0, 1]
   */
  public record Band(double from, double least) {}

  /** Refuses what an audit could not be estimated from. */
  public AuditSettings {
    require(least > 0 && least <= 1, "least", least);
    require(negatives > 0 && negatives <= 1, "negatives", negatives);
    require(denials >= 0 && denials <= 1, "denials", denials);
    require(cap > 0 && cap < Double.POSITIVE_INFINITY, "cap", cap);
    require(level > 0 && level < 1, "level", level);
    classes.forEach((name, of) -> require(of > 0 && of <= 1, name, of));
    require(bands.size() <= MAX_BANDS, "number of bands", bands.size());
    double before = Double.NEGATIVE_INFINITY;
    for (Band band : bands) {
      require(band.from > before, "band from", band.from);
      require(band.least > 0 && band.least <= 1, "band least", band.least);
      before = band.from;
    }
    classes = Map.copyOf(classes);
    bands = List.copyOf(bands);
    groups = Map.copyOf(groups);
  }

  /** The least inclusion probability of a class in a band from 1; 0 is below all bands. */
  public double least(int band, String actionClass) {
    double ofBand = band == 0 ? least : Math.max(least, bands.get(band - 1).least);
    return Math.max(ofBand, classes.getOrDefault(actionClass, least));
  }

  /**
   * What audits cost at the least, in cost units an action that is not escalated: the screen, and
   * the negatives that are confirmed.
   */
  public double leastCost(Tier screening, Tier confirming) {
    return least * (screening.cost() + negatives * confirming.cost());
  }

  /** The group of an agent: that of the longest beginning of its id that one names. */
  public String group(String agentId) {
    String group = NO_GROUP;
    int longest = -1;
    for (Map.Entry<String, Set<String>> each : groups.entrySet()) {
      for (String start : each.getValue()) {
        if (start.length() > longest && agentId.startsWith(start)) {
          longest = start.length();
          group = each.getKey();
        }
      }
    }
    return group;
  }

  private static void require(boolean holds, String what, double value) {
    if (!holds) {
      throw new IllegalArgumentException("audit: %s %s is out of range".formatted(what, value));
    }
  }
}
