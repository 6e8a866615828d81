/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Price;
import dev.weir.event.TierLease;
import dev.weir.policy.Tier;
import dev.weir.state.TierRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One partition's part of the tiers' capacity: for each limited tier a bucket that fills at the
 * partition's lease, or at its equal share where no lease is known, in broker time, and that each
 * review empties by one. The emptier a bucket, the more risk must exceed where the tier begins, up
 * to {@link #RESERVE_DECADES}: who comes first does not take all. Mandatory reviews take more than
 * there is, up to an hour's worth, and what is priced then waits for it.
 *
 * <p>Invariant: a function of the sequence of calls; priced reviews of a tier in any stretch of
 * time are at most what its rate brings in it, plus the bucket, one review and {@link #BURST_HOURS}
 * of the highest rate. Rates are reviews an hour, times epoch ms. Not safe for use by several
 * threads.
 */
final class Rooms {
  /** Hours of its rate that a bucket holds, beside one review. */
  static final double BURST_HOURS = 0.25;

  /** Decades above a tier's beginning that risk must have for the last of its room. */
  static final double RESERVE_DECADES = 3;

  /** Part of a bucket that is kept for what is worse, more so the less is left. */
  private static final double KEPT = 0.75;

  private static final double DEBT_HOURS = 1;
  private static final double MS_AN_HOUR = 3_600_000;

  private final Seat seat;
  private final Map<String, TierRoom> rooms = new TreeMap<>();

  Rooms(Seat seat) {
    this.seat = seat;
  }

  static Rooms restored(Seat seat, List<TierRoom> state) {
    Rooms rooms = new Rooms(seat);
    state.forEach(room -> rooms.rooms.put(room.getTier(), TierRoom.newBuilder(room).build()));
    return rooms;
  }

  List<TierRoom> state() {
    List<TierRoom> state = new ArrayList<>();
    rooms.values().forEach(room -> state.add(TierRoom.newBuilder(room).build()));
    return state;
  }

  /** What is left, from another policy's: capacity is the reviewers', not the policy's. */
  void adopt(Rooms before) {
    rooms.clear();
    rooms.putAll(before.rooms);
  }

  /**
   * Whether a tier has room for one more.
   *
   * @param decades by how much risk exceeds where the tier begins; at least 0
   * @param price the latest fleet price of this policy, of whatever age, or null
   */
  boolean has(Tier tier, double decades, @Nullable Price price, long nowMs) {
    if (!tier.limited()) {
      return true;
    }
    TierRoom room = filled(tier, price, nowMs);
    double filled = room.getReviews() / most(room.getRate());
    return room.getReviews() >= 1 && decades >= RESERVE_DECADES * (1 - filled / KEPT);
  }

  /** Takes one review, whether there is room or not. */
  void take(Tier tier, @Nullable Price price, long nowMs) {
    if (tier.limited()) {
      TierRoom room = filled(tier, price, nowMs);
      double floor = -Math.max(1, DEBT_HOURS * room.getRate());
      room.setReviews(Math.max(room.getReviews() - 1, Math.min(room.getReviews(), floor)));
    }
  }

  private TierRoom filled(Tier tier, @Nullable Price price, long nowMs) {
    double rate = rate(tier, price, nowMs);
    TierRoom room = rooms.get(tier.id());
    if (room == null) {
      room = new TierRoom(tier.id(), most(rate), rate, nowMs);
      rooms.put(tier.id(), room);
      return room;
    }
    double hours = Math.max(0, nowMs - room.getLastMs()) / MS_AN_HOUR;
    // The lower of two rates, since nobody knows here when the other began.
    double came = hours * Math.min(rate, room.getRate());
    room.setReviews(Math.min(most(rate), room.getReviews() + came));
    room.setRate(rate);
    room.setLastMs(Math.max(room.getLastMs(), nowMs));
    return room;
  }

  private static double most(double rate) {
    return 1 + BURST_HOURS * rate;
  }

  private double rate(Tier tier, @Nullable Price price, long nowMs) {
    double equal = tier.capacity() / seat.partitions();
    if (price == null) {
      return equal;
    }
    for (TierLease lease : price.getLeases()) {
      if (lease.getTier().equals(tier.id())) {
        List<Double> rates = rates(lease, nowMs);
        double leased = seat.partition() < rates.size() ? rates.get(seat.partition()) : equal;
        return leased >= 0 && leased <= tier.capacity() ? leased : equal;
      }
    }
    return equal;
  }

  /** What is leased at that time; nothing before and after. */
  private static List<Double> rates(TierLease lease, long nowMs) {
    long until = lease.getUntil().toEpochMilli();
    long next = lease.getNextUntil().toEpochMilli();
    if (nowMs >= next || nowMs < until - (next - until)) {
      return List.of();
    }
    return nowMs < until ? lease.getRates() : lease.getNextRates();
  }
}
