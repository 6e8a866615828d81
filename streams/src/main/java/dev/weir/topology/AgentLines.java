/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.budget.Chance;
import dev.weir.event.AgentExposure;
import dev.weir.event.AgentRecord;
import dev.weir.metrics.Tally;
import dev.weir.store.StoreNames;
import dev.weir.task.AgentLine;
import dev.weir.task.AgentTable;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** What agents' actions add up to without a review in one partition, which tells the fleet. */
final class AgentLines {
  private final ProcessorContext<Object, Object> context;
  private final Terms terms;
  private final Chance chance;
  private final AgentLine line;

  /**
   * What lines rest on.
   *
   * @param agents what holds of all agents
   * @param records where the records hang of agents near or over their line
   * @param placement how many partitions see the same agents
   * @param tally counts
   */
  record Terms(
      FoldAgentsProcessor.AgentTerms agents,
      Board<AgentRecord> records,
      Placement placement,
      Tally tally) {}

  AgentLines(ProcessorContext<Object, Object> context, Terms terms, Chance chance) {
    this.context = context;
    this.terms = terms;
    this.chance = chance;
    this.line =
        new AgentLine(
            new AgentTable(
                new KeptInStore<>(context.getStateStore(StoreNames.AGENTS)),
                terms.agents.maxAgents()),
            (source, agentId) ->
                terms.records.size() == 0
                    ? null
                    : terms.records.get(AgentLine.key(source, agentId)),
            terms.agents.rules(),
            new AgentLine.Seat(context.taskId().partition(), terms.placement.partitions()));
  }

  /** What would have added up with an action of that mass, in LU; it must be settled then. */
  double towards(String source, String agentId, double mass, long taskTimeMs) {
    return line.towards(
        new AgentLine.Actor(chance.tag(source, agentId), source, agentId), mass, taskTimeMs);
  }

  /** Counts the action that was asked about, and tells what is to be told. */
  void settle(Record<?, ?> from, AgentLine.Outcome outcome, double lineMass) {
    for (AgentExposure told : line.settle(outcome, lineMass)) {
      byte[] key = Stage.key(AgentLine.key(told.getSource(), told.getAgentId()));
      byte[] value = Codecs.AGENT_EXPOSURE.encode(told);
      Stage.write(context, from, NodeNames.TO_AGENT_EXPOSURE, key, value);
      terms.tally.agentTold();
    }
  }
}
