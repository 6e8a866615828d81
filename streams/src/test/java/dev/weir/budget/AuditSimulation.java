/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.budget.MissedRisk.Reviewers;
import dev.weir.state.AuditCell;
import dev.weir.state.AuditTally;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/** Audits of a population whose truth is known, drawn by a seed. */
final class AuditSimulation {
  /** Reviewers' true error, alike in both tiers, given the truth independent. */
  record Errors(double sensitivity, double specificity) {}

  /**
   * A stratum of actions that were not escalated.
   *
   * @param inclusion probability of an audit
   * @param rate of harm
   * @param harm of each harmful one, in LU
   */
  record Stratum(int actions, double inclusion, double rate, double harm) {}

  /**
   * What a run gave.
   *
   * @param rate of harm among the actions, as it came out
   * @param mass of harm per action
   * @param audits drawn
   */
  record Run(AuditCounts counts, Reviewers reviewers, double rate, double mass, int audits) {}

  static final double NEGATIVE_SHARE = 0.05;
  static final double CAP = 1000;
  private static final double ERROR = 0.05;

  private final List<Stratum> strata;
  private final Errors screen;
  private final Errors dear;
  private final int probes;

  AuditSimulation(List<Stratum> strata, Errors screen, Errors dear, int probes) {
    this.strata = strata;
    this.screen = screen;
    this.dear = dear;
    this.probes = probes;
  }

  Run run(SplittableRandom random) {
    AuditTally tally = new AuditCounts("", CAP, 1).state();
    double harmful = 0;
    double mass = 0;
    int audits = 0;
    double least = 1;
    for (Stratum stratum : strata) {
      int bad = binomial(random, stratum.actions(), stratum.rate());
      harmful += bad;
      least = Math.min(least, stratum.inclusion());
      mass += bad * stratum.harm();
      int badAudits = binomial(random, bad, stratum.inclusion());
      int goodAudits = binomial(random, stratum.actions() - bad, stratum.inclusion());
      audits += badAudits + goodAudits;
      tally.setPassed(tally.getPassed() + stratum.actions());
      audit(random, tally, stratum, badAudits, goodAudits);
    }
    tally.setLeastInclusion(least);
    AuditCounts counts = AuditCounts.restored(tally, CAP, least);
    return new Run(
        counts, probed(random), harmful / counts.passed(), mass / counts.passed(), audits);
  }

  private Reviewers probed(SplittableRandom random) {
    return new Reviewers(probed(random, screen), probed(random, dear), ERROR);
  }

  private ReviewerError probed(SplittableRandom random, Errors errors) {
    return ReviewerError.probed(
        new Proportion(binomial(random, probes, errors.sensitivity()), probes),
        new Proportion(binomial(random, probes, 1 - errors.specificity()), probes));
  }

  private void audit(
      SplittableRandom random, AuditTally tally, Stratum stratum, int bad, int good) {
    double weight = 1 / stratum.inclusion();
    int badPositive = binomial(random, bad, screen.sensitivity());
    int goodPositive = binomial(random, good, 1 - screen.specificity());
    int foundBad = binomial(random, badPositive, dear.sensitivity());
    int foundGood = binomial(random, goodPositive, 1 - dear.specificity());
    int badNegative = binomial(random, bad - badPositive, NEGATIVE_SHARE);
    int goodNegative = binomial(random, good - goodPositive, NEGATIVE_SHARE);
    int foundNegative =
        binomial(random, badNegative, dear.sensitivity())
            + binomial(random, goodNegative, 1 - dear.specificity());
    add(tally.getDrawn(), bad + good, weight);
    add(tally.getScreened(), bad + good, weight);
    add(tally.getPositives(), badPositive + goodPositive, weight);
    add(tally.getFound(), foundBad + foundGood, weight);
    add(tally.getCleared(), badPositive + goodPositive - foundBad - foundGood, weight);
    add(tally.getFoundNegative(), foundNegative, weight / NEGATIVE_SHARE);
    add(
        tally.getClearedNegative(),
        badNegative + goodNegative - foundNegative,
        weight / NEGATIVE_SHARE);
    add(
        tally.getClearedMass(),
        badPositive + goodPositive - foundBad - foundGood,
        weight * stratum.harm());
    add(tally.getFoundMass(), foundBad + foundGood, weight * stratum.harm());
  }

  private static void add(AuditCell cell, int more, double weight) {
    cell.setCount(cell.getCount() + more);
    cell.setSum(cell.getSum() + more * weight);
    cell.setSquares(cell.getSquares() + more * weight * weight);
  }

  static int binomial(SplittableRandom random, int trials, double share) {
    return trials == 0
        ? 0
        : BinomialDistribution.of(trials, share).inverseCumulativeProbability(random.nextDouble());
  }
}
