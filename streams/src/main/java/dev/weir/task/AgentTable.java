/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.state.AgentBucket;
import dev.weir.state.AgentEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which agents a partition keeps apart: as many as are configured, {@link #WAYS} in each bucket of
 * a keyed hash. Where a bucket is full, the agent with the least mass makes room.
 *
 * <p>Invariant: bounded, whatever agents call themselves; a function of the sequence of calls. Not
 * safe for use by several threads.
 */
public final class AgentTable {
  /** Agents in a bucket, at most. */
  public static final int WAYS = 8;

  private final Kept<AgentBucket> kept;
  private final String[] keys;

  /**
   * @param kept where buckets are kept
   * @param maxAgents how many agents are kept apart at most, to a multiple of {@link #WAYS}
   */
  public AgentTable(Kept<AgentBucket> kept, int maxAgents) {
    this.kept = kept;
    this.keys = keys(maxAgents);
  }

  static String[] keys(int maxAgents) {
    String[] keys = new String[Math.max(1, maxAgents / WAYS)];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Integer.toString(i);
    }
    return keys;
  }

  /** The key of the bucket of a tag. */
  static String key(String[] keys, long tag) {
    return keys[Math.floorMod(Long.hashCode(tag), keys.length)];
  }

  String key(long tag) {
    return key(keys, tag);
  }

  AgentBucket bucket(String key) {
    AgentBucket known = kept.get(key);
    return known == null ? new AgentBucket(new ArrayList<>(2)) : known;
  }

  void put(String key, AgentBucket bucket) {
    kept.put(key, bucket);
  }

  /** The agent of that tag, or null. */
  static @Nullable AgentEntry find(AgentBucket bucket, long tag) {
    List<AgentEntry> agents = bucket.getAgents();
    for (int i = 0; i < agents.size(); i++) {
      if (agents.get(i).getTag() == tag) {
        return agents.get(i);
      }
    }
    return null;
  }

  /** An agent of which nothing is known. */
  static AgentEntry fresh(long tag, long nowMs) {
    return new AgentEntry(tag, 0L, 0.0, 0.0, 0L, 0L, 0.0, -1L, nowMs);
  }

  /** Adds an agent and returns the one that made room for it, or null. */
  static @Nullable AgentEntry admit(AgentBucket bucket, AgentEntry agent, HalfLife halfLife) {
    List<AgentEntry> agents = bucket.getAgents();
    AgentEntry evicted = null;
    if (agents.size() >= WAYS) {
      evicted = agents.remove(least(agents, agent.getLastMs(), halfLife));
    }
    agents.add(agent);
    return evicted;
  }

  private static int least(List<AgentEntry> agents, long nowMs, HalfLife halfLife) {
    int least = 0;
    for (int i = 1; i < agents.size(); i++) {
      if (mass(agents.get(i), nowMs, halfLife) < mass(agents.get(least), nowMs, halfLife)) {
        least = i;
      }
    }
    return least;
  }

  private static double mass(AgentEntry agent, long nowMs, HalfLife halfLife) {
    return agent.getUnreviewedMass() * halfLife.kept(nowMs - agent.getLastMs());
  }
}
