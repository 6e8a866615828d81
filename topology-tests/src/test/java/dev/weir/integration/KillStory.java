/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** Killed in the middle of its work, the monitor loses nothing and counts nothing twice. */
final class KillStory {
  private static final int TASKS = 200;
  private static final int KILLS = 2;
  private static final int BETWEEN_KILLS = 2000;

  private KillStory() {}

  /** Tells it with that kind of store. */
  static void tell(String store) throws Exception {
    try (Cluster cluster = Cluster.start("it-kill-" + store);
        Ledger ledger = cluster.ledger()) {
      Path config = write(cluster, store);
      int number = 0;
      for (int kill = 1; kill <= KILLS; kill++) {
        int enough = ledger.assessments().size() + BETWEEN_KILLS;
        try (Jvm monitor = Jvm.start(MonitorProcess.class, config.toString())) {
          while (ledger.assessments().size() < enough) {
            // Always more than it has done, so that it is killed at work.
            while (number * TASKS < ledger.assessments().size() + 2 * BETWEEN_KILLS) {
              publish(cluster, number++);
            }
            int before = ledger.assessments().size();
            ledger.await(
                "assessments", seen -> seen.assessments().size() > before || !monitor.alive());
            assertThat(monitor.alive()).as(monitor.err()).isTrue();
          }
          monitor.kill();
        }
        ledger.drain();
        assertThat(ledger.assessments()).hasSizeLessThan(cluster.published().size());
      }

      try (Jvm monitor = Jvm.start(MonitorProcess.class, config.toString())) {
        ledger.awaitAll(cluster.published());
        ledger.awaitHours();
        monitor.hangUp();
        assertThat(monitor.exit()).isZero();
      }
      ledger.drain();
      ledger.assertOneOutcomeOfEach(cluster.published());
      ledger.assertFoldsExact();
      assertThat(ledger.assessments()).hasSize(number * TASKS);
    }
  }

  private static void publish(Cluster cluster, int number) {
    for (int task = 0; task < TASKS; task++) {
      cluster.act("task-" + task, Events.json("task-" + task, number));
    }
  }

  private static Path write(Cluster cluster, String store) throws Exception {
    Map<String, String> properties = cluster.properties("killed");
    properties.put(WeirConfig.STORE, store);
    properties.put(WeirConfig.COMMIT_INTERVAL_MS, "50");
    properties.put(WeirConfig.LIVE_TASKS_MAX, "20"); // fewer than a partition's, so that some leave
    Properties written = new Properties();
    written.putAll(properties);
    Path file = Files.createDirectories(cluster.stateDir("config")).resolve("weir.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      written.store(out, null);
    }
    return file;
  }
}
