/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.RiskCount;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * How many of a partition's recent actions lie in each bucket of risk: a long window in panes, so
 * that the oldest pane can be forgotten, and beside it a short window of two panes that notices
 * when the traffic has changed, up or down.
 *
 * <p>Invariant: a function of the sequence of added indices alone, in whole numbers, so a restored
 * window goes on exactly as the one it was written from. The long window holds between two and
 * three panes once it is full. Not safe for use by several threads.
 *
 * <p>A change: the Kolmogorov-Smirnov distance of both short panes from the rest of the long window
 * exceeds {@link #CHANGE}, in the same direction. Then only the short window is kept.
 */
final class RecentRisk implements Risks {
  /** Actions in a pane of the short window. */
  static final int SHORT_ACTIONS = 256;

  /** Distance, in probability, beyond which the traffic has changed. */
  static final double CHANGE = 0.4;

  private static final int PANES = 3;

  private final long paneActions;
  private final int[] counts = new int[Scale.BUCKETS];
  private final Deque<int[]> panes = new ArrayDeque<>();
  private int[] before = new int[Scale.BUCKETS];
  private int[] latest = new int[Scale.BUCKETS];
  private long total;
  private long inPane;
  private int inLatest;
  private long forgotten;
  private boolean cutShort;

  /**
   * @param windowActions length of the long window in actions of this partition
   */
  RecentRisk(long windowActions) {
    this.paneActions = Math.max(SHORT_ACTIONS, windowActions / (PANES - 1));
    panes.add(new int[Scale.BUCKETS]);
  }

  /** The window that the two lists were written from. */
  static RecentRisk restored(
      long windowActions, List<List<RiskCount>> panes, List<List<RiskCount>> shortPanes) {
    RecentRisk recent = new RecentRisk(windowActions);
    recent.panes.clear();
    for (List<RiskCount> pane : panes) {
      int[] restored = dense(pane);
      recent.panes.add(restored);
      recent.total += merge(recent.counts, restored, 1);
    }
    recent.inPane = merge(new int[Scale.BUCKETS], recent.panes.getLast(), 1);
    recent.before = dense(shortPanes.get(0));
    recent.latest = dense(shortPanes.get(1));
    recent.inLatest = (int) merge(new int[Scale.BUCKETS], recent.latest, 1);
    return recent;
  }

  /** Adds one action. */
  void add(int index) {
    int slot = index - Scale.MIN;
    cutShort = false;
    if (inPane >= paneActions) {
      turnPane();
    }
    counts[slot]++;
    panes.getLast()[slot]++;
    latest[slot]++;
    total++;
    inPane++;
    inLatest++;
    if (inLatest == SHORT_ACTIONS) {
      turnShort();
    }
  }

  /** Actions in the long window. */
  long total() {
    return total;
  }

  /** Actions of the long window in that bucket. */
  @Override
  public long countAt(int index) {
    return index > Scale.MAX ? 0 : counts[index - Scale.MIN];
  }

  /** Rises whenever actions leave the long window. Not part of the state. */
  @Override
  public long forgotten() {
    return forgotten;
  }

  /** Counts of the long window. */
  List<RiskCount> window() {
    return sparse(counts);
  }

  /** Whether the last action had the window cut short, because the traffic has changed. */
  boolean cutShort() {
    return cutShort;
  }

  /** The long window's panes, oldest first. */
  List<List<RiskCount>> panes() {
    return panes.stream().map(RecentRisk::sparse).toList();
  }

  /** The short window's panes, oldest first. */
  List<List<RiskCount>> shortPanes() {
    return List.of(sparse(before), sparse(latest));
  }

  private void turnPane() {
    if (panes.size() == PANES) {
      total += merge(counts, panes.removeFirst(), -1);
      forgotten++;
    }
    panes.add(new int[Scale.BUCKETS]);
    inPane = 0;
  }

  private void turnShort() {
    if (changed()) {
      cutShort = true;
      panes.clear();
      Arrays.fill(counts, 0);
      total = merge(counts, before, 1) + merge(counts, latest, 1);
      panes.add(counts.clone());
      inPane = total;
      forgotten++;
    }
    before = latest;
    latest = new int[Scale.BUCKETS];
    inLatest = 0;
  }

  private boolean changed() {
    double rest = total - 2.0 * SHORT_ACTIONS;
    if (rest < 2 * SHORT_ACTIONS) {
      return false;
    }
    long sumBefore = 0;
    long sumLatest = 0;
    long sumRest = 0;
    for (int slot = 0; slot < Scale.BUCKETS; slot++) {
      sumBefore += before[slot];
      sumLatest += latest[slot];
      sumRest += counts[slot] - before[slot] - latest[slot];
      double expected = sumRest / rest;
      double first = sumBefore / (double) SHORT_ACTIONS - expected;
      double second = sumLatest / (double) SHORT_ACTIONS - expected;
      if ((first > CHANGE && second > CHANGE) || (first < -CHANGE && second < -CHANGE)) {
        return true;
      }
    }
    return false;
  }

  private static long merge(int[] into, int[] from, int sign) {
    long moved = 0;
    for (int slot = 0; slot < into.length; slot++) {
      into[slot] += sign * from[slot];
      moved += (long) sign * from[slot];
    }
    return moved;
  }

  private static List<RiskCount> sparse(int[] dense) {
    List<RiskCount> sparse = new ArrayList<>();
    for (int slot = 0; slot < dense.length; slot++) {
      if (dense[slot] != 0) {
        sparse.add(new RiskCount(slot + Scale.MIN, (long) dense[slot]));
      }
    }
    return sparse;
  }

  private static int[] dense(List<RiskCount> sparse) {
    int[] dense = new int[Scale.BUCKETS];
    for (RiskCount bucket : sparse) {
      int index = Math.max(Scale.MIN, Math.min(Scale.MAX, bucket.getIndex()));
      dense[index - Scale.MIN] += (int) bucket.getCount();
    }
    return dense;
  }
}
