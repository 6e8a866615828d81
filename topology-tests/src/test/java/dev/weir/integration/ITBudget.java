/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.event.Assessment;
import dev.weir.policy.Policy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Two instances share eight partitions, and one budget. */
class ITBudget {
  private static final int PARTITIONS = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void shouldMeetTheBudgetOfALogWhenTwoInstancesShareEightPartitions() throws Exception {
    Path log = Logs.fleet();
    Policy policy = Cluster.POLICY.withTax(1);
    try (Cluster cluster = Cluster.start("it-budget", PARTITIONS);
        Ledger ledger = cluster.ledger()) {
      Instance first = cluster.run("one", cluster.properties("one"), policy);
      Instance second = cluster.run("two", cluster.properties("two"), policy);
      Await.until("work for both", () -> first.activeTasks() > 0 && second.activeTasks() > 0);

      publish(cluster, log);
      ledger.awaitAll(cluster.published());

      assertThat(first.sound() && second.sound()).isTrue();
      double base = sum(ledger, assessment -> assessment.getDecision().getBaseCost());
      double spent = sum(ledger, assessment -> assessment.getDecision().getReviewCost());
      assertThat(base).isGreaterThan(18_000);
      assertThat(spent / base).as("tax").isCloseTo(1, within(0.1));
      assertThat(ledger.assessments().stream().map(Assessment::getPartition).distinct())
          .hasSize(PARTITIONS);
    }
  }

  private interface Cost {
    double of(Assessment assessment);
  }

  private static double sum(Ledger ledger, Cost cost) {
    return ledger.assessments().stream().mapToDouble(cost::of).sum();
  }

  private static void publish(Cluster cluster, Path log) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(log)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String task = JSON.readTree(line).get("task_id").asText();
        cluster.act(task, line.getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
