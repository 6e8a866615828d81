/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.AgentProfile;
import dev.weir.event.AuditReport;
import dev.weir.event.Concentration;
import dev.weir.event.Confirmed;
import dev.weir.event.Exposure;
import dev.weir.event.Price;
import dev.weir.state.FleetEntry;
import dev.weir.state.TierDemand;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Merges the partitions' exposures into the fleet's price and concentration.
 *
 * <p>Invariant: what it holds is the sum of the stored entries, one a partition, for its latest
 * policy by broker time; an exposure takes its partition's old part out and puts the new one in, so
 * its work does not grow with the fleet. The exposure with a partition's highest sequence counts,
 * so a repeat, a gap or a reordering is harmless. Prices rise in sequence. Costs in cost units,
 * mass in LU. Not safe for use by several threads.
 */
public final class FleetPricer {
  private final Map<ByteBuffer, FleetBooks> fleets = new HashMap<>();
  private final Map<Integer, AgentProfile> profiles = new HashMap<>();
  private final RiskHistogram agents = RiskHistogram.fine();
  private final FleetAudits audits = new FleetAudits();
  private final int partitions;
  private long sequence;

  private FleetPricer(int partitions) {
    this.partitions = partitions;
  }

  /**
   * A pricer of what is stored.
   *
   * @param partitions that share the budget; fixed for life
   */
  public static FleetPricer restored(Iterable<FleetEntry> entries, int partitions) {
    FleetPricer pricer = new FleetPricer(partitions);
    for (FleetEntry entry : entries) {
      FleetBooks fleet = pricer.fleet(entry.getLast().getPolicyDigest());
      fleet.add(entry.getLast());
      fleet.remember(entry);
      pricer.sequence = Math.max(pricer.sequence, entry.getPriceSequence());
    }
    return pricer;
  }

  /** The key under which an exposure's entry is stored. */
  public static String key(Exposure exposure) {
    return Integer.toString(exposure.getPartition());
  }

  /**
   * Takes in how the mass of one partition's agents is spread; concentrations tell of it from the
   * next on.
   *
   * @return false if it is old
   */
  public boolean tell(AgentProfile profile) {
    AgentProfile last = profiles.get(profile.getPartition());
    if (last != null && last.getSequence() >= profile.getSequence()) {
      return false;
    }
    if (last != null) {
      agents.merge(last.getAgents(), -1);
    }
    agents.merge(profile.getAgents(), 1);
    profiles.put(profile.getPartition(), profile);
    return true;
  }

  /**
   * Takes in what one partition's reviews and audits found; concentrations tell of it from the next
   * on.
   *
   * @return false if it is old
   */
  public boolean tell(AuditReport report) {
    return audits.tell(report);
  }

  /** What is confirmed of a policy so far; null before any answer. */
  public @Nullable Confirmed confirmed(ByteBuffer policyDigest) {
    return audits.confirmed(policyDigest);
  }

  /**
   * Folds one exposure.
   *
   * @param exposure the partition's report
   * @param held the partition's stored entry, of whatever policy, or null
   * @param terms of the exposure's policy
   * @return the entry to store, the price, and with a profile the concentration; empty if the
   *     exposure is old
   */
  public Optional<Quote> quote(Exposure exposure, @Nullable FleetEntry held, Terms terms) {
    if (held != null && !newer(exposure, held.getLast())) {
      return Optional.empty();
    }
    FleetBooks fleet = fleet(exposure.getPolicyDigest());
    Exposure last = held == null ? null : held.getLast();
    boolean same = last != null && last.getPolicyDigest().equals(exposure.getPolicyDigest());
    double moved = last == null || same ? 0 : leave(last);
    sequence++;
    FleetBooks.Step step = new FleetBooks.Step(sequence, terms);
    boolean profiled = exposure.getProfile() != null;
    List<TierDemand> demand = fleet.lease(same ? last : null, exposure, terms, partitions);
    Price price = fleet.replace(same ? last : null, exposure, moved, step);
    if (last != null && same && !profiled) {
      exposure.setProfile(last.getProfile());
    }
    return Optional.of(
        new Quote(
            new FleetEntry(exposure, fleet.credit(), sequence, demand, fleet.leases()),
            price,
            profiled ? concentration(fleet, exposure, step) : null));
  }

  private Concentration concentration(FleetBooks fleet, Exposure exposure, FleetBooks.Step step) {
    ByteBuffer digest = exposure.getPolicyDigest();
    Concentration concentration = fleet.concentration(digest, step, audits.confirmed(digest));
    concentration.setAgents(agents.count() > 0 ? Concentrations.of(agents) : null);
    return concentration;
  }

  /** Takes a partition's part out of its former policy's fleet, with its part of the credit. */
  private double leave(Exposure last) {
    FleetBooks former = fleet(last.getPolicyDigest());
    double moved = former.leave(last);
    if (former.isEmpty()) {
      fleets.remove(last.getPolicyDigest());
    }
    return moved;
  }

  private FleetBooks fleet(ByteBuffer digest) {
    return fleets.computeIfAbsent(digest, any -> new FleetBooks());
  }

  private static boolean newer(Exposure exposure, Exposure last) {
    return exposure.getPolicyDigest().equals(last.getPolicyDigest())
        ? exposure.getSequence() > last.getSequence()
        : !exposure.getAsOf().isBefore(last.getAsOf());
  }
}
