/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.event.Assessment;
import dev.weir.event.RefusalReason;

/** What the stages count; every record read is counted in exactly one way. */
public interface Tally {
  /** A record was read from a source. */
  void read();

  /** It lies in another partition than its task's and was sent there. */
  void rekeyed();

  /** It was refused. */
  void refused(RefusalReason reason);

  /** It repeats one already assessed. */
  void duplicate();

  /** It was assessed; latency from broker append to now, in seconds. */
  void assessed(Assessment assessment, double latencySeconds);

  /** Scoring took that long, in seconds. */
  void scored(double seconds);

  /** A record of an internal topic could not be read. */
  void internalRefused(String topic);

  /** Live tasks of a partition. */
  void tasksLive(int partition, long tasks);
}
