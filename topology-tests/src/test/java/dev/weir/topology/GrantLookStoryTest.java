/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.DispositionKind;
import dev.weir.event.Grant;
import dev.weir.metrics.MetricNames;
import dev.weir.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** One agent asks for more than is looked at at a time: others' deadlines pass all the same. */
class GrantLookStoryTest {
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration OVERDUE = Duration.ofMinutes(61);

  /** Each of a task of its own, so that none is the like of another. */
  private static Act shipment(String eventId, int bytes) {
    return Act.of(eventId)
        .task("of-" + eventId)
        .tool("ship")
        .text("phase", "PROPOSED")
        .with("arguments", "{\"loss\":0,\"note\":\"%s\"}".formatted("x".repeat(bytes)));
  }

  private static void tell(Flume flume, Act act, Instant at) {
    flume.pipe("weir.actions.gateway", null, act.json(), new RecordHeaders(), at);
  }

  private static void hold(Flume flume, int count, int bytes) {
    for (int i = 0; i < count; i++) {
      tell(flume, shipment("e-" + i, bytes), Flume.NOON);
    }
    assertThat(flume.dispositions()).hasSize(count);
  }

  private static double passedOn(Flume flume) {
    return flume.metrics().value(MetricNames.REVIEWS_ENDED, "outcome", "PASSED_ON");
  }

  private static Grant ships(long generation, String condition) {
    return Guild.ships(
        "g-1",
        g -> {
          g.setGeneration(generation);
          g.setCondition(condition);
        });
  }

  private static Policy policy() {
    return Policies.reserved("budget: {tax", "lines: {agent: 9}\nbudget: {tax");
  }

  private static void skipAll(Flume flume) {
    flume.skip(
        flume.topics().assessments(),
        flume.topics().escalations(),
        flume.topics().waiting(),
        flume.topics().taskRisk(),
        flume.topics().verdicts(),
        flume.topics().signals());
    flume.skipFleet();
  }

  /** Passing on starts no look: else the other would wait until all of the agent was read. */
  @Test
  void shouldLetOthersPassOnWhenMuchOfOneAgentWasPassedOn() {
    String board = "deadline: 1h}\n  - {id: board, cost: 500, assurance: 0.99, deadline: 2h}";
    try (Flume flume = Flume.open(Policies.reserved("deadline: 1h}", board))) {
      hold(flume, 100, 100_000);
      flume.issue(ships(1, "args.loss < 0")).pass(TICK).pass(TICK).pass(TICK);
      Act other = shipment("other", 0).with("agent", "{\"id\":\"a-2\"}");
      tell(flume, other, Flume.NOON.plus(Duration.ofMinutes(10)));
      flume.disposition();

      flume.pass(OVERDUE);
      assertThat(passedOn(flume)).isEqualTo(100);
      flume.pass(Duration.ofMinutes(10));

      assertThat(passedOn(flume)).isEqualTo(101);
      skipAll(flume);
    }
  }

  @Test
  void shouldWaitAMinuteAtMostWhenGrantsChangeFasterThanTheyAreLookedAt() {
    try (Flume flume = Flume.open(policy())) {
      hold(flume, 100, 100_000);
      flume.issue(ships(1, "args.loss < 0")).pass(OVERDUE);
      for (int tick = 2; tick <= 60; tick++) {
        flume.issue(ships(tick, "args.loss < 0")).pass(TICK);
      }
      assertThat(flume.dispositions()).as("they wait").isEmpty();

      flume.issue(ships(61, "args.loss < 0")).pass(TICK);

      assertThat(flume.dispositions())
          .hasSize(100)
          .allMatch(disposition -> disposition.getKind() == DispositionKind.EXPIRED);
      skipAll(flume);
    }
  }

  @Test
  void shouldReadABoundedAmountAtATimeAndAllInTheEnd() {
    try (Flume flume = Flume.open(policy())) {
      hold(flume, 100, 100_000);

      flume.issue(ships(1, null)).pass(TICK);
      int first = flume.dispositions().size();
      flume.pass(TICK).pass(TICK);

      assertThat(first).isBetween(1, 60);
      assertThat(flume.dispositions())
          .hasSize(100 - first)
          .allMatch(disposition -> disposition.getKind() == DispositionKind.RELEASED);
      skipAll(flume);
    }
  }
}
