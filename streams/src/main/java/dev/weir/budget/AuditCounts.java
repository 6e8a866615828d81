/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.budget.WeightedRate.Inclusions;
import dev.weir.event.AuditTally;

/**
 * Audits of one group of actions, counted by outcome: what {@link MissedRisk} is estimated from.
 *
 * <p>Invariant: of constant size; {@link #state} and {@link #restored} lose nothing. Each audit is
 * counted once at each of drawn, screened and confirmed, whatever the order of audits. Harm is in
 * LU. Not safe for use by several threads.
 */
final class AuditCounts {
  private final String name;
  private final double cap;
  private final double floor;
  private double leastInclusion = 1;
  private long passed;
  private long reviewed;
  private long caught;
  private double caughtMass;
  private long aboveCap;
  private long secondOpinions;
  private long deniedInVain;
  private WeightedCount drawn = WeightedCount.NONE;
  private WeightedCount screened = WeightedCount.NONE;
  private WeightedCount positives = WeightedCount.NONE;
  private WeightedCount found = WeightedCount.NONE;
  private WeightedCount cleared = WeightedCount.NONE;
  private WeightedCount foundNegative = WeightedCount.NONE;
  private WeightedCount clearedNegative = WeightedCount.NONE;
  private WeightedCount foundMass = WeightedCount.NONE;
  private WeightedCount clearedMass = WeightedCount.NONE;

  /**
   * @param name of the group
   * @param cap at which the harm of one action is cut, in LU, above 0
   * @param floor below which no inclusion probability can ever lie, in (0, 1]
   */
  AuditCounts(String name, double cap, double floor) {
    this.name = name;
    this.cap = cap;
    this.floor = floor;
  }

  static AuditCounts restored(AuditTally tally, double cap, double floor) {
    AuditCounts counts = new AuditCounts(tally.getName(), cap, floor);
    counts.leastInclusion = tally.getLeastInclusion();
    counts.passed = tally.getPassed();
    counts.reviewed = tally.getReviewed();
    counts.caught = tally.getCaught();
    counts.caughtMass = tally.getCaughtMass();
    counts.aboveCap = tally.getAboveCap();
    counts.secondOpinions = tally.getSecondOpinions();
    counts.deniedInVain = tally.getDeniedInVain();
    counts.drawn = WeightedCount.of(tally.getDrawn());
    counts.screened = WeightedCount.of(tally.getScreened());
    counts.positives = WeightedCount.of(tally.getPositives());
    counts.found = WeightedCount.of(tally.getFound());
    counts.cleared = WeightedCount.of(tally.getCleared());
    counts.foundNegative = WeightedCount.of(tally.getFoundNegative());
    counts.clearedNegative = WeightedCount.of(tally.getClearedNegative());
    counts.foundMass = WeightedCount.of(tally.getFoundMass());
    counts.clearedMass = WeightedCount.of(tally.getClearedMass());
    return counts;
  }

  AuditTally state() {
    return new AuditTally(
        name,
        passed,
        leastInclusion,
        reviewed,
        caught,
        caughtMass,
        drawn.cell(),
        screened.cell(),
        positives.cell(),
        found.cell(),
        cleared.cell(),
        foundNegative.cell(),
        clearedNegative.cell(),
        foundMass.cell(),
        clearedMass.cell(),
        aboveCap,
        secondOpinions,
        deniedInVain);
  }

  /** Adds what another partition counted of the same group. */
  void add(AuditCounts other) {
    leastInclusion = Math.min(leastInclusion, other.leastInclusion);
    passed += other.passed;
    reviewed += other.reviewed;
    caught += other.caught;
    caughtMass += other.caughtMass;
    aboveCap += other.aboveCap;
    secondOpinions += other.secondOpinions;
    deniedInVain += other.deniedInVain;
    drawn = drawn.plus(other.drawn);
    screened = screened.plus(other.screened);
    positives = positives.plus(other.positives);
    found = found.plus(other.found);
    cleared = cleared.plus(other.cleared);
    foundNegative = foundNegative.plus(other.foundNegative);
    clearedNegative = clearedNegative.plus(other.clearedNegative);
    foundMass = foundMass.plus(other.foundMass);
    clearedMass = clearedMass.plus(other.clearedMass);
  }

  /** Answers so far: what figures move by. */
  long answers() {
    return reviewed
        + secondOpinions
        + screened.count()
        + found.count()
        + cleared.count()
        + foundNegative.count()
        + clearedNegative.count();
  }

  /** An action was not escalated, and drawn or not. */
  void passed(AuditDraw draw) {
    passed++;
    leastInclusion = Math.min(leastInclusion, draw.inclusion());
    if (draw.audited()) {
      drawn = drawn.plus(1 / draw.inclusion());
    }
  }

  /** The screen has answered. */
  void screened(AuditDraw draw, boolean positive) {
    screened = screened.plus(1 / draw.inclusion());
    if (positive) {
      positives = positives.plus(1 / draw.inclusion());
    }
  }

  /**
   * The dear tier has cleared an action.
   *
   * @param loss that the policy asserts, had the action been wrong, in LU
   */
  void cleared(AuditDraw draw, boolean positive, double loss) {
    if (positive) {
      cleared = cleared.plus(1 / draw.inclusion());
      clearedMass = plus(clearedMass, loss, draw);
    } else {
      clearedNegative = clearedNegative.plus(1 / draw.inclusionOfNegative());
    }
  }

  /** The dear tier has found an action harmful, of that harm in LU. */
  void found(AuditDraw draw, boolean positive, double harm) {
    aboveCap += harm > cap ? 1 : 0;
    if (positive) {
      found = found.plus(1 / draw.inclusion());
      foundMass = plus(foundMass, harm, draw);
    } else {
      foundNegative = foundNegative.plus(1 / draw.inclusionOfNegative());
    }
  }

  private WeightedCount plus(WeightedCount masses, double loss, AuditDraw draw) {
    double counted = capped(loss);
    return counted > 0 ? masses.plus(counted / draw.inclusion()) : masses;
  }

  /** The review of an escalated action is done. */
  void reviewed(boolean harmful, double harm) {
    reviewed++;
    if (harmful) {
      caught++;
      caughtMass += capped(harm);
    }
  }

  /** Others have looked at what reviewers had denied. */
  void lookedAtAgain(boolean harmful) {
    secondOpinions++;
    deniedInVain += harmful ? 0 : 1;
  }

  private double capped(double harm) {
    return harm > 0 ? Math.min(harm, cap) : 0;
  }

  String name() {
    return name;
  }

  double cap() {
    return cap;
  }

  Inclusions inclusions() {
    return new Inclusions(leastInclusion, Math.min(floor, leastInclusion));
  }

  long passed() {
    return passed;
  }

  long reviewed() {
    return reviewed;
  }

  long caught() {
    return caught;
  }

  double caughtMass() {
    return caughtMass;
  }

  /** Of what reviewers denied and others looked at again, what these would have let go. */
  Proportion deniedInVain() {
    return new Proportion(deniedInVain, secondOpinions);
  }

  long aboveCap() {
    return aboveCap;
  }

  WeightedCount drawn() {
    return drawn;
  }

  WeightedCount screened() {
    return screened;
  }

  WeightedCount positives() {
    return positives;
  }

  WeightedCount found() {
    return found;
  }

  WeightedCount cleared() {
    return cleared;
  }

  WeightedCount foundNegative() {
    return foundNegative;
  }

  WeightedCount clearedNegative() {
    return clearedNegative;
  }

  WeightedCount foundMass() {
    return foundMass;
  }

  WeightedCount clearedMass() {
    return clearedMass;
  }
}
