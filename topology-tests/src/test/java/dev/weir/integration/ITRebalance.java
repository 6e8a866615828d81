/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Instances come and go; every action is assessed once, and no task loses count. */
class ITRebalance {
  private static final int TASKS = 60;
  private static final int ROUND = 10;

  @Test
  void shouldAssessEveryActionOnceWhenInstancesComeAndGo() throws Exception {
    try (Cluster cluster = Cluster.start("it-rebalance");
        Ledger ledger = cluster.ledger()) {
      Instance first = cluster.run("one");
      int number = publish(cluster, 0);
      ledger.await("the first assessments", seen -> !seen.assessments().isEmpty());

      Instance second = cluster.run("two");
      while (second.activeTasks() == 0) {
        number = publish(cluster, number);
        int wanted = ledger.assessments().size() + TASKS;
        ledger.await("work while it moves", seen -> seen.assessments().size() >= wanted);
      }
      number = publish(cluster, number);
      ledger.awaitAll(cluster.published());
      assertThat(first.sound()).isTrue();
      assertThat(first.activeTasks()).isPositive();

      publish(cluster, number);
      first.close();
      ledger.awaitAll(cluster.published());
      assertThat(second.sound()).isTrue();
      second.close();

      ledger.drain();
      ledger.assertOneOutcomeOfEach(cluster.published());
      ledger.assertFoldsExact();
      assertThat(ledger.assessments()).hasSameSizeAs(cluster.published());
    }
  }

  /** One round of actions of every task; the next action's number. */
  private static int publish(Cluster cluster, int from) {
    for (int number = from; number < from + ROUND; number++) {
      for (int task = 0; task < TASKS; task++) {
        cluster.act("task-" + task, Events.json("task-" + task, number));
      }
    }
    return from + ROUND;
  }
}
