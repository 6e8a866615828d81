/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Exposure;
import dev.weir.event.TierLease;
import dev.weir.event.TierSpend;
import dev.weir.policy.Tier;
import dev.weir.state.FleetEntry;
import dev.weir.state.TierDemand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shares the capacity of limited tiers out between partitions: {@link #FLOOR} of it equally, the
 * rest by what each asked of late, decayed over {@link #DEMAND_MS}. Time is parted into spans of a
 * price's ttl; in each what holds for the next one is settled, so that no two leases overlap.
 *
 * <p>Invariant: what is leased of a tier for any span is at most its capacity times this policy's
 * share of the partitions; those that are not under it keep their equal share. Rates are reviews an
 * hour. Not safe for use by several threads.
 */
final class Leasing {
  /** Share of the capacity that is shared out equally. */
  static final double FLOOR = 0.25;

  /** Mean age of the demand that counts, in ms. */
  static final double DEMAND_MS = 900_000;

  private final Map<Integer, Recent> members = new HashMap<>();
  private List<TierLease> leases = List.of();

  private record Recent(Map<String, Double> asked, long atMs) {
    double at(String tier, long nowMs) {
      double age = Math.max(0, nowMs - atMs);
      return asked.getOrDefault(tier, 0.0) * Math.exp(-age / DEMAND_MS);
    }
  }

  List<TierLease> leases() {
    return leases;
  }

  /** Takes in what is stored of a partition. */
  void remember(FleetEntry entry) {
    Map<String, Double> asked = new TreeMap<>();
    entry.getDemand().forEach(demand -> asked.put(demand.getTier(), demand.getAsked()));
    members.put(
        entry.getLast().getPartition(),
        new Recent(asked, entry.getLast().getAsOf().toEpochMilli()));
  }

  /** The leases of the entry that led to the latest price are the fleet's. */
  void remember(List<TierLease> latest) {
    leases = List.copyOf(latest);
  }

  /** Takes a partition in, with what it asked since its last exposure. */
  List<TierDemand> note(@Nullable Exposure last, Exposure exposure, Terms terms) {
    long nowMs = exposure.getAsOf().toEpochMilli();
    Recent before = members.getOrDefault(exposure.getPartition(), new Recent(Map.of(), nowMs));
    Map<String, Double> asked = new TreeMap<>();
    List<TierDemand> demand = new ArrayList<>();
    for (Tier tier : terms.ladder().tiers()) {
      if (tier.limited()) {
        long since = asked(exposure, tier) - (last == null ? 0 : asked(last, tier));
        double now = before.at(tier.id(), nowMs) + Math.max(0, since);
        asked.put(tier.id(), now);
        demand.add(new TierDemand(tier.id(), now));
      }
    }
    members.put(exposure.getPartition(), new Recent(asked, Math.max(nowMs, before.atMs())));
    return demand;
  }

  void leave(int partition) {
    members.remove(partition);
  }

  /** Settles leases as of that time, where a span has ended. */
  void settle(Terms terms, int partitions, Instant asOf) {
    long span = terms.budget().priceTtlMs();
    long until = (Math.floorDiv(asOf.toEpochMilli(), span) + 1) * span;
    List<Tier> limited = terms.ladder().tiers().stream().filter(Tier::limited).toList();
    if (limited.isEmpty() || held(limited, until)) {
      return;
    }
    List<TierLease> settled = new ArrayList<>();
    for (Tier tier : limited) {
      settled.add(
          new TierLease(
              tier.id(),
              Instant.ofEpochMilli(until),
              Instant.ofEpochMilli(until + span),
              told(tier, partitions, until),
              rates(tier, partitions, asOf.toEpochMilli())));
    }
    leases = settled;
  }

  /** Whether leases were settled for the span that ends then, or for a later one. */
  private boolean held(List<Tier> limited, long until) {
    return leases.size() == limited.size() && leases.get(0).getUntil().toEpochMilli() >= until;
  }

  /** What was told for the span that ends then; equal shares where nothing was. */
  private List<Double> told(Tier tier, int partitions, long until) {
    for (TierLease lease : leases) {
      if (lease.getTier().equals(tier.id()) && lease.getNextUntil().toEpochMilli() == until) {
        return lease.getNextRates();
      }
    }
    List<Double> equal = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      equal.add(tier.capacity() / partitions);
    }
    return equal;
  }

  private List<Double> rates(Tier tier, int partitions, long nowMs) {
    double each = tier.capacity() / partitions;
    double all = 0;
    for (Recent member : members.values()) {
      all += member.at(tier.id(), nowMs);
    }
    List<Double> rates = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      Recent member = members.get(p);
      double share = member == null || !(all > 0) ? 1 : by(member.at(tier.id(), nowMs) / all);
      rates.add(each * share);
    }
    return rates;
  }

  /** Over an equal share, for a member that asks that part of what all ask. */
  private double by(double part) {
    return FLOOR + (1 - FLOOR) * part * members.size();
  }

  private static long asked(Exposure exposure, Tier tier) {
    for (TierSpend spend : exposure.getTiers()) {
      if (spend.getTier().equals(tier.id())) {
        return spend.getAsked();
      }
    }
    return 0;
  }
}
