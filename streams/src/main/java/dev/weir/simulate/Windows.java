/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.simulate;

import dev.weir.budget.Decisions;
import dev.weir.budget.Ladder;
import dev.weir.event.Concentration;
import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.policy.Tier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps account of a run, window by window of the budget's actions. */
final class Windows {
  private final SimulationSettings settings;
  private final Traffic traffic;
  private final Ladder ladder;
  private final Map<String, Double> assurances = new HashMap<>();
  private final List<WindowResult> windows = new ArrayList<>();
  private final Map<String, Integer> byTier = new HashMap<>();
  private final int length;
  private int from;
  private int count;
  private int windowReviews;
  private int mandatory;
  private int waiting;
  private int full;
  private double budgeted;
  private double spent;
  private double audited;
  private double ofLines;
  private double captured;
  private double trueCaptured;
  private double allBudgeted;
  private double allSpent;
  private double allOfLines;
  private double allMass;
  private double allCaptured;
  private double allTrueMass;
  private double allTrueCaptured;
  private int reviews;
  private int othersReviews;
  private int others;

  Windows(SimulationSettings settings, Traffic traffic, Ladder ladder) {
    this.settings = settings;
    this.traffic = traffic;
    this.ladder = ladder;
    this.length = (int) Math.min(traffic.size(), settings.budget().windowActions());
    for (Tier tier : settings.tiers()) {
      assurances.put(tier.id(), tier.assurance());
    }
  }

  void add(int i, Decision decision) {
    count++;
    others += traffic.attack[i] ? 0 : 1;
    allMass += mass(traffic.asserted[i]);
    allTrueMass += mass(traffic.actual[i]);
    waiting += Decisions.waits(decision) ? 1 : 0;
    full += decision.getFullTiers().size();
    budgeted += settings.budget().tax() * decision.getBaseCost();
    if (decision.getReason() == EscalationReason.AUDIT) {
      byTier.merge(decision.getTier(), 1, Integer::sum);
      audited += decision.getReviewCost();
    } else if (Decisions.line(decision.getReason())) {
      byTier.merge(decision.getTier(), Decisions.waits(decision) ? 0 : 1, Integer::sum);
      ofLines += decision.getReviewCost();
    } else if (decision.getReviewCost() > 0) {
      double assurance = assurances.getOrDefault(decision.getTier(), 0.0);
      windowReviews++;
      mandatory += decision.getReason() == EscalationReason.PRICED ? 0 : 1;
      byTier.merge(decision.getTier(), 1, Integer::sum);
      allCaptured += mass(traffic.asserted[i]);
      allTrueCaptured += mass(traffic.actual[i]);
      spent += decision.getReviewCost();
      captured += mass(traffic.asserted[i]) * assurance;
      trueCaptured += mass(traffic.actual[i]) * assurance;
      othersReviews += traffic.attack[i] ? 0 : 1;
    }
    if (count == length) {
      close(i + 1);
    }
  }

  private void close(int to) {
    double best = Hindsight.best(Arrays.copyOfRange(traffic.asserted, from, to), spent, ladder);
    double trueBest = Hindsight.best(Arrays.copyOfRange(traffic.actual, from, to), spent, ladder);
    windows.add(
        new WindowResult(
            count,
            windowReviews,
            mandatory,
            waiting,
            full,
            budgeted > 0 ? (spent + audited) / budgeted : 0,
            budgeted > 0 ? ofLines / budgeted : 0,
            best > 0 ? captured / best : 1,
            trueBest > 0 ? trueCaptured / trueBest : 1));
    allBudgeted += budgeted;
    allSpent += spent + audited;
    allOfLines += ofLines;
    reviews += windowReviews;
    from = to;
    count = 0;
    windowReviews = 0;
    mandatory = 0;
    waiting = 0;
    full = 0;
    budgeted = 0;
    spent = 0;
    audited = 0;
    ofLines = 0;
    captured = 0;
    trueCaptured = 0;
  }

  SimulationResult result(
      SimulationResult.Sums sums, @Nullable Concentration last, double seconds) {
    if (count > 0) {
      close(traffic.size());
    }
    return new SimulationResult(
        settings,
        List.copyOf(windows),
        allBudgeted > 0 ? allSpent / allBudgeted : 0,
        allBudgeted > 0 ? allOfLines / allBudgeted : 0,
        reviews,
        others > 0 ? (double) othersReviews / others : 0,
        new TreeMap<>(byTier),
        new SimulationResult.Mass(allMass, allCaptured, allTrueMass, allTrueCaptured),
        null,
        sums,
        last,
        seconds);
  }

  private static double mass(double risk) {
    return Double.isNaN(risk) ? 0 : Math.pow(10, risk);
  }
}
