/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.event.AgentExposure;
import dev.weir.event.AgentRecord;
import dev.weir.state.AgentBucket;
import dev.weir.state.AgentEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What adds up over all tasks of an agent without a review, as one partition knows it: what it saw
 * itself since the line was last crossed here, or what the fleet's record says and was not told
 * yet, whichever is more. So a partition alone holds an agent to its line, and the fleet's record
 * only adds what the agent does elsewhere; it may be late, lost or down.
 *
 * <p>A newcomer is an agent of fewer than {@link #KNOWN_FROM} actions in the table. What newcomers
 * do counts towards their own lines and towards one that those of a source share, so that a fresh
 * name for each action does not escape; what an agent that made room did counts there, too.
 *
 * <p>What it has to tell, it tells once it is a part of the line so small that all partitions
 * together hold back less than half a line, or its actions have doubled, from {@link #TELL_FIRST}
 * to {@link #TELL_ACTIONS} of them: so at most one action in {@link #TELL_FIRST} is told for that.
 * These are differences, and not sums with a sequence: they are written in the transaction of the
 * actions that they count, and nothing needs to be kept of an agent that made room.
 *
 * <p>Invariant: {@link #towards} and then {@link #settle} for each action; a function of the
 * sequence of calls. Mass in LU, times epoch ms of tasks' clocks. Not safe for use by several
 * threads.
 */
public final class AgentLine {
  /** Actions from which on an agent is no newcomer. */
  static final int KNOWN_FROM = 8;

  /** Actions after which an agent is first told of in any case. */
  static final int TELL_FIRST = 128;

  /** Actions after which it is told of again in any case. */
  static final int TELL_ACTIONS = 512;

  private final AgentTable table;
  private final Records records;
  private final HalfLife halfLife;
  private final Seat seat;
  private final List<AgentExposure> telling = new ArrayList<>(2);
  private @Nullable Turn turn;

  /** Where the fleet's records are looked up. */
  public interface Records {
    /** The agent's record; null where there is none, or it is far below its line. */
    @Nullable AgentRecord get(String source, String agentId);
  }

  /**
   * Which partition this is.
   *
   * @param partition its number
   * @param partitions that see the same agents
   */
  public record Seat(int partition, int partitions) {}

  /**
   * Who acts.
   *
   * @param tag keyed hash of source and agent
   */
  public record Actor(long tag, String source, String agentId) {}

  /** The action that is being decided. */
  private record Turn(
      Actor actor, long nowMs, AgentBucket bucket, Party own, @Nullable Party newcomers) {}

  /** One whose line the action counts towards, with its record if that still counts. */
  private record Party(
      String agentId,
      String key,
      AgentBucket bucket,
      AgentEntry entry,
      @Nullable AgentRecord told) {}

  public AgentLine(AgentTable table, Records records, FoldRules rules, Seat seat) {
    this.table = table;
    this.records = records;
    this.halfLife = new HalfLife(rules.halfLifeMs());
    this.seat = seat;
  }

  /** The key of an agent's records on topics. */
  public static String key(String source, String agentId) {
    return source + '/' + agentId;
  }

  /**
   * What would have added up with an action of that mass, in LU; 0 if it has none. An action with a
   * mass must be settled.
   */
  public double towards(Actor actor, double mass, long nowMs) {
    String key = table.key(actor.tag);
    AgentBucket bucket = table.bucket(key);
    AgentEntry entry = AgentTable.find(bucket, actor.tag);
    AgentEntry evicted = null;
    if (entry == null) {
      entry = AgentTable.fresh(actor.tag, nowMs);
      evicted = AgentTable.admit(bucket, entry, halfLife);
    }
    pass(entry, nowMs);
    Party own = party(actor.agentId, key, bucket, entry, actor.source);
    boolean isNew = entry.getActions() < KNOWN_FROM;
    Party newcomers = isNew ? newcomers(actor.source, evicted, nowMs) : null;
    turn = new Turn(actor, nowMs, bucket, own, newcomers);
    double most = added(own, nowMs);
    return mass > 0 ? mass + Math.max(most, newcomers == null ? 0 : added(newcomers, nowMs)) : 0;
  }

  /**
   * Counts the action that {@link #towards} was asked about.
   *
   * @param outcome what became of it
   * @param lineMass the agent's line, in LU
   * @return what is to be told; valid until the next call
   */
  public List<AgentExposure> settle(Outcome outcome, double lineMass) {
    Turn now = turn;
    if (now == null) {
      throw new IllegalStateException("no action to settle");
    }
    turn = null;
    telling.clear();
    settle(now, now.own, outcome, lineMass);
    if (now.newcomers != null) {
      settle(now, now.newcomers, outcome, lineMass);
    }
    return telling;
  }

  /**
   * What became of an action.
   *
   * @param mass in LU; 0 if it adds none
   * @param escalated whether a review was asked for it
   * @param crossed whether that was because its agent's line was crossed
   * @param again whether it was settled before, as escalated, and was then released unreviewed
   */
  public record Outcome(double mass, boolean escalated, boolean crossed, boolean again) {
    /** What became of it when it was decided. */
    public Outcome(double mass, boolean escalated, boolean crossed) {
      this(mass, escalated, crossed, false);
    }

    /** What was escalated and then released unreviewed: it adds to what was not reviewed alone. */
    public static Outcome released(double mass) {
      return new Outcome(mass, false, false, true);
    }
  }

  private void settle(Turn now, Party party, Outcome outcome, double lineMass) {
    AgentEntry entry = party.entry;
    if (!outcome.again) {
      entry.setActions(entry.getActions() + 1);
      entry.setUntoldActions(entry.getUntoldActions() + 1);
      entry.setUntoldMass(entry.getUntoldMass() + outcome.mass);
    }
    boolean over = outcome.crossed && added(party, now.nowMs) + outcome.mass > lineMass;
    if (outcome.escalated) {
      entry.setUntoldEscalated(entry.getUntoldEscalated() + 1);
    } else {
      entry.setUnreviewedMass(entry.getUnreviewedMass() + outcome.mass);
      entry.setUntoldUnreviewedMass(entry.getUntoldUnreviewedMass() + outcome.mass);
    }
    if (over
        || entry.getUntoldUnreviewedMass() >= lineMass / (2 * seat.partitions)
        || entry.getUntoldActions() >= untoldAtMost(entry)) {
      tell(now, party, over, lineMass);
    }
    table.put(party.key, party.bucket);
  }

  private static long untoldAtMost(AgentEntry entry) {
    long told = entry.getActions() - entry.getUntoldActions();
    return Math.max(TELL_FIRST, Math.min(TELL_ACTIONS, told));
  }

  private void tell(Turn now, Party party, boolean over, double lineMass) {
    AgentEntry entry = party.entry;
    AgentRecord told = party.told;
    AgentExposure exposure =
        AgentExposure.newBuilder()
            .setSource(now.actor.source)
            .setAgentId(party.agentId)
            .setPartition(seat.partition)
            .setActions(entry.getUntoldActions())
            .setEscalated(entry.getUntoldEscalated())
            .setMass(entry.getUntoldMass())
            .setUnreviewedMass(over ? 0 : entry.getUntoldUnreviewedMass())
            .setLineMass(lineMass)
            .setAsOf(Instant.ofEpochMilli(entry.getLastMs()))
            .build();
    if (over) {
      exposure.setCrossed(true);
      double here = entry.getUnreviewedMass() - entry.getUntoldUnreviewedMass();
      exposure.setAnsweredMass(told == null ? here : Math.max(here, decayed(told, now.nowMs)));
      exposure.setAnsweredGeneration(told == null ? -1 : told.getGeneration());
      entry.setAnsweredGeneration(
          told == null ? entry.getAnsweredGeneration() : told.getGeneration());
      entry.setUnreviewedMass(0.0);
    }
    entry.setUntoldActions(0L);
    entry.setUntoldEscalated(0L);
    entry.setUntoldMass(0.0);
    entry.setUntoldUnreviewedMass(0.0);
    telling.add(exposure);
  }

  private Party newcomers(String source, @Nullable AgentEntry evicted, long nowMs) {
    AgentBucket bucket = table.bucket(source);
    if (bucket.getAgents().isEmpty()) {
      bucket.getAgents().add(AgentTable.fresh(0, nowMs));
    }
    AgentEntry entry = bucket.getAgents().get(0);
    pass(entry, nowMs);
    if (evicted != null && evicted.getActions() >= KNOWN_FROM) {
      pass(evicted, nowMs);
      double untold = evicted.getUntoldUnreviewedMass();
      entry.setUnreviewedMass(entry.getUnreviewedMass() + untold);
      entry.setUntoldUnreviewedMass(entry.getUntoldUnreviewedMass() + untold);
      entry.setUntoldActions(entry.getUntoldActions() + evicted.getUntoldActions());
      entry.setUntoldEscalated(entry.getUntoldEscalated() + evicted.getUntoldEscalated());
      entry.setUntoldMass(entry.getUntoldMass() + evicted.getUntoldMass());
    }
    return party("", source, bucket, entry, source);
  }

  private Party party(
      String agentId, String key, AgentBucket bucket, AgentEntry entry, String source) {
    AgentRecord told = records.get(source, agentId);
    boolean counts = told != null && told.getGeneration() > entry.getAnsweredGeneration();
    return new Party(agentId, key, bucket, entry, counts ? told : null);
  }

  /** What has added up for one of the action's parties before it, in LU. */
  private double added(Party party, long nowMs) {
    double here = party.entry.getUnreviewedMass();
    return party.told == null
        ? here
        : Math.max(here, decayed(party.told, nowMs) + party.entry.getUntoldUnreviewedMass());
  }

  private double decayed(AgentRecord told, long nowMs) {
    return told.getUnreviewedMass() * halfLife.kept(nowMs - told.getAsOf().toEpochMilli());
  }

  /** Lets an agent's clock run to {@code nowMs}, if that lies ahead. */
  private void pass(AgentEntry entry, long nowMs) {
    double kept = halfLife.kept(nowMs - entry.getLastMs());
    entry.setUnreviewedMass(entry.getUnreviewedMass() * kept);
    entry.setUntoldUnreviewedMass(entry.getUntoldUnreviewedMass() * kept);
    entry.setLastMs(Math.max(entry.getLastMs(), nowMs));
  }
}
