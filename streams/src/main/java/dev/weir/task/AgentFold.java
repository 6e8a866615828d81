/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.event.AgentExposure;
import dev.weir.event.AgentRecord;
import dev.weir.event.AgentStanding;
import dev.weir.state.AgentKept;
import dev.weir.state.AgentShelf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what partitions tell of agents, and says of which agents all partitions should know:
 * those that stand out beside others at the same work, and those whose unreviewed mass reached half
 * their line, until it is below it when they are next told of, or below a quarter when another one
 * of their shelf is.
 *
 * <p>Invariant: bounded by the agents that are configured; where a shelf is full an agent makes
 * room, and its unreviewed mass counts towards its source's newcomers: the one with the least of
 * it, but none of which anything was found while there is another. So whoever makes names up
 * displaces no agent whose source says who it is. An agent's clock never runs backwards. Mass in
 * LU. Not safe for use by several threads.
 */
public final class AgentFold {
  private static final double TELL_FROM = 0.5;
  private static final double FORGET_BELOW = 0.25;

  private final Kept<AgentShelf> shelves;
  private final String[] keys;
  private final HalfLife halfLife;
  private final Consumer<AgentRecord> judge;

  /**
   * What all partitions should know of an agent from now on.
   *
   * @param record null if nothing
   */
  public record Telling(String source, String agentId, @Nullable AgentRecord record) {}

  /**
   * What one report led to.
   *
   * @param tellings what is to be told
   * @param moved what an agent that made room had, to be told as of the newcomers; or null
   * @param masses how the masses of single agents have changed
   * @param standings what single agents stood as before, and stand as now
   */
  public record Folding(
      List<Telling> tellings,
      @Nullable AgentExposure moved,
      List<MassChange> masses,
      List<StandingChange> standings) {}

  /**
   * How an agent's standing has changed.
   *
   * @param before null if nothing was found of it, or it was not kept
   * @param after null if it is kept no more
   */
  public record StandingChange(@Nullable AgentStanding before, @Nullable AgentStanding after) {}

  /** How an agent stands; null where nothing was found of it. */
  public static @Nullable AgentStanding standing(AgentRecord record) {
    return record.getAnswers() == 0 ? null : record.getStanding();
  }

  /**
   * How an agent's mass so far has changed, in LU.
   *
   * @param before NaN if it was not kept
   * @param after NaN if it is kept no more
   */
  public record MassChange(double before, double after) {}

  /**
   * @param shelves where shelves are kept
   * @param maxAgents how many agents are kept at most, to a multiple of {@link AgentTable#WAYS}
   * @param rules how mass decays
   * @param judge says in a record how the agent stands, once its counts have changed
   */
  public AgentFold(
      Kept<AgentShelf> shelves, int maxAgents, FoldRules rules, Consumer<AgentRecord> judge) {
    this.shelves = shelves;
    this.keys = AgentTable.keys(maxAgents);
    this.halfLife = new HalfLife(rules.halfLifeMs());
    this.judge = judge;
  }

  /** Takes one report in; {@code tag} is the keyed hash of its source and agent. */
  public Folding fold(AgentExposure told, long tag) {
    String key = AgentTable.key(keys, tag);
    AgentShelf known = shelves.get(key);
    AgentShelf shelf = known == null ? new AgentShelf(new ArrayList<>(2)) : known;
    List<Telling> tellings = new ArrayList<>(1);
    AgentKept agent = find(shelf, told);
    double before = agent == null ? Double.NaN : agent.getRecord().getMass();
    AgentKept evicted = null;
    if (agent == null) {
      evicted = shelf.getAgents().size() < AgentTable.WAYS ? null : takeLeast(shelf, told);
      agent = open(told);
      shelf.getAgents().add(agent);
    }
    AgentStanding stood = standing(agent.getRecord());
    add(agent, told);
    tell(agent, TELL_FROM, agent.getRecord().getAsOf(), tellings);
    for (AgentKept other : shelf.getAgents()) {
      if (other.getTold() && !isOf(other, told)) {
        retract(other, FORGET_BELOW, told.getAsOf(), tellings);
      }
    }
    shelves.put(key, shelf);
    if (evicted != null && evicted.getTold()) {
      tellings.add(nothing(evicted.getRecord()));
    }
    return new Folding(
        tellings,
        evicted == null ? null : moved(evicted, told),
        masses(before, agent.getRecord(), evicted),
        standings(stood, agent.getRecord(), evicted));
  }

  private static List<StandingChange> standings(
      @Nullable AgentStanding before, AgentRecord record, @Nullable AgentKept evicted) {
    List<StandingChange> changes = new ArrayList<>(2);
    if (before != standing(record)) {
      changes.add(new StandingChange(before, standing(record)));
    }
    if (evicted != null && standing(evicted.getRecord()) != null) {
      changes.add(new StandingChange(standing(evicted.getRecord()), null));
    }
    return changes;
  }

  /** Newcomers of a source are no agent. */
  private static List<MassChange> masses(
      double before, AgentRecord record, @Nullable AgentKept evicted) {
    List<MassChange> masses = new ArrayList<>(2);
    if (!record.getAgentId().isEmpty()) {
      masses.add(new MassChange(before, record.getMass()));
    }
    if (evicted != null && !evicted.getRecord().getAgentId().isEmpty()) {
      masses.add(new MassChange(evicted.getRecord().getMass(), Double.NaN));
    }
    return masses;
  }

  private void add(AgentKept agent, AgentExposure told) {
    AgentRecord record = agent.getRecord();
    Instant now = later(record.getAsOf(), told.getAsOf());
    double unreviewed =
        decayed(record, now)
            + told.getUnreviewedMass() * halfLife.kept(millis(told.getAsOf(), now));
    boolean answers =
        told.getAnsweredGeneration() < 0 || told.getAnsweredGeneration() == record.getGeneration();
    if (told.getCrossed() && answers) {
      unreviewed = Math.max(0, unreviewed - told.getAnsweredMass());
      record.setGeneration(record.getGeneration() + 1);
    }
    record.setActions(record.getActions() + told.getActions());
    record.setEscalated(record.getEscalated() + told.getEscalated());
    record.setMass(record.getMass() + told.getMass());
    record.setUnreviewedMass(unreviewed);
    record.setAsOf(now);
    agent.setLineMass(told.getLineMass());
    if (told.getAnswers() > 0) {
      record.setAnswers(record.getAnswers() + told.getAnswers());
      record.setFound(record.getFound() + told.getFound());
      record.setExpected(record.getExpected() + told.getExpected());
      record.setExpectedLeast(record.getExpectedLeast() + told.getExpectedLeast());
      judge.accept(record);
    }
  }

  private void tell(AgentKept agent, double from, Instant now, List<Telling> tellings) {
    AgentRecord record = agent.getRecord();
    boolean near = record.getUnreviewedMass() >= from * agent.getLineMass();
    if (near || standsOut(record)) {
      record.setNearLine(near);
      agent.setTold(true);
      tellings.add(new Telling(record.getSource(), record.getAgentId(), record));
    } else if (agent.getTold()) {
      retract(agent, from, now, tellings);
    }
  }

  private static boolean standsOut(AgentRecord record) {
    return record.getStanding() == AgentStanding.WORSE
        || record.getStanding() == AgentStanding.BETTER;
  }

  private void retract(AgentKept agent, double below, Instant now, List<Telling> tellings) {
    AgentRecord record = agent.getRecord();
    boolean far = decayed(record, now) < below * agent.getLineMass();
    if (far && !standsOut(record)) {
      agent.setTold(false);
      tellings.add(nothing(record));
    } else if (far && record.getNearLine()) {
      record.setNearLine(false);
      tellings.add(new Telling(record.getSource(), record.getAgentId(), record));
    }
  }

  private static Telling nothing(AgentRecord record) {
    return new Telling(record.getSource(), record.getAgentId(), null);
  }

  private AgentKept takeLeast(AgentShelf shelf, AgentExposure told) {
    AgentKept least =
        Collections.min(
            shelf.getAgents(),
            Comparator.comparingInt((AgentKept agent) -> rank(agent.getRecord()))
                .thenComparingLong(agent -> agent.getRecord().getFound())
                .thenComparingDouble(agent -> decayed(agent.getRecord(), told.getAsOf())));
    shelf.getAgents().remove(least);
    return least;
  }

  /** Newcomers stay as long as any agent is there that can go, then of whom anything was found. */
  private static int rank(AgentRecord record) {
    if (record.getAgentId().isEmpty()) {
      return 2;
    }
    return record.getAnswers() > 0 ? 1 : 0;
  }

  private AgentExposure moved(AgentKept evicted, AgentExposure told) {
    AgentRecord record = evicted.getRecord();
    return AgentExposure.newBuilder(told)
        .setSource(record.getSource())
        .setAgentId("")
        .setActions(0)
        .setEscalated(0)
        .setMass(0)
        .setUnreviewedMass(decayed(record, told.getAsOf()))
        .setCrossed(false)
        .setAnsweredMass(0)
        .setAnsweredGeneration(-1)
        .setAnswers(0)
        .setFound(0)
        .setExpected(0)
        .setExpectedLeast(0)
        .build();
  }

  private static AgentKept open(AgentExposure told) {
    AgentRecord record =
        new AgentRecord(
            told.getSource(),
            told.getAgentId(),
            0L,
            0L,
            0.0,
            0.0,
            told.getAsOf().toEpochMilli(),
            told.getAsOf(),
            false,
            0L,
            0L,
            0.0,
            0.0,
            0.0,
            AgentStanding.UNKNOWN);
    return new AgentKept(record, told.getLineMass(), false);
  }

  private static @Nullable AgentKept find(AgentShelf shelf, AgentExposure told) {
    for (AgentKept agent : shelf.getAgents()) {
      if (isOf(agent, told)) {
        return agent;
      }
    }
    return null;
  }

  private static boolean isOf(AgentKept agent, AgentExposure told) {
    AgentRecord record = agent.getRecord();
    return record.getAgentId().equals(told.getAgentId())
        && record.getSource().equals(told.getSource());
  }

  private double decayed(AgentRecord record, Instant now) {
    return record.getUnreviewedMass() * halfLife.kept(millis(record.getAsOf(), now));
  }

  private static long millis(Instant from, Instant to) {
    return to.toEpochMilli() - from.toEpochMilli();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
