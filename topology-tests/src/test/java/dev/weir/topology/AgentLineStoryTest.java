/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.config.WeirConfig;
import dev.weir.event.AgentExposure;
import dev.weir.event.AgentRecord;
import dev.weir.event.AgentStanding;
import dev.weir.event.Assessment;
import dev.weir.event.DeadLetter;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.metrics.MetricNames;
import dev.weir.policy.Policy;
import dev.weir.state.AgentBucket;
import dev.weir.state.AgentShelf;
import dev.weir.store.StoreNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;

/**
 * Small actions that add up over an agent's tasks. An action that loses 3.5 weighs 3.16 LU; the
 * agent's line is 100.
 */
class AgentLineStoryTest {
  private static final Policy POLICY = Policies.lined(15, 2);
  private static final double EACH = Math.pow(10, 0.5);

  /** An action in a task of its own. */
  private static Act rotating(int number) {
    return Act.of("e-" + number).task("t-" + number).loses(3.5).at(Flume.NOON.plusMillis(number));
  }

  private static Act of(String agent, int number) {
    return rotating(number).with("agent", "{\"id\":\"" + agent + "\"}");
  }

  /** The same, in one of the tasks that the first of two partitions has. */
  private static Act here(String agent, int number) {
    int task = number;
    while (new Placement(2).of("t-" + task) != 0) {
      task += 1_000;
    }
    return of(agent, number).task("t-" + task);
  }

  @Test
  void shouldEscalateTheAgentWhenEachActionHasATaskOfItsOwn() {
    try (Flume flume = Flume.open(POLICY)) {
      for (int i = 1; i <= 66; i++) {
        flume.send(rotating(i));
      }

      List<Escalation> escalations = flume.escalations();
      assertThat(escalations)
          .extracting(Escalation::getReason)
          .containsExactly(EscalationReason.AGENT, EscalationReason.AGENT);
      assertThat(escalations.get(0).getDigest()).isEqualTo(rotating(32).digest());
      assertThat(escalations.get(0).getCovers()).containsExactly(rotating(32).digest());
      assertThat(escalations.get(1).getDigest()).isEqualTo(rotating(64).digest());
      assertThat(flume.assessments().get(31).getDecision().getAgentMass())
          .isCloseTo(32 * EACH, within(0.2));
      skip(flume);
    }
  }

  @Test
  void shouldEscalateTheAgentWhenHalfIsKnownFromAnotherPartition() {
    try (Flume flume = Flume.ofPartitions(POLICY, 2)) {
      flume.send(here("spread", 1));
      tell(flume, "spread", 60);
      for (int i = 2; i <= 13; i++) {
        flume.send(here("spread", i));
      }

      Escalation escalation = flume.escalation();
      assertThat(escalation.getReason()).isEqualTo(EscalationReason.AGENT);
      assertThat(escalation.getAssessment().getDecision().getAgentMass())
          .isBetween(100.0, 100 + EACH);
      List<AgentRecord> records =
          flume.take(flume.topics().agentRecord()).stream()
              .filter(record -> record.value() != null)
              .map(record -> Codecs.AGENT_RECORD.decode(record.value()))
              .filter(record -> record.getAgentId().equals("spread"))
              .toList();
      assertThat(records.get(0).getUnreviewedMass()).isCloseTo(60, within(0.01));
      assertThat(flume.count(MetricNames.AGENTS_NEAR_LINE)).as("it counts anew").isZero();
      skip(flume);
    }
  }

  @Test
  void shouldEscalateOnceWhenTheRecordIsSlowToFollow() {
    try (Flume flume = Flume.ofPartitions(POLICY, 2)) {
      for (int i = 1; i <= 8; i++) {
        flume.send(here("spread", i).loses(0));
      }
      AgentRecord late =
          AgentRecord.newBuilder()
              .setSource("weir.actions")
              .setAgentId("spread")
              .setActions(9)
              .setEscalated(0)
              .setMass(150)
              .setUnreviewedMass(150)
              .setGeneration(7)
              .setAsOf(Flume.NOON)
              .setStanding(AgentStanding.UNKNOWN)
              .build();
      byte[] key = "weir.actions/spread".getBytes(StandardCharsets.UTF_8);
      flume.pipe("weir.agent-record", key, Codecs.AGENT_RECORD.encode(late), none(), Flume.NOON);

      flume.send(here("spread", 9), here("spread", 10), here("spread", 11));

      assertThat(flume.escalation().getDigest()).isEqualTo(here("spread", 9).digest());
      AgentExposure told = flume.agentExposures().get(0);
      assertThat(told.getCrossed()).isTrue();
      assertThat(told.getAnsweredGeneration()).isEqualTo(7);
      assertThat(told.getAnsweredMass()).isCloseTo(150, within(0.01));
      skip(flume);
    }
  }

  @Test
  void shouldEscalateNewcomersWhenEveryActionHasAFreshName() {
    try (Flume flume = Flume.open(POLICY)) {
      for (int i = 1; i <= 40; i++) {
        flume.send(of("fresh-" + i, i));
      }

      Escalation escalation = flume.escalation();
      assertThat(escalation.getReason()).isEqualTo(EscalationReason.AGENT);
      assertThat(escalation.getDigest()).isEqualTo(of("fresh-32", 32).digest());
      assertThat(flume.agentExposures()).extracting(AgentExposure::getAgentId).containsOnly("");
      skip(flume);
    }
  }

  @Test
  void shouldKeepItsTableSmallAndLoseNoMassWhenManyIdentitiesAct() {
    Map<String, String> few = Map.of(WeirConfig.AGENTS_MAX, "64");
    try (Flume flume = Flume.open(POLICY, few)) {
      int agents = 1_500;
      for (int i = 1; i <= agents; i++) {
        flume.send(of("fresh-" + i, i).task("one").loses(3));
      }

      double lines = agents * 1.0 / 100;
      assertThat((double) flume.escalations().size()).isBetween(lines - 2, lines);
      assertThat(agentsIn(flume)).isLessThanOrEqualTo(64 + 1);
      assertThat(shelved(flume)).as("newcomers alone were told of").isEqualTo(1);
      skip(flume);
    }
  }

  @Test
  void shouldWriteADeadLetterWhenWhatIsToldOfAnAgentCannotBeRead() {
    byte[] poison = {1, 2, 3};
    try (Flume flume = Flume.open(POLICY)) {
      AgentExposure endless = told("x", Double.POSITIVE_INFINITY);
      byte[] noNumber = Codecs.AGENT_EXPOSURE.encode(endless);
      flume
          .pipe("weir.agent-exposure", poison, poison, none(), Flume.NOON)
          .pipe("weir.agent-exposure", null, null, none(), Flume.NOON)
          .pipe("weir.agent-exposure", null, noNumber, none(), Flume.NOON)
          .pipe("weir.agent-record", poison, poison, none(), Flume.NOON)
          .pipe("weir.agent-record", null, poison, none(), Flume.NOON);

      assertThat(flume.deadLetters())
          .extracting(DeadLetter::getTopic)
          .containsExactly("weir.agent-exposure", "weir.agent-exposure", "weir.agent-exposure");
      assertThat(flume.internalRefused("weir.agent-exposure")).isEqualTo(3);
      assertThat(flume.internalRefused("weir.agent-record")).isEqualTo(2);
    }
  }

  @Test
  void shouldTellLittleWhenTrafficIsOrdinary() {
    try (Flume flume = Flume.open(Policies.lined(4, 4.5))) {
      for (int i = 1; i <= 800; i++) {
        flume.send(of("a-" + i % 20, i).loses(i % 50 == 0 ? 4 : 1));
      }

      List<Assessment> all = flume.assessments();
      assertThat(flume.agentExposures()).hasSizeLessThan(all.size() / 100);
      skip(flume);
    }
  }

  private static int agentsIn(Flume flume) {
    int agents = 0;
    try (KeyValueIterator<String, AgentBucket> all =
        flume.<String, AgentBucket>store(StoreNames.AGENTS).all()) {
      while (all.hasNext()) {
        agents += all.next().value.getAgents().size();
      }
    }
    return agents;
  }

  private static int shelved(Flume flume) {
    int agents = 0;
    try (KeyValueIterator<String, AgentShelf> all =
        flume.<String, AgentShelf>store(StoreNames.AGENT_SHELVES).all()) {
      while (all.hasNext()) {
        agents += all.next().value.getAgents().size();
      }
    }
    return agents;
  }

  private static void tell(Flume flume, String agent, double mass) {
    byte[] key = ("weir.actions/" + agent).getBytes(StandardCharsets.UTF_8);
    byte[] value = Codecs.AGENT_EXPOSURE.encode(told(agent, mass));
    flume.pipe("weir.agent-exposure", key, value, none(), Flume.NOON);
  }

  private static AgentExposure told(String agent, double mass) {
    return AgentExposure.newBuilder()
        .setSource("weir.actions")
        .setAgentId(agent)
        .setPartition(1)
        .setActions(20)
        .setEscalated(0)
        .setMass(mass)
        .setUnreviewedMass(mass)
        .setLineMass(100)
        .setAsOf(Flume.NOON)
        .build();
  }

  private static RecordHeaders none() {
    return new RecordHeaders();
  }

  private static void skip(Flume flume) {
    flume.skip(
        flume.topics().assessments(), flume.topics().taskRisk(), flume.topics().escalations());
    flume.skipFleet();
  }
}
