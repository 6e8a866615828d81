/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.event.Contribution;
import dev.weir.event.Dimension;
import dev.weir.event.Score;
import dev.weir.policy.Policy;
import dev.weir.policy.ScorerPart;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an action's risk would be without one of the rules, or learned scorers, that counted: in
 * each of its dimensions the next largest contribution counts in its place. Computed from the
 * contributions on the score, so it needs no action; of more than {@link Sum#MAX_CONTRIBUTIONS}
 * contributions some that would have moved up are not there, and the risk without the rule is then
 * taken as too low.
 *
 * @param rule the rule
 * @param risk log10 of expected loss in LU without it
 */
public record Absence(String rule, double risk) {
  private static final Set<String> NO_RULES =
      Set.of(Sum.PRIOR, Sum.ENVIRONMENT, Sum.UNSCORABLE, Sum.ERROR);

  /** One for every rule that counted in a score by {@code policy}. */
  public static List<Absence> of(Score score, Policy policy) {
    Set<String> rules = new LinkedHashSet<>();
    for (Contribution c : score.getContributions()) {
      if (c.getCounted() && !NO_RULES.contains(c.getRule())) {
        rules.add(c.getRule());
      }
    }
    List<Absence> absences = new ArrayList<>(rules.size());
    rules.forEach(rule -> absences.add(new Absence(rule, risk(score, rule, policy))));
    return absences;
  }

  /** log10 of expected loss without the rule; with all of them for a name that is none. */
  static double risk(Score score, String without, Policy policy) {
    Map<Dimension, Double> largest = new EnumMap<>(Dimension.class);
    double odds = 0;
    for (Contribution c : score.getContributions()) {
      if (adds(c.getRule(), policy)) {
        odds += c.getRule().equals(without) ? 0 : c.getValue();
      } else if (!c.getRule().equals(without)) {
        largest.merge(c.getDimension(), c.getValue(), Math::max);
      }
    }
    largest.putIfAbsent(Dimension.PRIOR, policy.prior());
    for (Dimension d : Sum.EVIDENCE) {
      odds += largest.getOrDefault(d, 0.0);
    }
    double floor = largest.getOrDefault(Dimension.OTHER, 0.0);
    return Math.max(floor, magnitude(largest)) + Sum.probability(odds);
  }

  private static boolean adds(String rule, Policy policy) {
    return rule.startsWith(Sum.SCORER)
        && policy.scorers().stream()
            .anyMatch(
                part ->
                    part.combine() == ScorerPart.Combine.ADD
                        && rule.equals(Sum.SCORER + part.scorer().id()));
  }

  private static double magnitude(Map<Dimension, Double> largest) {
    double loss = 0;
    for (Map.Entry<Dimension, Double> e : largest.entrySet()) {
      loss += Sum.isLoss(e.getKey()) ? Math.pow(10, e.getValue()) : 0;
    }
    double modifiers =
        largest.getOrDefault(Dimension.REACH, 0.0)
            + largest.getOrDefault(Dimension.IRREVERSIBILITY, 0.0)
            + largest.getOrDefault(Dimension.ENVIRONMENT, 0.0);
    return loss == 0 ? 0 : Math.max(0, Math.log10(loss) + modifiers);
  }
}
