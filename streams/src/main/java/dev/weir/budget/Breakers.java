/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.policy.Ceiling;
import dev.weir.state.CeilingState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps each thing that asks for review whatever the price to its ceiling, so that one that goes
 * wrong takes neither the reviewers nor what others ask for: a bucket each, which every action of
 * the partition fills by the ceiling's share and every review that it asks for empties by one.
 *
 * <p>Invariant: of any n actions of a partition one thing has at most share · n reviewed at once,
 * plus its share of the partition's part of a window, or what it may ask for at once in any case if
 * that is more. A function of the sequence of calls; holds a bounded number of buckets: of more the
 * half goes that asked longest ago, and would begin anew. Not safe for use by several threads.
 */
final class Breakers {
  private final double windowActions;
  private final int most;
  private final Map<String, CeilingState> asking = new TreeMap<>();
  private long actions;

  /**
   * Breakers of one partition.
   *
   * @param windowActions its part of the policy's window
   * @param most buckets that are kept
   */
  Breakers(double windowActions, int most) {
    this.windowActions = windowActions;
    this.most = most;
  }

  /** The same with what was asked before, by that many actions. */
  Breakers restored(long cameBefore, List<CeilingState> state) {
    actions = cameBefore;
    state.forEach(each -> asking.put(each.getAsks(), CeilingState.newBuilder(each).build()));
    return this;
  }

  long actions() {
    return actions;
  }

  List<CeilingState> state() {
    List<CeilingState> state = new ArrayList<>();
    asking.values().forEach(each -> state.add(CeilingState.newBuilder(each).build()));
    return state;
  }

  /** One more action has come. */
  void came() {
    actions++;
  }

  /**
   * Charges what may ask for the latest action's review.
   *
   * @param ceilings of all that asks for it
   * @return what asks, if all of it is above its ceiling; else nothing
   */
  List<String> over(List<Ceiling> ceilings) {
    boolean under = false;
    for (Ceiling ceiling : ceilings) {
      if (has(ceiling)) {
        take(ceiling);
        under = true;
      }
    }
    return under || ceilings.isEmpty() ? List.of() : ceilings.stream().map(Ceiling::asks).toList();
  }

  /** Whether one more may be reviewed at once. */
  boolean has(Ceiling ceiling) {
    return filled(ceiling).getLeft() >= 1;
  }

  /** Charges one. */
  void take(Ceiling ceiling) {
    CeilingState state = filled(ceiling);
    state.setLeft(state.getLeft() - 1);
  }

  private CeilingState filled(Ceiling ceiling) {
    double full = Math.max(ceiling.atOnce(), ceiling.share() * windowActions);
    CeilingState state = asking.get(ceiling.asks());
    if (state == null) {
      evict();
      state = new CeilingState(ceiling.asks(), full, actions);
      asking.put(ceiling.asks(), state);
    }
    double came = ceiling.share() * (actions - state.getActions());
    state.setLeft(Math.min(full, state.getLeft() + came));
    state.setActions(actions);
    return state;
  }

  private void evict() {
    if (asking.size() >= most) {
      List<CeilingState> oldest = new ArrayList<>(asking.values());
      oldest.sort(Comparator.comparing(CeilingState::getActions));
      oldest.subList(0, (oldest.size() + 1) / 2).forEach(state -> asking.remove(state.getAsks()));
    }
  }
}
