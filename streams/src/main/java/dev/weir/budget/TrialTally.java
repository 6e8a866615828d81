/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Contribution;
import dev.weir.event.RiskCount;
import dev.weir.event.Score;
import dev.weir.policy.Policy;
import dev.weir.score.Absence;
import dev.weir.score.Scored;
import dev.weir.state.RuleAbsence;
import dev.weir.state.RuleTally;
import dev.weir.state.SliverAction;
import dev.weir.state.TrialSide;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a trial sees of one of its two policies.
 *
 * <p>Invariant: a function of the sequence of scores; bounded by 2000 buckets, {@link #MAX_SLIVER}
 * riskiest actions and the policy's rules. Mass in LU. Not safe for use by several threads.
 */
final class TrialTally {
  static final int MAX_SLIVER = 200;

  private final int[] counts = new int[Scale.BUCKETS];
  private final List<SliverAction> sliver = new ArrayList<>();
  private final Map<String, RuleTally> rules = new TreeMap<>();
  private long mandatory;
  private long unscorable;
  private double mass;

  static TrialTally restored(TrialSide state) {
    TrialTally tally = new TrialTally();
    tally.mandatory = state.getMandatory();
    tally.unscorable = state.getUnscorable();
    tally.mass = state.getMass();
    for (RiskCount bucket : state.getHistogram()) {
      int index = Math.max(Scale.MIN, Math.min(Scale.MAX, bucket.getIndex()));
      tally.counts[index - Scale.MIN] += (int) bucket.getCount();
    }
    tally.sliver.addAll(state.getSliver());
    state.getRules().forEach(rule -> tally.rules.put(rule.getRule(), rule));
    return tally;
  }

  TrialSide state() {
    List<RiskCount> histogram = new ArrayList<>();
    for (int slot = 0; slot < counts.length; slot++) {
      if (counts[slot] != 0) {
        histogram.add(new RiskCount(slot + Scale.MIN, (long) counts[slot]));
      }
    }
    return new TrialSide(
        mandatory,
        unscorable,
        mass,
        histogram,
        new ArrayList<>(sliver),
        new ArrayList<>(rules.values()));
  }

  void add(Scored scored, Policy policy) {
    Score score = scored.score();
    int index = Scale.of(score.getRisk());
    counts[index - Scale.MIN]++;
    boolean overLine = score.getMass() > policy.lines().taskMass();
    mandatory += scored.route() || scored.catastrophic() || overLine ? 1 : 0;
    unscorable += score.getUnscorable() ? 1 : 0;
    double added = score.getMass() > 0 && score.getMass() < Double.MAX_VALUE ? score.getMass() : 0;
    mass += added;
    Set<String> counted = new HashSet<>();
    for (Contribution c : score.getContributions()) {
      if (c.getCounted() && counted.add(c.getRule())) {
        RuleTally rule = rules.computeIfAbsent(c.getRule(), name -> new RuleTally(name, 0L, 0.0));
        rule.setActions(rule.getActions() + 1);
        rule.setMass(rule.getMass() + added);
      }
    }
    keepIfRiskiest(index, score, policy);
  }

  private void keepIfRiskiest(int index, Score score, Policy policy) {
    int at = sliver.size();
    while (at > 0 && sliver.get(at - 1).getIndex() < index) {
      at--;
    }
    if (at >= MAX_SLIVER) {
      return;
    }
    List<RuleAbsence> without = new ArrayList<>();
    for (Absence absence : Absence.of(score, policy)) {
      without.add(new RuleAbsence(absence.rule(), Scale.of(absence.risk())));
    }
    sliver.add(at, new SliverAction(index, without));
    if (sliver.size() > MAX_SLIVER) {
      sliver.remove(MAX_SLIVER);
    }
  }

  long mandatory() {
    return mandatory;
  }

  /** Bucket of the action that has that rank, 1 being the riskiest; the lowest if there is none. */
  int indexAt(long rank) {
    long above = 0;
    for (int slot = counts.length - 1; slot >= 0; slot--) {
      above += counts[slot];
      if (above >= rank) {
        return slot + Scale.MIN;
      }
    }
    return Scale.MIN;
  }

  /** How many of the {@code reach} riskiest would lie below all of them without each rule. */
  Map<String, Long> behindSliver(long reach) {
    int cut = indexAt(reach);
    Map<String, Long> behind = new TreeMap<>();
    for (SliverAction action : sliver.subList(0, (int) Math.min(reach, sliver.size()))) {
      for (RuleAbsence absence : action.getWithout()) {
        if (absence.getIndex() < cut) {
          behind.merge(absence.getRule(), 1L, Long::sum);
        }
      }
    }
    return behind;
  }

  TrialReport.Side report(long actions, long reach, Ladder ladder) {
    Map<String, Long> behind = behindSliver(reach);
    List<RuleShare> shares = new ArrayList<>();
    for (RuleTally rule : rules.values()) {
      long count = behind.getOrDefault(rule.getRule(), 0L);
      shares.add(
          new RuleShare(
              rule.getRule(),
              rule.getActions(),
              mass > 0 ? rule.getMass() / mass : 0,
              count,
              reach > 0 ? (double) count / reach : 0));
    }
    shares.sort(
        Comparator.comparingLong(RuleShare::sliver)
            .thenComparingDouble(RuleShare::massShare)
            .reversed());
    double each = actions > 0 ? 1.0 / actions : 0;
    return new TrialReport.Side(
        mandatory * each,
        unscorable * each,
        mass,
        ladder.price(indexAt(reach)),
        List.copyOf(shares));
  }
}
