/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.AgentProfile;
import dev.weir.task.AgentFold;
import java.time.Instant;
import java.util.List;

/**
 * How mass is spread over the agents whose records one partition keeps, to be told to the fleet.
 *
 * <p>Invariant: one count for each agent that is kept. Mass in LU. Not safe for use by several
 * threads.
 */
public final class AgentSpread {
  /** Changes after which the fleet is told in any case. */
  private static final int TELL_CHANGES = 64;

  private final int partition;
  private final RiskHistogram agents = RiskHistogram.fine();
  private int untold;

  /** Of a partition that keeps none yet. */
  public AgentSpread(int partition) {
    this.partition = partition;
  }

  /** Takes in an agent that was kept before. */
  public void keep(double mass) {
    agents.add(Math.log10(mass), mass);
  }

  /** Takes in what has changed. */
  public void change(List<AgentFold.MassChange> masses) {
    for (AgentFold.MassChange each : masses) {
      if (!Double.isNaN(each.before())) {
        agents.remove(Math.log10(each.before()), each.before());
      }
      if (!Double.isNaN(each.after())) {
        keep(each.after());
      }
      untold++;
    }
  }

  /**
   * True if the fleet should know: after 64 changes, at first after an eighth as many as agents.
   */
  public boolean due() {
    return untold > 0 && untold >= Math.min(TELL_CHANGES, agents.count() / 8);
  }

  /**
   * What is told.
   *
   * @param sequence that rises with each report
   */
  public AgentProfile profile(long sequence, Instant asOf) {
    untold = 0;
    return new AgentProfile(partition, sequence, agents.buckets(), asOf);
  }
}
