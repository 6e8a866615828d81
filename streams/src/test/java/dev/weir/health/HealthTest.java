/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final TopicPartition P0 = new TopicPartition("weir.actions", 0);
  private static final TopicPartition P1 = new TopicPartition("weir.actions", 1);

  private Vitals vitals = new Vitals(State.CREATED, 2, Map.of(), 0);
  private long nowMs = 1_000;
  private final Health health =
      new Health(() -> vitals, () -> nowMs, new Health.Limits(2, 300_000, 30_000));

  @Test
  void shouldLiveButNotBeReadyWhenStarting() {
    assertThat(health.live().ok()).isTrue();
    assertThat(health.ready().ok()).isFalse();
    assertThat(health.ready().reason()).contains("no progress yet");
  }

  @Test
  void shouldNotBeReadyWhenOnlyTheStateSaysRunning() {
    observe(State.RUNNING, Map.of(P0, 100L), 50);
    assertThat(health.ready().ok()).isFalse();
  }

  @Test
  void shouldBeReadyWhenCommittedOffsetsAdvance() {
    observe(State.RUNNING, Map.of(P0, 100L), 50);
    observe(State.RUNNING, Map.of(P0, 120L), 30);
    assertThat(health.ready().ok()).isTrue();
    assertThat(health.ready().reason()).contains("lag 30");
  }

  @Test
  void shouldBeReadyWhenCaughtUpWithNothingToCommit() {
    observe(State.RUNNING, Map.of(), 0);
    assertThat(health.ready().ok()).isTrue();
  }

  @Test
  void shouldStayReadyWhenRebalanceIsShort() {
    observe(State.RUNNING, Map.of(P0, 100L), 0);
    nowMs += 20_000;
    observe(State.REBALANCING, Map.of(), 0);
    assertThat(health.ready().ok()).isTrue();

    nowMs += 20_000;
    assertThat(health.ready().ok()).isFalse();
    assertThat(health.live().ok()).isTrue();
  }

  @Test
  void shouldNotTakeAnotherPartitionsOffsetForProgressWhenAssigned() {
    observe(State.RUNNING, Map.of(P0, 100L), 10);
    observe(State.RUNNING, Map.of(P0, 100L, P1, 7_000L), 10);
    assertThat(health.ready().ok()).isFalse();
  }

  @Test
  void shouldLiveWhenRestoringTakesLong() {
    observe(State.REBALANCING, Map.of(), 0);
    nowMs += 3_600_000;
    assertThat(health.live().ok()).isTrue();

    observe(State.RUNNING, Map.of(P0, 1L), 900);
    assertThat(health.live().ok()).isTrue();
  }

  @Test
  void shouldDieWhenNothingIsCommittedThoughThereIsLag() {
    observe(State.RUNNING, Map.of(P0, 100L), 10);
    nowMs += 300_001;
    assertThat(health.live().ok()).isFalse();
    assertThat(health.live().reason()).isEqualTo("nothing committed for 300 s, lag 10");
  }

  @Test
  void shouldLiveWhenQuietBecauseNothingIsToBeRead() {
    observe(State.RUNNING, Map.of(P0, 100L), 0);
    nowMs += 3_600_000;
    assertThat(health.live().ok()).isTrue();
    assertThat(health.ready().ok()).isTrue();
  }

  @Test
  void shouldDieWhenAThreadHasDied() {
    vitals = new Vitals(State.RUNNING, 1, Map.of(P0, 100L), 0);
    assertThat(health.live().ok()).isFalse();
    assertThat(health.live().reason()).isEqualTo("1 of 2 stream threads live");
    assertThat(health.ready().ok()).isFalse();
  }

  @Test
  void shouldDieWhenClientHasEnded() {
    for (State state : new State[] {State.ERROR, State.PENDING_ERROR, State.NOT_RUNNING}) {
      vitals = new Vitals(state, 0, Map.of(), 0);
      assertThat(health.live()).isEqualTo(new Health.Answer(false, "client is " + state));
    }
  }

  @Test
  void shouldNotBeReadyWhenARequirementIsNotMet() {
    observe(State.RUNNING, Map.of(P0, 100L), 0);
    health.require(() -> false, "no valid active policy");
    assertThat(health.ready()).isEqualTo(new Health.Answer(false, "no valid active policy"));
    assertThat(health.live().ok()).isTrue();
  }

  private void observe(State state, Map<TopicPartition, Long> committed, long lag) {
    vitals = new Vitals(state, 2, committed, lag);
    health.live();
  }
}
