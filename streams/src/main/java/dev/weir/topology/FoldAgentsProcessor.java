/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Origin;
import dev.weir.action.Refusal;
import dev.weir.budget.AgentSpread;
import dev.weir.budget.Chance;
import dev.weir.budget.Standings;
import dev.weir.event.AgentExposure;
import dev.weir.event.AgentProfile;
import dev.weir.event.AgentRecord;
import dev.weir.event.AgentStanding;
import dev.weir.event.RefusalReason;
import dev.weir.fault.DeadLetters;
import dev.weir.metrics.Tally;
import dev.weir.state.AgentKept;
import dev.weir.state.AgentShelf;
import dev.weir.store.StoreNames;
import dev.weir.task.AgentFold;
import dev.weir.task.AgentLine;
import dev.weir.task.FoldRules;
import dev.weir.wire.MalformedRecordException;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what partitions tell of agents; tells all of those near or over their line, or that stand
 * out by what was found of them, and the fleet how mass is spread over those that are kept here.
 */
final class FoldAgentsProcessor extends Stage<byte[], byte[]> {
  private final AgentTerms terms;
  private final Chance chance;
  private final Tally tally;
  private final Map<AgentStanding, Long> standings = new EnumMap<>(AgentStanding.class);

  @SuppressWarnings("NullAway.Init") // set by init, before any record
  private AgentFold fold;

  @SuppressWarnings("NullAway.Init")
  private AgentSpread spread;

  /**
   * What holds of all agents.
   *
   * @param maxAgents how many are kept apart at most, in a partition and in all
   * @param rules how their mass decays
   */
  record AgentTerms(int maxAgents, FoldRules rules) {}

  FoldAgentsProcessor(AgentTerms terms, Chance chance, Tally tally) {
    this.terms = terms;
    this.chance = chance;
    this.tally = tally;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    super.init(context);
    KeyValueStore<String, AgentShelf> shelves = context.getStateStore(StoreNames.AGENT_SHELVES);
    fold =
        new AgentFold(new KeptInStore<>(shelves), terms.maxAgents, terms.rules, Standings::judge);
    standings.clear();
    spread = new AgentSpread(context.taskId().partition());
    try (KeyValueIterator<String, AgentShelf> all = shelves.all()) {
      all.forEachRemaining(shelf -> shelf.value.getAgents().forEach(this::keep));
    }
    tally.agentStandings(context.taskId().partition(), standings);
  }

  @Override
  public void close() {
    tally.agentsLost(context().taskId().partition());
  }

  private void count(@Nullable AgentStanding standing, long by) {
    if (standing != null) {
      standings.merge(standing, by, Long::sum);
    }
  }

  private void keep(AgentKept agent) {
    if (!agent.getRecord().getAgentId().isEmpty()) {
      spread.keep(agent.getRecord().getMass());
    }
    count(AgentFold.standing(agent.getRecord()), 1);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    AgentExposure told;
    try {
      told = Codecs.AGENT_EXPOSURE.decode(record.value() == null ? new byte[0] : record.value());
    } catch (MalformedRecordException e) {
      refuse(record, String.valueOf(e.getMessage()));
      return;
    }
    if (!isMass(told.getMass())
        || !isMass(told.getUnreviewedMass())
        || !isMass(told.getAnsweredMass())
        || !isMass(told.getLineMass())
        || !isMass(told.getExpected())
        || !isMass(told.getExpectedLeast())) {
      refuse(record, "no number of loss units");
      return;
    }
    AgentFold.Folding folding = fold.fold(told, chance.tag(told.getSource(), told.getAgentId()));
    folding.tellings().forEach(telling -> tell(record, telling));
    AgentExposure moved = folding.moved();
    if (moved != null) {
      write(
          record,
          NodeNames.MOVED_AGENTS,
          key(AgentLine.key(moved.getSource(), moved.getAgentId())),
          Codecs.AGENT_EXPOSURE.encode(moved));
    }
    for (AgentFold.StandingChange change : folding.standings()) {
      count(change.before(), -1);
      count(change.after(), 1);
    }
    if (!folding.standings().isEmpty()) {
      tally.agentStandings(context().taskId().partition(), standings);
    }
    spread.change(folding.masses());
    if (spread.due()) {
      RecordMetadata at = context().recordMetadata().orElseThrow();
      AgentProfile profile = spread.profile(at.offset(), told.getAsOf());
      byte[] key = key("agents/" + profile.getPartition());
      write(record, NodeNames.TO_AGENT_PROFILE, key, Codecs.AGENT_PROFILE.encode(profile));
    }
  }

  private void tell(Record<byte[], byte[]> record, AgentFold.Telling telling) {
    AgentRecord told = telling.record();
    write(
        record,
        NodeNames.TO_AGENT_RECORD,
        key(AgentLine.key(telling.source(), telling.agentId())),
        told == null ? null : Codecs.AGENT_RECORD.encode(told));
  }

  private static boolean isMass(double number) {
    return number >= 0 && number < Double.POSITIVE_INFINITY;
  }

  private void refuse(Record<byte[], byte[]> record, String detail) {
    RecordMetadata at = context().recordMetadata().orElseThrow();
    tally.internalRefused(at.topic());
    Origin origin = new Origin(at.topic(), at.partition(), at.offset(), record.timestamp());
    Refusal refusal =
        Refusal.of(RefusalReason.BAD_INTERNAL, "", "what is told of an agent is " + detail);
    write(
        record,
        NodeNames.REFUSED_AGENTS,
        DeadLetters.key(refusal, record.key()),
        Codecs.DEAD_LETTER.encode(
            DeadLetters.of(refusal, origin, record.key(), record.value(), record.headers())));
  }
}
