/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.event.AgentEvidence;
import dev.weir.event.AgentRecord;
import dev.weir.event.AgentStanding;
import dev.weir.event.Assessment;
import dev.weir.event.Contribution;
import dev.weir.event.Dimension;
import dev.weir.event.Escalation;
import dev.weir.event.VerdictDecision;
import dev.weir.metrics.MetricNames;
import dev.weir.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What reviewers find of an agent's actions, and what later scores make of it. */
class AgentRecordStoryTest {
  private static final String GATEWAY = "weir.actions.gateway";
  private static final String DEFAULT = "weir.actions";

  private static Flume open(String record) {
    String all = "budget: {ceilings: {route: 1}, tax";
    Policy policy =
        Policies.load(Policies.reservedDraft(1).yaml().replace("budget: {tax", record + all));
    return Flume.open(policy).register(Jury.person("ann", "expert"));
  }

  private static final String READS = "agent_record: 0.5\n";

  /** A launch is always reviewed. */
  private static Act launch(String agent, String eventId) {
    return Act.of(eventId)
        .task("of-" + eventId)
        .tool("launch")
        .with("agent", "{\"id\":\"" + agent + "\"}");
  }

  private static void tell(Flume flume, String source, Act act, Instant at) {
    flume.pipe(source, null, act.json(), new RecordHeaders(), at);
  }

  private static void reviewed(
      Flume flume, String source, Act act, VerdictDecision decision, Instant at) {
    tell(flume, source, act, at);
    List<Escalation> escalations =
        Stream.concat(flume.escalations().stream(), flume.waiting().stream()).toList();
    assertThat(escalations).hasSize(1);
    flume.answer(Jury.says("ann", escalations.get(0), decision), at.plusSeconds(1));
  }

  /** So many launches of an agent, each of a task of its own, decided so. */
  private static void work(
      Flume flume, String source, String agent, int launches, VerdictDecision decision) {
    for (int i = 0; i < launches; i++) {
      String id = agent + "-" + decision + "-" + i;
      reviewed(flume, source, launch(agent, id), decision, Flume.NOON.plusSeconds(i));
    }
  }

  private static Assessment scored(Flume flume, String source, String agent, String eventId) {
    flume.skip(flume.topics().assessments());
    tell(flume, source, launch(agent, eventId).tool("touch"), Flume.NOON.plusSeconds(900));
    return flume.assessment();
  }

  private static void skipRest(Flume flume) {
    flume.skip(
        flume.topics().assessments(),
        flume.topics().escalations(),
        flume.topics().taskRisk(),
        flume.topics().signals());
    flume.skipFleet();
  }

  private static double agents(Flume flume, AgentStanding standing) {
    return flume.metrics().value(MetricNames.AGENTS, "standing", standing.name());
  }

  @Test
  void shouldRaiseTheScoresOfAnAgentThatIsWorseThanItsWorkExplains() {
    try (Flume flume = open(READS)) {
      double before = scored(flume, GATEWAY, "bad", "s-0").getScore().getLikelihood();
      work(flume, GATEWAY, "good", 40, VerdictDecision.APPROVE);
      work(flume, GATEWAY, "bad", 12, VerdictDecision.DENY);

      AgentRecord record = flume.agentRecords().stream().reduce((a, b) -> b).orElseThrow();
      assertThat(record.getAgentId()).isEqualTo("bad");
      assertThat(record.getSource()).isEqualTo(GATEWAY);
      assertThat(record.getStanding()).isEqualTo(AgentStanding.WORSE);
      assertThat(record.getAnswers()).isEqualTo(12);
      assertThat(record.getFound()).isEqualTo(12);
      assertThat(record.getExpected()).isBetween(1.0, 3.0);
      assertThat(agents(flume, AgentStanding.WORSE)).isEqualTo(1);
      assertThat(agents(flume, AgentStanding.UNKNOWN))
          .as("where nothing was found of anybody else, nobody is better for it")
          .isEqualTo(1);
      assertThat(flume.count(MetricNames.AGENTS_NEAR_LINE)).isZero();

      Assessment after = scored(flume, GATEWAY, "bad", "s-1");
      AgentEvidence evidence = after.getAgentEvidence();
      assertThat(evidence)
          .isEqualTo(
              new AgentEvidence(
                  record.getAnswers(),
                  record.getFound(),
                  record.getExpected(),
                  record.getRatioLow()));
      double raised = Math.min(0.5, Math.log10(evidence.getRatioLow()));
      assertThat(after.getScore().getContributions())
          .filteredOn(c -> c.getDimension() == Dimension.RECORD)
          .singleElement()
          .satisfies(c -> assertThat(c.getValue()).isEqualTo(raised))
          .satisfies(c -> assertThat(c.getCounted()).isTrue());
      assertThat(after.getScore().getLikelihood()).isCloseTo(before + raised, within(0.01));
      skipRest(flume);
    }
  }

  @Test
  void shouldLeaveAllOthersAsTheyWere() {
    try (Flume flume = open(READS)) {
      double before = scored(flume, GATEWAY, "good", "s-0").getScore().getLikelihood();
      work(flume, GATEWAY, "good", 60, VerdictDecision.APPROVE);
      work(flume, GATEWAY, "bad", 12, VerdictDecision.DENY);

      for (Assessment other :
          List.of(
              scored(flume, GATEWAY, "good", "s-1"),
              scored(flume, GATEWAY, "new", "s-2"),
              scored(flume, DEFAULT, "bad", "s-3"))) {
        assertThat(other.getAgentEvidence()).isNull();
        assertThat(other.getScore().getLikelihood()).isEqualTo(before);
        assertThat(other.getScore().getContributions())
            .extracting(Contribution::getDimension)
            .doesNotContain(Dimension.RECORD);
      }
      skipRest(flume);
    }
  }

  /** Where anybody could take its name, nothing is held against an agent, nor for it. */
  @Test
  void shouldKeepNoRecordOfANameThatNobodyAttests() {
    try (Flume flume = open(READS)) {
      work(flume, GATEWAY, "good", 40, VerdictDecision.APPROVE);
      work(flume, DEFAULT, "good", 20, VerdictDecision.DENY);

      assertThat(flume.agentRecords()).noneMatch(r -> r.getStanding() == AgentStanding.WORSE);
      assertThat(agents(flume, AgentStanding.WORSE)).isZero();
      assertThat(scored(flume, DEFAULT, "good", "s-1").getAgentEvidence()).isNull();
      assertThat(scored(flume, GATEWAY, "good", "s-2").getAgentEvidence()).isNull();
      skipRest(flume);
    }
  }

  @Test
  void shouldTakeWhatIsFoundOfOneTaskWithinAnHourAsOneFinding() {
    try (Flume flume = open(READS)) {
      work(flume, GATEWAY, "good", 40, VerdictDecision.APPROVE);
      for (int i = 0; i < 30; i++) {
        Act act = launch("bad", "b-" + i).task("t-1");
        reviewed(flume, GATEWAY, act, VerdictDecision.DENY, Flume.NOON.plusSeconds(60 + i));
      }
      assertThat(flume.agentRecords()).noneMatch(r -> r.getStanding() == AgentStanding.WORSE);

      for (int i = 1; i < 13; i++) {
        Act act = launch("bad", "c-" + i).task("t-1");
        Instant at = Flume.NOON.plus(Duration.ofHours(2 * i));
        reviewed(flume, GATEWAY, act, VerdictDecision.DENY, at);
      }
      assertThat(found(flume)).as("an hour later it counts again").isEqualTo(13);
      skipRest(flume);
    }
  }

  private static long found(Flume flume) {
    return flume.agentExposures().stream().mapToLong(told -> told.getFound()).sum();
  }

  /** A reviewer who denies what anybody does makes nobody look worse than others. */
  @Test
  void shouldCallNobodyWorseWhenAReviewerDeniesAllOfAll() {
    try (Flume flume = open(READS)) {
      for (int i = 0; i < 40; i++) {
        for (String agent : List.of("a", "b", "c")) {
          Instant at = Flume.NOON.plusSeconds(10L * i);
          reviewed(flume, GATEWAY, launch(agent, agent + i), VerdictDecision.DENY, at);
        }
      }

      assertThat(agents(flume, AgentStanding.WORSE)).isZero();
      assertThat(found(flume)).isEqualTo(120);
      skipRest(flume);
    }
  }

  @Test
  void shouldReadNoRecordWhereThePolicySaysNothingOfIt() {
    try (Flume flume = open("")) {
      work(flume, GATEWAY, "good", 40, VerdictDecision.APPROVE);
      work(flume, GATEWAY, "bad", 12, VerdictDecision.DENY);

      assertThat(agents(flume, AgentStanding.WORSE)).isEqualTo(1);
      Assessment after = scored(flume, GATEWAY, "bad", "s-1");
      assertThat(after.getAgentEvidence()).isNull();
      assertThat(after.getScore().getContributions())
          .extracting(Contribution::getDimension)
          .doesNotContain(Dimension.RECORD);
      skipRest(flume);
    }
  }
}
