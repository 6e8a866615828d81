/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.policy.Shares;
import dev.weir.state.CapDebt;
import dev.weir.state.CapState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps what one agent, task, class or rule, or all that are new together, takes of priced review
 * to its share, so that a flood buys no cover and a wrong rule does not take all.
 *
 * <p>Each has an allowance of its share of a window's budget, at least one review, and earns that
 * share of what accrues, or what its own actions accrue if that is more: what it pays for itself
 * takes nothing from others. What it is reviewed for beyond becomes a debt, and a debt a surcharge:
 * decades taken off its risk before the price is applied. So the worst of it is still reviewed,
 * what it is over with falls back in the order of risk, and its spend in the long run is its share
 * (a dual variable a constraint: Balseiro, Lu and Mirrokni, ICML 2020). Newcomers are agents of
 * fewer than {@link #KNOWN_FROM} actions in this partition.
 *
 * <p>Invariant: a function of the sequence of calls; bounded by {@link #MAX_DEBTS} debts and a
 * table of {@link #AGENTS} counters. Costs in cost units. Not safe for use by several threads.
 */
final class Caps {
  /** Debts that are kept; of more the half that was charged longest ago goes. */
  static final int MAX_DEBTS = 1024;

  /** Agents whose actions are counted, at most. */
  static final int AGENTS = 4096;

  /** Actions from which on an agent is known. */
  static final int KNOWN_FROM = 8;

  private static final long ALL_NEWCOMERS = 1;
  private static final int COUNT = 0xf;
  private static final int MARK = 0xfff0;

  /** Of what review is shared out: the surcharge for a debt of one review. */
  private enum Group {
    TASK(4),
    AGENT(4),
    CLASS(0.3),
    RULE(0.3),
    NEWCOMERS(4);

    final double decades;

    Group(double decades) {
      this.decades = decades;
    }
  }

  private static final List<Group> GROUPS = List.of(Group.values());

  private final Shares shares;
  private final int partitions;
  private final Map<Long, CapDebt> debts = new HashMap<>();
  private final short[] agents = new short[AGENTS];
  private boolean newcomer;

  /**
   * @param shares of the fleet's budget
   * @param partitions that share it
   */
  Caps(Shares shares, int partitions) {
    this.shares = shares;
    this.partitions = partitions;
  }

  static Caps restored(CapState state, Shares shares, int partitions) {
    Caps caps = new Caps(shares, partitions);
    state.getDebts().forEach(debt -> caps.debts.put(debt.getKey(), debt));
    ByteBuffer known = state.getAgents().duplicate();
    for (int slot = 0; slot < AGENTS && known.remaining() >= Short.BYTES; slot++) {
      caps.agents[slot] = known.getShort();
    }
    return caps;
  }

  CapState state() {
    List<CapDebt> list = new ArrayList<>();
    debts.values().stream()
        .sorted(Comparator.comparing(CapDebt::getKey))
        .forEach(debt -> list.add(CapDebt.newBuilder(debt).build()));
    int last = AGENTS;
    while (last > 0 && agents[last - 1] == 0) {
      last--;
    }
    ByteBuffer known = ByteBuffer.allocate(last * Short.BYTES);
    for (int slot = 0; slot < last; slot++) {
      known.putShort(agents[slot]);
    }
    return new CapState(list, known.flip());
  }

  /**
   * Takes one action in and tells the surcharge on it.
   *
   * @param of what it belongs to
   * @param accrued budget that it brings, in cost units
   * @param window where the partition stands
   * @return decades, at least 0
   */
  double surcharge(Belonging of, double accrued, Window window) {
    newcomer = isNewcomer(of.agent());
    if (debts.isEmpty()) {
      return 0;
    }
    double most = 0;
    for (Group group : GROUPS) {
      CapDebt debt = debts.get(key(group, of));
      if (debt != null) {
        debt.setOwn(debt.getOwn() + accrued);
        double owed = owed(debt, group, window);
        most = Math.max(most, group.decades * owed / window.meanCost());
      }
    }
    return most;
  }

  /** Charges the last action's review to all that it belongs to. */
  void spend(Belonging of, double cost, Window window) {
    for (Group group : GROUPS) {
      long key = key(group, of);
      if (key != 0 && share(group) < 1) {
        charge(key, group, cost, window);
      }
    }
    if (debts.size() > MAX_DEBTS) {
      evict();
    }
  }

  /**
   * Where a partition stands.
   *
   * @param accrued budget so far, in cost units
   * @param budget of one window, in cost units
   * @param meanCost of a review, in cost units
   */
  record Window(double accrued, double budget, double meanCost) {}

  private long key(Group group, Belonging of) {
    return switch (group) {
      case TASK -> of.task();
      case AGENT -> of.agent();
      case CLASS -> of.actionClass();
      case RULE -> of.rule();
      case NEWCOMERS -> newcomer ? ALL_NEWCOMERS : 0;
    };
  }

  /** Share of this partition's budget. A task is in one partition: its share of the fleet's. */
  private double share(Group group) {
    return switch (group) {
      case TASK -> Math.min(1, shares.task() * partitions);
      case AGENT -> shares.agent();
      case CLASS -> shares.actionClass();
      case RULE -> shares.rule();
      case NEWCOMERS -> shares.newcomers();
    };
  }

  /**
   * Counts an agent's action in its slot, beside a part of its tag; another's takes one away, and
   * the slot once nothing is left (Boyer and Moore, "MJRTY", 1991): who acts most is known.
   */
  private boolean isNewcomer(long agent) {
    if (agent == 0) {
      return false;
    }
    int slot = (int) Math.floorMod(agent, (long) AGENTS);
    int mark = (int) (agent >>> 40) & MARK;
    int count = agents[slot] & COUNT;
    boolean same = count > 0 && (agents[slot] & MARK) == mark;
    if (same || count == 0) {
      agents[slot] = (short) (mark | Math.min(COUNT, count + 1));
    } else {
      agents[slot]--;
    }
    return !same || count < KNOWN_FROM;
  }

  private double owed(CapDebt debt, Group group, Window window) {
    double earned = Math.max(share(group) * (window.accrued() - debt.getAccrued()), debt.getOwn());
    return Math.max(-allowance(group, window), debt.getDebt() - earned);
  }

  private double allowance(Group group, Window window) {
    return Math.max(share(group) * window.budget(), window.meanCost());
  }

  private void charge(long key, Group group, double cost, Window window) {
    CapDebt debt = debts.get(key);
    double owed = debt == null ? -allowance(group, window) : owed(debt, group, window);
    debts.put(key, new CapDebt(key, owed + cost, 0.0, window.accrued()));
  }

  /** Forgets the half that was charged longest ago. */
  private void evict() {
    List<CapDebt> byDebt = new ArrayList<>(debts.values());
    byDebt.sort(Comparator.comparingDouble(CapDebt::getAccrued).thenComparing(CapDebt::getKey));
    for (CapDebt debt : byDebt.subList(0, byDebt.size() / 2)) {
      debts.remove(debt.getKey());
    }
  }
}
