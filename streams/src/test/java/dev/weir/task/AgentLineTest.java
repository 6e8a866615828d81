/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.budget.Standings;
import dev.weir.event.AgentExposure;
import dev.weir.event.AgentRecord;
import dev.weir.state.AgentBucket;
import dev.weir.state.AgentEntry;
import dev.weir.state.AgentShelf;
import dev.weir.wire.SingleObject;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What partitions tell of agents, and what adds it up. */
class AgentLineTest {
  private static final double LINE = 100;
  private static final int MAX_AGENTS = 64;
  private static final int PARTITIONS = 4;
  private static final String SOURCE = "weir.actions";

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

  /** Partitions whose reports are folded {@code delay} actions later. */
  private static final class Fleet {
    final InMemory<AgentShelf> shelves = new InMemory<>();
    final Map<String, AgentRecord> records = new HashMap<>();
    final AgentFold fold = new AgentFold(shelves, MAX_AGENTS, FoldRules.DEFAULT, Standings::judge);
    final InMemory<AgentBucket>[] buckets = tables();
    final AgentLine[] lines = new AgentLine[PARTITIONS];
    final Queue<AgentExposure> underWay = new ArrayDeque<>();
    final int delay;
    final double line;
    int reports;

    Fleet(int delay, double line) {
      this.delay = delay;
      this.line = line;
      for (int p = 0; p < PARTITIONS; p++) {
        lines[p] = line(p);
      }
    }

    @SuppressWarnings("unchecked")
    private static InMemory<AgentBucket>[] tables() {
      InMemory<AgentBucket>[] tables = new InMemory[PARTITIONS];
      for (int p = 0; p < PARTITIONS; p++) {
        tables[p] = new InMemory<>();
      }
      return tables;
    }

    AgentLine line(int partition) {
      return new AgentLine(
          new AgentTable(buckets[partition], MAX_AGENTS),
          (source, agentId) -> records.get(AgentLine.key(source, agentId)),
          FoldRules.DEFAULT,
          new AgentLine.Seat(partition, PARTITIONS));
    }

    /** An action of that mass; true if the agent was escalated for it. */
    boolean act(int partition, String agent, double mass, long atMs) {
      var actor = new AgentLine.Actor(tag(agent), SOURCE, agent);
      boolean over = lines[partition].towards(actor, mass, atMs) > line;
      var outcome = new AgentLine.Outcome(mass, over, over);
      underWay.addAll(lines[partition].settle(outcome, line));
      while (underWay.size() > delay) {
        take(underWay.remove());
      }
      return over;
    }

    private void take(AgentExposure told) {
      reports++;
      AgentFold.Folding folding = fold.fold(told, tag(told.getAgentId()));
      for (AgentFold.Telling telling : folding.tellings()) {
        String key = AgentLine.key(telling.source(), telling.agentId());
        AgentRecord record = telling.record();
        if (record == null) {
          records.remove(key);
        } else {
          records.put(key, AgentRecord.newBuilder(record).build());
        }
      }
      AgentExposure moved = folding.moved();
      if (moved != null) {
        underWay.add(moved);
      }
    }

    private static long tag(String agent) {
      return new SplittableRandom(agent.hashCode()).nextLong() | 1;
    }
  }

  private final long nowMs = TaskActions.NOW_MS;

  @Test
  void shouldHoldAnAgentToTwiceItsLineWhenItSpreadsOverPartitions() {
    Fleet fleet = new Fleet(0, LINE);
    SplittableRandom random = new SplittableRandom(1);
    double since = 0;
    double most = 0;
    int escalations = 0;
    for (int i = 0; i < 20_000; i++) {
      double mass = random.nextDouble();
      boolean over = fleet.act(random.nextInt(PARTITIONS), "a", mass, nowMs);
      since = over ? 0 : since + mass;
      most = Math.max(most, since);
      escalations += over ? 1 : 0;
    }

    assertThat(most).isBetween(0.9 * LINE, 1.5 * LINE);
    assertThat(escalations).isBetween(80, 250);
  }

  @Test
  void shouldHoldItToItsLineAPartitionWhenTheFleetsRecordNeverComes() {
    Fleet fleet = new Fleet(Integer.MAX_VALUE, LINE);
    int escalations = 0;
    for (int i = 0; i < 1_000; i++) {
      escalations += fleet.act(0, "a", 1, nowMs) ? 1 : 0;
    }

    assertThat(escalations).isEqualTo(9);
  }

  @Test
  void shouldKeepItsStateBoundedAndCountAllWhenAHundredThousandIdentitiesAct() {
    Fleet fleet = new Fleet(0, LINE);
    double mass = 0;
    int escalations = 0;
    for (int i = 0; i < 100_000; i++) {
      mass += 0.5;
      escalations += fleet.act(i % PARTITIONS, "fresh-" + i, 0.5, nowMs) ? 1 : 0;
    }

    for (InMemory<AgentBucket> table : fleet.buckets) {
      assertThat(agents(table)).isLessThanOrEqualTo(MAX_AGENTS + 1);
    }
    assertThat(fleet.shelves.values).hasSizeLessThanOrEqualTo(MAX_AGENTS / AgentTable.WAYS);
    assertThat((double) escalations).isGreaterThan(mass / LINE / 1.5);
    assertThat(fleet.reports).as("reports").isLessThan(100_000 / 20);
  }

  @Test
  void shouldCountWithNewcomersWhatAnAgentHadThatMadeRoom() {
    Fleet fleet = new Fleet(0, 1e9);
    for (int i = 0; i < 10; i++) {
      fleet.act(0, "known", 1, nowMs);
    }
    for (int i = 0; i < 500; i++) {
      fleet.act(0, "other-" + i, 20, nowMs);
    }

    double asNewcomer = 8;
    double atLast = 10;
    assertThat(newcomers(fleet)).isEqualTo(500 * 20 + asNewcomer + atLast);
  }

  @Test
  void shouldForgetWhatAddedUpWhenAHalfLifePasses() {
    Fleet fleet = new Fleet(0, LINE);
    for (int i = 0; i < 10; i++) {
      fleet.act(0, "a", 8, nowMs);
    }

    var actor = new AgentLine.Actor(Fleet.tag("a"), SOURCE, "a");
    double later = fleet.lines[0].towards(actor, 8, nowMs + FoldRules.DEFAULT.halfLifeMs());

    assertThat(later).isCloseTo(48, within(1e-9));
  }

  @Test
  void shouldGoOnTheSameWhenStateIsReadBack() {
    Fleet unbroken = new Fleet(3, LINE);
    Fleet broken = new Fleet(3, LINE);
    SingleObject<AgentBucket> bucket = SingleObject.of(AgentBucket.class);
    SingleObject<AgentShelf> shelf = SingleObject.of(AgentShelf.class);
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 5_000; i++) {
      int partition = random.nextInt(PARTITIONS);
      String agent = "a-" + random.nextInt(random.nextBoolean() ? 4 : 1_000);
      double mass = 3 * random.nextDouble();
      if (i % 500 == 0) {
        broken.shelves.values.replaceAll((key, value) -> shelf.decode(shelf.encode(value)));
        for (int p = 0; p < PARTITIONS; p++) {
          broken.buckets[p].values.replaceAll((key, value) -> bucket.decode(bucket.encode(value)));
          broken.lines[p] = broken.line(p);
        }
      }
      assertThat(broken.act(partition, agent, mass, nowMs + i * 1_000L))
          .isEqualTo(unbroken.act(partition, agent, mass, nowMs + i * 1_000L));
    }
    assertThat(broken.shelves.values).isEqualTo(unbroken.shelves.values);
  }

  /** It was counted when it was escalated; now it adds to what was not reviewed, and no more. */
  @Test
  void shouldCountAsUnreviewedWhatIsReleasedAfterAll() {
    Fleet fleet = new Fleet(0, LINE);
    var actor = new AgentLine.Actor(Fleet.tag("a"), SOURCE, "a");
    fleet.lines[0].towards(actor, 40, nowMs);
    fleet.lines[0].settle(new AgentLine.Outcome(40, true, false), LINE);
    assertThat(fleet.lines[0].towards(actor, 40, nowMs)).isEqualTo(40);
    fleet.lines[0].settle(AgentLine.Outcome.released(40), LINE);

    assertThat(fleet.lines[0].towards(actor, 1, nowMs)).isEqualTo(41);
    AgentEntry entry = fleet.buckets[0].values.get(SOURCE).getAgents().get(0);
    assertThat(entry.getActions()).isEqualTo(1);
  }

  private static double newcomers(Fleet fleet) {
    AgentBucket bucket = fleet.buckets[0].values.get(SOURCE);
    AgentEntry entry = bucket.getAgents().get(0);
    return entry.getUnreviewedMass();
  }

  private static int agents(InMemory<AgentBucket> table) {
    return table.values.values().stream().mapToInt(bucket -> bucket.getAgents().size()).sum();
  }
}
