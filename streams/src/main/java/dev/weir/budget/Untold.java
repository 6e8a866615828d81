/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.state.UnderWay;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Budget less spend of this partition that the fleet's latest price does not know: what was not
 * exposed yet, and what exposures told that are still under way to a price.
 *
 * <p>Invariant: an exposure is under way until a price covers its time; at most {@link
 * #MAX_UNDER_WAY} are, of more the oldest two become one. Costs in cost units, times are broker
 * time in epoch ms. Not safe for use by several threads.
 */
final class Untold {
  static final int MAX_UNDER_WAY = 16;

  private final Deque<UnderWay> underWay = new ArrayDeque<>();
  private double unexposed;

  static Untold restored(List<UnderWay> underWay, double unexposed) {
    Untold untold = new Untold();
    untold.underWay.addAll(underWay);
    untold.unexposed = unexposed;
    return untold;
  }

  /** Accrues, or spends if {@code amount} is below 0. */
  void add(double amount) {
    unexposed += amount;
  }

  /** An exposure tells all until {@code asOfMs}. */
  void exposed(long asOfMs) {
    underWay.add(new UnderWay(asOfMs, unexposed));
    unexposed = 0;
    if (underWay.size() > MAX_UNDER_WAY) {
      UnderWay oldest = underWay.remove();
      UnderWay next = underWay.remove();
      underWay.addFirst(new UnderWay(next.getAsOfMs(), oldest.getNet() + next.getNet()));
    }
  }

  /** A price has come that covers exposures until {@code asOfMs}. */
  void priced(long asOfMs) {
    while (!underWay.isEmpty() && underWay.element().getAsOfMs() <= asOfMs) {
      underWay.remove();
    }
  }

  /** Forgets all: another policy's books begin. */
  void clear() {
    underWay.clear();
    unexposed = 0;
  }

  double unexposed() {
    return unexposed;
  }

  double net() {
    double net = unexposed;
    for (UnderWay told : underWay) {
      net += told.getNet();
    }
    return net;
  }

  List<UnderWay> underWay() {
    return new ArrayList<>(underWay);
  }
}
