/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/**
 * Follows the cut through a {@link RecentRisk} as actions come and the budget's reach moves, a few
 * buckets a step.
 *
 * <p>Invariant: the cut found is a function of the window, the prior and the reach alone; where the
 * cursor stood before only saves time. Not safe for use by several threads.
 */
final class Cursor {
  private final RecentRisk recent;
  private int index = Scale.MAX;
  private long above;
  private long forgotten;

  Cursor(RecentRisk recent) {
    this.recent = recent;
    this.forgotten = recent.forgotten();
  }

  /** Tells that {@code added} was just added to the window. */
  void added(int added) {
    if (added > index) {
      above++;
    }
  }

  /** Moves to the highest bucket down to which window and prior hold {@code reach} actions. */
  Cut cut(double reach, Prior prior) {
    follow();
    while (index > Scale.MIN && above + recent.countAt(index) + prior.from(index) < reach) {
      above += recent.countAt(index);
      index--;
    }
    while (index < Scale.MAX && above + prior.from(index + 1) >= reach) {
      index++;
      above -= recent.countAt(index);
    }
    double over = above + prior.from(index + 1);
    double at = above + recent.countAt(index) + prior.from(index) - over;
    return new Cut(index, at > 0 ? Math.max(0, Math.min(1, (reach - over) / at)) : 1);
  }

  /** How many actions of the window a given cut reviews. */
  double reached(int cutIndex, double share) {
    follow();
    while (index > cutIndex) {
      above += recent.countAt(index);
      index--;
    }
    while (index < cutIndex) {
      index++;
      above -= recent.countAt(index);
    }
    return above + share * recent.countAt(index);
  }

  private void follow() {
    if (forgotten != recent.forgotten()) {
      forgotten = recent.forgotten();
      index = Scale.MAX;
      above = 0;
    }
  }
}
