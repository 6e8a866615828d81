/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A monitor that was stopped in good order goes on where it was. */
class ITRestart {
  private static final int TASKS = 40;
  private static final int HALF = 25;

  @Test
  void shouldGoOnWhereItWasWhenRestartedOnItsState() throws Exception {
    restart(false);
  }

  @Test
  void shouldRestoreFromChangelogsWhenItsStateIsGone() throws Exception {
    restart(true);
  }

  private static void restart(boolean stateGone) throws Exception {
    try (Cluster cluster = Cluster.start("it-restart");
        Ledger ledger = cluster.ledger()) {
      try (Instance first = cluster.run("one")) {
        publish(cluster, 0, HALF);
        ledger.awaitAll(cluster.published());
        assertThat(first.sound()).isTrue();
      }
      if (stateGone) {
        Cluster.delete(cluster.stateDir("one"));
      }

      publish(cluster, HALF - 1, 2 * HALF); // begins with the last of the first half: a repetition
      List<Place> places;
      try (Instance second = cluster.run("one")) {
        places = cluster.published();
        ledger.awaitAll(places);
        ledger.awaitHours();
        assertThat(second.sound()).isTrue();
      }

      ledger.drain();
      ledger.assertOneOutcomeOfEach(places);
      ledger.assertFoldsExact();
      assertThat(ledger.assessments()).hasSize(TASKS * 2 * HALF);
      assertThat(ledger.duplicates())
          .hasSize(TASKS)
          .allSatisfy(notice -> assertThat(notice.getEventId()).endsWith("-" + (HALF - 1)));
      assertThat(ledger.deadLetters()).isEmpty();
    }
  }

  private static void publish(Cluster cluster, int from, int to) {
    for (int number = from; number < to; number++) {
      for (int task = 0; task < TASKS; task++) {
        cluster.act("task-" + task, Events.json("task-" + task, number));
      }
    }
  }
}
