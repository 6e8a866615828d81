/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Bounded;
import dev.weir.event.Confirmed;
import dev.weir.event.Exposure;
import dev.weir.event.LedgerHour;
import dev.weir.event.LossBalance;
import dev.weir.event.TierSpend;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Books what partitions tell to hours, by differences of what they have seen and spent so far.
 *
 * <p>Invariant: what is booked under a policy adds up to the exposures that the fleet's pricer
 * took, each difference in one hour: that of the exposure's broker time, or, where that is no
 * longer kept, the oldest that is. A partition tells before its first action of an hour, so no
 * difference spans two by its clock. A difference is never below 0: books take nothing back. Holds
 * {@value #KEPT_HOURS} hours at most before the latest. Not safe for use by several threads.
 */
public final class Ledger {
  static final long HOUR_MS = 3_600_000;

  /** Hours that may still be added to. */
  static final int KEPT_HOURS = 32 * 24;

  private long latestHour;

  private Ledger(long latestHour) {
    this.latestHour = latestHour;
  }

  /** A ledger of what is stored. */
  public static Ledger restored(Iterable<LedgerHour> hours) {
    long latest = Long.MIN_VALUE;
    for (LedgerHour hour : hours) {
      latest = Math.max(latest, hour(hour.getHour()));
    }
    return new Ledger(latest);
  }

  /** The key of the hour to which an exposure is booked, also on the topic. */
  public String key(Exposure exposure) {
    return key(Instant.ofEpochMilli(kept(exposure) * HOUR_MS), exposure.getPolicyDigest());
  }

  /** The key of an hour. */
  public static String key(LedgerHour hour) {
    return key(hour.getHour(), hour.getPolicyDigest());
  }

  private static String key(Instant hour, ByteBuffer digest) {
    byte[] bytes = new byte[digest.remaining()];
    digest.duplicate().get(bytes);
    return hour + "/" + HexFormat.of().formatHex(bytes);
  }

  private long kept(Exposure exposure) {
    long hour = hour(exposure.getAsOf());
    return latestHour == Long.MIN_VALUE ? hour : Math.max(hour, latestHour - KEPT_HOURS);
  }

  /**
   * Books what a partition has seen and spent since its last exposure under the same policy.
   * Changes and returns {@code held}, or makes an hour.
   *
   * @param held what is stored under {@link #key}, or null
   * @param last the partition's exposure before, or null; of another policy counts as none
   * @param exposure the one that the pricer took
   * @param terms of its policy
   * @param confirmed what is confirmed of its policy so far; null before any answer
   * @return what to store and to tell: the hour, whole
   */
  public LedgerHour book(
      @Nullable LedgerHour held,
      @Nullable Exposure last,
      Exposure exposure,
      Terms terms,
      @Nullable Confirmed confirmed) {
    boolean follows = last != null && last.getPolicyDigest().equals(exposure.getPolicyDigest());
    Since since = new Since(follows ? last : null, exposure);
    LedgerHour hour = held == null ? empty(exposure) : held;
    hour.setActions(hour.getActions() + since.actions());
    hour.setBaseCost(hour.getBaseCost() + since.more(Exposure::getBaseCost));
    hour.setScorerCost(hour.getScorerCost() + since.more(Exposure::getScorerCost));
    hour.setReviewCost(hour.getReviewCost() + since.more(Exposure::getReviewCost));
    hour.setMass(hour.getMass() + since.more(Exposure::getMass));
    hour.setMassReviewed(hour.getMassReviewed() + since.more(Exposure::getCapturedMass));
    hour.setEscalated(hour.getEscalated() + since.escalated());
    hour.setHarmFound(hour.getHarmFound() + since.more(Exposure::getHarmFound));
    hour.setHarmPrevented(hour.getHarmPrevented() + since.more(Exposure::getHarmPrevented));
    Spending spending = new Spending(hour.getTiers(), hour.getReasons());
    since.addTo(spending);
    hour.setTiers(spending.tiers());
    hour.setReasons(spending.reasons());
    settle(hour, terms, confirmed);
    if (exposure.getAsOf().isAfter(hour.getAsOf())) {
      hour.setAsOf(exposure.getAsOf());
    }
    return hour;
  }

  private LedgerHour empty(Exposure exposure) {
    return new LedgerHour(
        Instant.ofEpochMilli(kept(exposure) * HOUR_MS),
        exposure.getPolicyDigest(),
        0L,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        List.of(),
        List.of(),
        0.0,
        0.0,
        0L,
        0.0,
        0.0,
        new LossBalance(0.0, 0.0, 0.0),
        null,
        exposure.getAsOf());
  }

  private static void settle(LedgerHour hour, Terms terms, @Nullable Confirmed confirmed) {
    double spent = hour.getReviewCost() + hour.getScorerCost();
    hour.setTax(hour.getBaseCost() > 0 ? spent / hour.getBaseCost() : 0);
    hour.setBudgetTax(terms.budget().tax());
    hour.setAsserted(asserted(hour.getMass(), hour.getTiers(), spent, terms));
    hour.setConfirmed(
        confirmed(hour, confirmed == null ? null : confirmed.getTotal().getMissedMass(), terms));
  }

  /** What reviews prevented and let go by, as reviewers found it and audits estimate it. */
  private static @Nullable LossBalance confirmed(
      LedgerHour hour, @Nullable Bounded missedEach, Terms terms) {
    if (missedEach == null) {
      return null;
    }
    double prevented = hour.getHarmPrevented();
    double passed = (double) (hour.getActions() - hour.getEscalated());
    double missed = hour.getHarmFound() - prevented + missedEach.getValue() * passed;
    double spent = hour.getReviewCost() + hour.getScorerCost();
    return new LossBalance(prevented, missed, prevented - worth(spent, terms));
  }

  private static double worth(double spent, Terms terms) {
    return terms.budget().accounting().costUnitLu() * spent;
  }

  /**
   * What reviews prevent and let go by, as the policy's scores and its tiers' assurance assert.
   *
   * @param mass of all actions, in LU
   * @param tiers what was reviewed of it
   * @param spent on reviews and scoring, in cost units
   * @param terms of the policy
   */
  public static LossBalance asserted(
      double mass, List<TierSpend> tiers, double spent, Terms terms) {
    double prevented = 0;
    for (TierSpend tier : tiers) {
      prevented += tier.getMass() * terms.assurance(tier.getTier());
    }
    return new LossBalance(
        prevented, Math.max(0, mass - prevented), prevented - worth(spent, terms));
  }

  /**
   * Moves on to the hour of what was booked.
   *
   * @return true if hours before {@link #oldestKept} may have gone since
   */
  public boolean advance(LedgerHour booked) {
    long hour = hour(booked.getHour());
    boolean later = hour > latestHour;
    latestHour = Math.max(latestHour, hour);
    return later;
  }

  /** The first hour that may still be added to. */
  public Instant oldestKept() {
    return Instant.ofEpochMilli((latestHour - KEPT_HOURS) * HOUR_MS);
  }

  private static long hour(Instant time) {
    return Math.floorDiv(time.toEpochMilli(), HOUR_MS);
  }
}
