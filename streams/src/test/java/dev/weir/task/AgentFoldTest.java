/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.Standings;
import dev.weir.event.AgentExposure;
import dev.weir.event.AgentRecord;
import dev.weir.event.AgentStanding;
import dev.weir.state.AgentShelf;
import dev.weir.task.AgentFold.StandingChange;
import dev.weir.task.AgentFold.Telling;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What reviewers found of agents, added up. */
class AgentFoldTest {
  private static final double LINE = 100;

  private final Map<String, AgentShelf> shelves = new HashMap<>();
  private final AgentFold fold =
      new AgentFold(
          new Kept<AgentShelf>() {
            @Override
            public @Nullable AgentShelf get(String key) {
              return shelves.get(key);
            }

            @Override
            public void put(String key, AgentShelf value) {
              shelves.put(key, value);
            }
          },
          AgentTable.WAYS,
          FoldRules.DEFAULT,
          Standings::judge);

  private static AgentExposure.Builder told(String agentId) {
    return AgentExposure.newBuilder()
        .setSource("s")
        .setAgentId(agentId)
        .setPartition(0)
        .setActions(0)
        .setEscalated(0)
        .setMass(0)
        .setUnreviewedMass(0)
        .setLineMass(LINE)
        .setAsOf(Instant.EPOCH);
  }

  private AgentFold.Folding answered(String agentId, int answers, int found, double expected) {
    return fold.fold(
        told(agentId).setAnswers(answers).setFound(found).setExpected(expected).build(), 1);
  }

  private AgentFold.Folding acted(String agentId, double mass) {
    return fold.fold(told(agentId).setActions(1).setMass(mass).setUnreviewedMass(mass).build(), 1);
  }

  private static @Nullable AgentRecord only(List<Telling> tellings) {
    assertThat(tellings).hasSize(1);
    return tellings.get(0).record();
  }

  @Test
  void shouldTellOfAnAgentOnceItStandsOut() {
    assertThat(answered("a", 5, 2, 0.5).tellings()).isEmpty();

    AgentFold.Folding folding = answered("a", 15, 12, 1.5);

    AgentRecord record = only(folding.tellings());
    assertThat(record.getStanding()).isEqualTo(AgentStanding.WORSE);
    assertThat(record.getAnswers()).isEqualTo(20);
    assertThat(record.getFound()).isEqualTo(14);
    assertThat(record.getExpected()).isEqualTo(2);
    assertThat(record.getRatioLow()).isGreaterThan(1);
    assertThat(record.getNearLine()).isFalse();
    assertThat(folding.standings())
        .containsExactly(new StandingChange(AgentStanding.UNKNOWN, AgentStanding.WORSE));
  }

  @Test
  void shouldTakeItBackWhenItDoesNotAnyMore() {
    answered("a", 20, 14, 2);

    assertThat(only(answered("a", 200, 2, 20).tellings())).isNull();
  }

  @Test
  void shouldKeepTellingOfItWhenItLeavesItsLine() {
    answered("a", 20, 14, 2);
    assertThat(only(acted("a", 80).tellings()).getNearLine()).isTrue();

    AgentExposure reviewed =
        told("a").setCrossed(true).setAnsweredMass(80).setAnsweredGeneration(-1).build();
    AgentRecord record = only(fold.fold(reviewed, 1).tellings());

    assertThat(record.getNearLine()).isFalse();
    assertThat(record.getStanding()).isEqualTo(AgentStanding.WORSE);
  }

  /** Names that anybody can make up displace nobody of whom something was found. */
  @Test
  void shouldKeepWhatWasFoundWhenItsShelfIsFlooded() {
    answered("worse", 20, 14, 2);
    answered("begun", 2, 1, 0.2);
    for (int i = 0; i < 1_000; i++) {
      acted("fresh-" + i, 10 + i);
    }

    assertThat(only(answered("worse", 1, 0, 0.1).tellings()).getAnswers()).isEqualTo(21);
    assertThat(only(answered("begun", 18, 13, 1.8).tellings()).getAnswers()).isEqualTo(20);
    assertThat(shelves.get("0").getAgents()).hasSize(AgentTable.WAYS);
  }

  @Test
  void shouldForgetWhoStandsOutWhenOnlySuchAreLeft() {
    for (int i = 0; i < AgentTable.WAYS; i++) {
      answered("a-" + i, 20, 14 + i, 2);
    }

    AgentFold.Folding folding = answered("b", 20, 30, 2);

    assertThat(folding.tellings()).extracting(Telling::agentId).containsExactly("b", "a-0");
    assertThat(folding.tellings().get(1).record()).isNull();
    assertThat(folding.standings())
        .containsExactlyInAnyOrder(
            new StandingChange(null, AgentStanding.WORSE),
            new StandingChange(AgentStanding.WORSE, null));
  }
}
