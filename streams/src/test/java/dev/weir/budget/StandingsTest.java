/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.AgentRecord;
import dev.weir.event.AgentStanding;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StandingsTest {
  private static AgentRecord judged(long answers, long found, double expected) {
    AgentRecord record =
        AgentRecord.newBuilder()
            .setSource("s")
            .setAgentId("a")
            .setActions(0)
            .setEscalated(0)
            .setMass(0)
            .setUnreviewedMass(0)
            .setGeneration(0)
            .setAsOf(Instant.EPOCH)
            .setStanding(AgentStanding.UNKNOWN)
            .setAnswers(answers)
            .setFound(found)
            .setExpected(expected)
            .setExpectedLeast(expected)
            .build();
    Standings.judge(record);
    return record;
  }

  @Test
  void shouldSayWhatTheBoundsAllow() {
    assertThat(judged(40, 20, 4).getStanding()).isEqualTo(AgentStanding.WORSE);
    assertThat(judged(40, 20, 4).getRatioLow()).isBetween(1.5, 5.0);
    assertThat(judged(400, 1, 20).getStanding()).isEqualTo(AgentStanding.BETTER);
    assertThat(judged(4000, 400, 400).getStanding()).isEqualTo(AgentStanding.ALIKE);
    assertThat(judged(40, 5, 4).getStanding()).isEqualTo(AgentStanding.UNKNOWN);
  }

  @Test
  void shouldSayNothingBeforeThereIsEnough() {
    assertThat(judged(0, 0, 0).getStanding()).isEqualTo(AgentStanding.UNKNOWN);
    assertThat(judged(9, 9, 0.5).getStanding()).isEqualTo(AgentStanding.UNKNOWN);
    assertThat(judged(10, 9, 0.5).getStanding()).isEqualTo(AgentStanding.WORSE);
    assertThat(judged(1000, 3, 1e-9).getStanding()).isEqualTo(AgentStanding.UNKNOWN);
    assertThat(judged(1000, 4, 1e-9).getStanding()).isEqualTo(AgentStanding.WORSE);
  }
}
