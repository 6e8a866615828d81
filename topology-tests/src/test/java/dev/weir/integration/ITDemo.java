/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.cli.Weir;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code weir demo} as a user runs it: in a process of its own. */
class ITDemo {
  private static final int LOG_ACTIONS = 18_386;
  private static final double REVIEW_COST = 100;

  /**
   * Reviews by which a run far shorter than a window may stray: the two that any window may, and
   * one of each partition that cannot know yet what the other three are spending.
   */
  private static final int STRAY_REVIEWS = 2 + 4;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Test
  void shouldPrintOneDocumentAndLeaveNothingWhenRunOnce() throws Exception {
    JsonNode summary = summary("demo", "--once", "--json", "--tasks", "300");

    assertThat(names(summary))
        .containsExactly(
            "policy",
            "actions",
            "escalations",
            "tax",
            "mass",
            "concentration",
            "ledger",
            "truth",
            "wall_seconds");
    assertThat(names(summary.get("policy"))).containsExactly("id", "digest");
    assertThat(names(summary.get("actions")))
        .containsExactly("read", "assessed", "duplicates", "dead_lettered", "unscorable");
    assertThat(names(summary.get("escalations")))
        .contains("total", "mandatory", "priced", "audit", "task", "by_tier");
    assertThat(names(summary.get("tax"))).containsExactly("budget", "realised");
    assertThat(names(summary.get("mass"))).containsExactly("total", "captured_share");
    assertThat(names(summary.get("concentration"))).contains("actions", "tasks", "agents");
    for (String of : List.of("actions", "tasks", "agents")) {
      assertThat(names(summary.get("concentration").get(of)))
          .contains("gini", "top_1_percent", "top_0_1_percent");
    }
    assertThat(names(summary.get("ledger"))).contains("hours", "base_cost", "review_cost");
    assertThat(names(summary.get("truth"))).containsExactly("harmful", "harmful_escalated");
    checkSums(summary);
    assertThat(summary.at("/actions/read").asLong()).isGreaterThan(300);
    assertThat(summary.at("/escalations/total").asLong()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void shouldLeaveNothingWhenStoppedAtWork(String signal) throws Exception {
    assumeTrue(!ignored(signal), "SIG" + signal + " is ignored by this process and its children");
    try (Jvm demo = Jvm.start(Weir.class, "demo", "--plain", "--duration", "10m")) {
      Await.until("its work", () -> demo.err().contains("assessed"), () -> said(demo));
      assertThat(demo.temporaries()).isNotEmpty();
      demo.signal(signal);
      demo.exit();
      assertThat(demo.temporaries()).isEmpty();
    }
  }

  @Test
  void shouldMeetTheBudgetWhenItReplaysTheLog() throws Exception {
    String log = Logs.fleet().toString();
    JsonNode dear = summary("demo", "--once", "--json", "--log", log, "--tax", "1.0");
    checkSums(dear);
    assertThat(dear.at("/actions/read").asInt()).isEqualTo(LOG_ACTIONS);
    assertThat(budgeted(dear)).isCloseTo(1.0, within(0.1));

    JsonNode cheap = summary("demo", "--once", "--json", "--log", log);
    checkSums(cheap);
    assertThat(cheap.at("/actions/read").asInt()).isEqualTo(LOG_ACTIONS);
    assertThat(cheap.at("/tax/budget").asDouble()).isEqualTo(0.10);
    double reviewTax = REVIEW_COST / cheap.at("/actions/assessed").asDouble();
    assertThat(budgeted(cheap)).isCloseTo(0.10, within(STRAY_REVIEWS * reviewTax));
  }

  /** The realised tax without reviews of lines, which are paid apart from the budget. */
  private static double budgeted(JsonNode summary) {
    JsonNode reasons = summary.at("/ledger/by_reason");
    double lines = reasons.path("task").asDouble() + reasons.path("agent").asDouble();
    double baseCost = summary.at("/ledger/base_cost").asDouble();
    return summary.at("/tax/realised").asDouble() - lines / baseCost;
  }

  private static JsonNode summary(String... args) throws Exception {
    try (Jvm demo = Jvm.start(Weir.class, args)) {
      assertThat(demo.exit()).as(demo.err()).isZero();
      assertThat(demo.temporaries()).isEmpty();
      return JSON.readTree(demo.out());
    }
  }

  private static void checkSums(JsonNode summary) {
    JsonNode actions = summary.get("actions");
    assertThat(
            actions.get("assessed").asLong()
                + actions.get("duplicates").asLong()
                + actions.get("dead_lettered").asLong())
        .isEqualTo(actions.get("read").asLong());
    JsonNode escalations = summary.get("escalations");
    long byReason = 0;
    for (String reason : List.of("mandatory", "priced", "audit", "task", "agent")) {
      byReason += escalations.get(reason).asLong();
    }
    assertThat(byReason).isEqualTo(escalations.get("total").asLong());
    long byTier = 0;
    for (JsonNode tier : escalations.get("by_tier")) {
      byTier += tier.asLong();
    }
    assertThat(byTier).isEqualTo(escalations.get("total").asLong());
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** A shell without job control starts what is in its background so. */
  private static boolean ignored(String signal) throws Exception {
    Path status = Path.of("/proc/self/status");
    if (!signal.equals("INT") || !Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).trim(), 16) & 2) != 0);
  }

  private static String said(Jvm demo) {
    try {
      return demo.err();
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
