/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import java.util.concurrent.locks.LockSupport;

/** Keeps to a rate: {@link #await} returns when the next one is due. */
final class Pace {
  private final double intervalNs;
  private final long startNs = System.nanoTime();
  private long count;

  private Pace(double intervalNs) {
    this.intervalNs = intervalNs;
  }

  /** So many a second; 0 or less does not wait. */
  static Pace of(double perSecond) {
    return new Pace(perSecond > 0 ? 1e9 / perSecond : 0);
  }

  void await() throws InterruptedException {
    if (intervalNs == 0) {
      return;
    }
    long dueNs = startNs + (long) (count++ * intervalNs);
    for (long left = dueNs - System.nanoTime(); left > 0; left = dueNs - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
