/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.policy.Ceiling;
import dev.weir.state.CeilingState;
import java.util.ArrayList;
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
 * that is more. A function of the sequence of calls; bounded by what the policy names. Not safe for
 * use by several threads.
 */
final class Breakers {
  private final double windowActions;
  private final Map<String, CeilingState> asking = new TreeMap<>();
  private long actions;

  /**
   * Breakers of one partition.
   *
   * @param windowActions its part of the policy's window
   */
  Breakers(double windowActions) {
    this.windowActions = windowActions;
  }

  static Breakers restored(double windowActions, long actions, List<CeilingState> state) {
    Breakers breakers = new Breakers(windowActions);
    breakers.actions = actions;
    state.forEach(
        each -> breakers.asking.put(each.getAsks(), CeilingState.newBuilder(each).build()));
    return breakers;
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
      CeilingState state = filled(ceiling);
      if (state.getLeft() >= 1) {
        state.setLeft(state.getLeft() - 1);
        under = true;
      }
    }
    return under || ceilings.isEmpty() ? List.of() : ceilings.stream().map(Ceiling::asks).toList();
  }

  private CeilingState filled(Ceiling ceiling) {
    double most = Math.max(ceiling.atOnce(), ceiling.share() * windowActions);
    CeilingState state =
        asking.computeIfAbsent(ceiling.asks(), asks -> new CeilingState(asks, most, actions));
    double came = ceiling.share() * (actions - state.getActions());
    state.setLeft(Math.min(most, state.getLeft() + came));
    state.setActions(actions);
    return state;
  }
}
