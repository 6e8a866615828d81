/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.simulate;

import dev.weir.budget.AgentSpread;
import dev.weir.budget.Decisions;
import dev.weir.budget.Standings;
import dev.weir.budget.Unreviewed;
import dev.weir.event.AgentExposure;
import dev.weir.event.AgentProfile;
import dev.weir.event.AgentRecord;
import dev.weir.event.EscalationReason;
import dev.weir.policy.Lines;
import dev.weir.state.AgentBucket;
import dev.weir.state.TaskCore;
import dev.weir.task.AgentFold;
import dev.weir.task.AgentLine;
import dev.weir.task.AgentTable;
import dev.weir.task.FoldRules;
import dev.weir.task.HalfLife;
import dev.weir.task.Kept;
import dev.weir.task.TaskLine;
import dev.weir.wire.SingleObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What adds up in tasks and over agents: the stream's own lines, and beside them each agent's sum
 * as it is, whatever partitions know of it.
 */
final class Sums {
  private static final int MAX_AGENTS = 16_384;
  private static final String SOURCE = "simulated";
  private static final SingleObject<AgentBucket> BUCKET = SingleObject.of(AgentBucket.class);

  private final Lines lines;
  private final int delay;
  private final HalfLife halfLife = new HalfLife(FoldRules.DEFAULT.halfLifeMs());
  private final Map<Integer, TaskCore> tasks = new HashMap<>();
  private final Map<Integer, TaskCore> agents = new HashMap<>();
  private final List<InMemory<AgentBucket>> tables = new ArrayList<>();
  private final AgentLine[] partitions;
  private final AgentFold fold =
      new AgentFold(new InMemory<>(), MAX_AGENTS, FoldRules.DEFAULT, Standings::judge);
  private final AgentSpread spread = new AgentSpread(0);
  private final Map<String, AgentRecord> records = new HashMap<>();
  private final ArrayDeque<Sent> underWay = new ArrayDeque<>();
  private final double[] largest = new double[2];
  private final int[] escalations = new int[2];
  private int reports;
  private double taskBefore;

  private record Sent(int at, AgentExposure told) {}

  private static final class InMemory<V> implements Kept<V> {
    final Map<String, V> values = new HashMap<>();

    @Override
    public @Nullable V get(String key) {
      return values.get(key);
    }

    @Override
    public void put(String key, V value) {
      values.put(key, value);
    }
  }

  /**
   * @param delay actions between what a partition tells and that all know it
   */
  Sums(Lines lines, int partitions, int delay) {
    this.lines = lines;
    this.delay = delay;
    this.partitions = new AgentLine[partitions];
    for (int p = 0; p < partitions; p++) {
      tables.add(new InMemory<>());
      this.partitions[p] = line(p, partitions);
    }
  }

  private AgentLine line(int partition, int of) {
    return new AgentLine(
        new AgentTable(tables.get(partition), MAX_AGENTS),
        (source, agent) -> records.isEmpty() ? null : records.get(AgentLine.key(source, agent)),
        FoldRules.DEFAULT,
        new AgentLine.Seat(partition, of));
  }

  /** What has added up if action {@code i}, of that mass in LU, is not reviewed. */
  Unreviewed with(Traffic traffic, int i, double mass) {
    arrive(i);
    TaskCore task = passed(tasks, traffic.task[i], traffic.atMs[i]);
    taskBefore = TaskLine.count(task, 1, mass);
    String name = Integer.toString(traffic.agent[i]);
    var actor = new AgentLine.Actor(tag(traffic.agent[i]), SOURCE, name);
    double agent = partitions[traffic.partition[i]].towards(actor, mass, traffic.atMs[i]);
    return new Unreviewed(mass > 0 ? task.getUnreviewedMass() : 0, agent);
  }

  /** Counts the same action as it was decided. */
  void decided(Traffic traffic, int i, double mass, EscalationReason reason) {
    TaskCore task = passed(tasks, traffic.task[i], traffic.atMs[i]);
    TaskCore agent = passed(agents, traffic.agent[i], traffic.atMs[i]);
    double agentBefore = TaskLine.count(agent, 1, mass);
    boolean escalated = Decisions.clearsLines(reason);
    if (reason == EscalationReason.TASK) {
      crossed(0, task, lines.taskMass());
    } else if (escalated && mass > 0) {
      TaskLine.reviewed(task, taskBefore);
    }
    if (reason == EscalationReason.AGENT) {
      crossed(1, agent, lines.agentMass());
    } else if (escalated && mass > 0) {
      TaskLine.reviewed(agent, agentBefore);
    }
    largest[0] = Math.max(largest[0], task.getUnreviewedMass() / lines.taskMass());
    largest[1] = Math.max(largest[1], agent.getUnreviewedMass() / lines.agentMass());
    var outcome = new AgentLine.Outcome(mass, escalated, reason == EscalationReason.AGENT);
    for (AgentExposure told : partitions[traffic.partition[i]].settle(outcome, lines.agentMass())) {
      underWay.add(new Sent(i, told));
    }
  }

  private void crossed(int line, TaskCore sum, double lineMass) {
    escalations[line]++;
    largest[line] = Math.max(largest[line], sum.getUnreviewedMass() / lineMass);
    TaskLine.rebase(sum);
  }

  private TaskCore passed(Map<Integer, TaskCore> sums, int number, long nowMs) {
    TaskCore sum = sums.computeIfAbsent(number, any -> new TaskCore());
    double kept = halfLife.kept(nowMs - sum.getLastSeenMs());
    sum.setUnreviewedMass(sum.getUnreviewedMass() * kept);
    sum.setLastSeenMs(nowMs);
    return sum;
  }

  private void arrive(int now) {
    while (!underWay.isEmpty() && underWay.peek().at() + delay <= now) {
      AgentExposure told = underWay.remove().told();
      reports++;
      String name = told.getAgentId();
      long tag = name.isEmpty() ? 1 : tag(Integer.parseInt(name));
      AgentFold.Folding folding = fold.fold(told, tag);
      folding.tellings().forEach(this::hang);
      spread.change(folding.masses());
      if (folding.moved() != null) {
        underWay.add(new Sent(now, folding.moved()));
      }
    }
  }

  private void hang(AgentFold.Telling telling) {
    String key = AgentLine.key(telling.source(), telling.agentId());
    AgentRecord record = telling.record();
    if (record == null) {
      records.remove(key);
    } else {
      records.put(key, AgentRecord.newBuilder(record).build());
    }
  }

  /** How mass is spread over agents, by what partitions told of them. */
  AgentProfile profile() {
    return spread.profile(reports, Instant.EPOCH);
  }

  /** Every partition reads its agents back from their bytes. */
  void restart() {
    for (int p = 0; p < partitions.length; p++) {
      tables.get(p).values.replaceAll((key, value) -> BUCKET.decode(BUCKET.encode(value)));
      partitions[p] = line(p, partitions.length);
    }
  }

  private static long tag(int agent) {
    return Simulation.tag(5, agent);
  }

  /** What came of the lines. */
  SimulationResult.Sums result() {
    return new SimulationResult.Sums(
        escalations[0], largest[0], escalations[1], largest[1], reports);
  }
}
