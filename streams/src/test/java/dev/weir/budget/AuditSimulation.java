/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.budget.MissedRisk.Reviewers;
import dev.weir.event.AuditCell;
import dev.weir.event.AuditTally;
import java.util.ArrayList;
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
   */
  record Run(AuditCounts counts, Reviewers reviewers, double rate, double mass) {}

  static final double NEGATIVE_SHARE = 0.05;
  static final double CAP = 1000;
  private static final double ERROR = 0.05;
  private static final ReviewerError NOT_PROBED =
      ReviewerError.probed(new Proportion(0, 0), new Proportion(0, 0));

  private final List<Stratum> strata;
  private final Errors screen;
  private final Errors dear;
  private final int probes;
  private double alike = 1;
  private boolean independent;

  AuditSimulation(List<Stratum> strata, Errors screen, Errors dear, int probes) {
    this.strata = strata;
    this.screen = screen;
    this.dear = dear;
    this.probes = probes;
  }

  /** The same where the estimate takes the tiers to err independently. */
  AuditSimulation independent() {
    AuditSimulation other = alike(alike);
    other.independent = true;
    return other;
  }

  /**
   * The same where what misleads the screen misleads the dear tier, too, so that it raises that
   * many times as many false alarms there, and among its probes, as elsewhere.
   */
  AuditSimulation alike(double times) {
    AuditSimulation other = new AuditSimulation(strata, screen, dear, probes);
    other.alike = times;
    return other;
  }

  Run run(SplittableRandom random) {
    return looks(random, 1).get(0);
  }

  /** As many looks at what came in so far, actions, audits and probes alike. */
  List<Run> looks(SplittableRandom random, int looks) {
    AuditTally tally = new AuditCounts("", CAP, 1).state();
    tally.setLeastInclusion(strata.stream().mapToDouble(Stratum::inclusion).min().orElseThrow());
    List<Run> runs = new ArrayList<>();
    double harmful = 0;
    double mass = 0;
    Reviewers reviewers = new Reviewers(NOT_PROBED, NOT_PROBED, independent, ERROR);
    for (int look = 0; look < looks; look++) {
      for (Stratum stratum : strata) {
        int actions = stratum.actions() / looks;
        int bad = binomial(random, actions, stratum.rate());
        harmful += bad;
        mass += bad * stratum.harm();
        audit(random, tally, stratum, bad, actions - bad);
        tally.setPassed(tally.getPassed() + actions);
      }
      reviewers =
          new Reviewers(
              probed(random, screen, reviewers.screen(), probes / looks),
              probed(random, passedOn(), reviewers.dear(), probes / looks),
              independent,
              ERROR);
      AuditCounts counts = AuditCounts.restored(tally, CAP, tally.getLeastInclusion());
      runs.add(new Run(counts, reviewers, harmful / counts.passed(), mass / counts.passed()));
    }
    return runs;
  }

  /** The dear tier's errors on what the screen found harmful. */
  private Errors passedOn() {
    return new Errors(dear.sensitivity(), 1 - alike * (1 - dear.specificity()));
  }

  private static ReviewerError probed(
      SplittableRandom random, Errors errors, ReviewerError before, int probes) {
    Proportion recognised = new Proportion(binomial(random, probes, errors.sensitivity()), probes);
    Proportion accused = new Proportion(binomial(random, probes, 1 - errors.specificity()), probes);
    return ReviewerError.probed(
        recognised.plus((Proportion) before.sensitivity()),
        accused.plus((Proportion) before.falseAlarms()));
  }

  private void audit(
      SplittableRandom random, AuditTally tally, Stratum stratum, int harmful, int harmless) {
    int bad = binomial(random, harmful, stratum.inclusion());
    int good = binomial(random, harmless, stratum.inclusion());
    double weight = 1 / stratum.inclusion();
    int badPositive = binomial(random, bad, screen.sensitivity());
    int goodPositive = binomial(random, good, 1 - screen.specificity());
    int foundBad = binomial(random, badPositive, dear.sensitivity());
    int foundGood = binomial(random, goodPositive, 1 - passedOn().specificity());
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
