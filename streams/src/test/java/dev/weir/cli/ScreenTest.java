/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final StringWriter err = new StringWriter();

  @Test
  void shouldPrintLineEveryFiveSecondsWhenThereIsNoTerminal() throws IOException {
    try (Screen screen = Screen.open(new PrintWriter(err), true)) {
      for (int tenths = 0; tenths <= 120; tenths++) {
        screen.show(Frames.at(tenths / 10.0));
      }
    }

    assertThat(err.toString().lines())
        .containsExactly(
            "   5 s  1,000 of 1,006 actions assessed, 0/s; 3 escalated (0.300 %; budget 0.100 %),"
                + " 80.0 % of the risk captured",
            "  10 s  1,000 of 1,006 actions assessed, 0/s; 3 escalated (0.300 %; budget 0.100 %),"
                + " 80.0 % of the risk captured");
  }

  @Test
  void shouldShowTheRateWhenActionsWereSettled() throws IOException {
    try (Screen screen = Screen.open(new PrintWriter(err), true)) {
      screen.show(Frames.at(5));
    }

    assertThat(err.toString()).contains(" 201/s;");
  }

  @Test
  void shouldSayWhatToKnowWhenThereIsNoTerminal() throws IOException {
    try (Screen screen = Screen.open(new PrintWriter(err), true)) {
      screen.say("Kafka at 127.0.0.1:1");
    }

    assertThat(err.toString().lines()).containsExactly("Kafka at 127.0.0.1:1");
  }

  @Test
  void shouldShowThreeDigitsWhenShareIsSmall() {
    assertThat(Screen.percent(0.001)).isEqualTo("0.100 %");
    assertThat(Screen.percent(0.5)).isEqualTo("50.0 %");
    assertThat(Screen.percent(0)).isEqualTo("0.000 %");
  }

  @Test
  void shouldHaveTheDocumentedKeysWhenSummaryIsJson() throws IOException {
    assertThat(keys(Frames.at(10)))
        .containsExactly(
            "policy.id",
            "policy.digest",
            "actions.read",
            "actions.assessed",
            "actions.duplicates",
            "actions.dead_lettered",
            "actions.unscorable",
            "escalations.total",
            "escalations.mandatory",
            "escalations.priced",
            "escalations.audit",
            "escalations.task",
            "escalations.agent",
            "escalations.requested",
            "escalations.waiting",
            "escalations.tier_full",
            "escalations.by_tier.review",
            "tax.budget",
            "tax.realised",
            "mass.total",
            "mass.captured_share",
            "concentration.actions.count",
            "concentration.actions.gini",
            "concentration.actions.top_1_percent",
            "concentration.actions.top_0_1_percent",
            "concentration.actions.lorenz",
            "concentration.actions.tail.index",
            "concentration.actions.tail.standard_error",
            "concentration.actions.tail.exceedances",
            "concentration.actions.tail.warning",
            "concentration.tasks.count",
            "concentration.tasks.gini",
            "concentration.tasks.top_1_percent",
            "concentration.tasks.top_0_1_percent",
            "concentration.tasks.lorenz",
            "concentration.tasks.tail",
            "concentration.top_rule.rule",
            "concentration.top_rule.share",
            "concentration.top_ten_share",
            "concentration.worst",
            "concentration.confirmed",
            "concentration.viability.answer",
            "concentration.viability.audits",
            "concentration.viability.captured",
            "ledger.hours",
            "ledger.base_cost",
            "ledger.scorer_cost",
            "ledger.review_cost",
            "ledger.by_reason.priced",
            "ledger.by_reason.route",
            "ledger.by_tier.review",
            "ledger.mass_reviewed",
            "ledger.asserted.prevented",
            "ledger.asserted.missed",
            "ledger.asserted.net",
            "ledger.confirmed",
            "wall_seconds");
  }

  @Test
  void shouldAddTruthToTheSummaryWhenTheLogHasIt() throws IOException {
    assertThat(keys(Frames.withTruth()))
        .containsSubsequence("truth.harmful", "truth.harmful_escalated", "wall_seconds")
        .hasSize(keys(Frames.at(10)).size() + 2);
  }

  @Test
  void shouldAddUpWhenSummaryIsJson() throws IOException {
    JsonNode summary = new ObjectMapper().readTree(Summary.json(Frames.at(10)));

    assertThat(summary.at("/actions/read").asLong()).isEqualTo(1006);
    assertThat(summary.at("/escalations/total").asLong()).isEqualTo(3);
    assertThat(summary.at("/escalations/mandatory").asLong()).isEqualTo(1);
    assertThat(summary.at("/tax/budget").asDouble()).isEqualTo(0.1);
    assertThat(summary.at("/tax/realised").asDouble()).isEqualTo(0.3);
    assertThat(summary.at("/mass/captured_share").asDouble()).isEqualTo(0.8);
    assertThat(summary.at("/policy/digest").asText()).isEqualTo(Frames.POLICY.digestHex());
  }

  @Test
  void shouldHoldNumbersOnlyWhenNothingHappened() throws IOException {
    JsonNode summary = new ObjectMapper().readTree(Summary.json(Frames.empty()));

    assertThat(summary.at("/tax/realised").asDouble()).isZero();
    assertThat(summary.at("/mass/captured_share").isNumber()).isTrue();
    assertThat(summary.at("/escalations/by_tier").isEmpty()).isTrue();
    assertThat(Summary.text(Frames.empty())).doesNotContain("NaN").doesNotContain("First");
  }

  @Test
  void shouldTellTheStoryWhenSummaryIsText() {
    assertThat(Summary.text(Frames.withTruth()))
        .contains("Weir read 1,006 actions of 50 tasks in 10.0 s (101 a second).")
        .contains("1,000 assessed (7 of them unscorable), 4 repeated, 2 refused (MALFORMED_JSON 2)")
        .contains("1 more were too large for the broker itself")
        .contains("a tax of 30.0 % against a budget of 10.0 %; 1 of the escalations were mandatory")
        .contains("actions         1,000   0.900      50.0 %    80.0 %   0.80 ± 0.08")
        .contains("tasks              50   0.700           -         -   not told")
        .contains("Gini and shares mean little")
        .contains("one rule, money.sent, is behind 60.0 %; ten actions hold 75.0 %, the worst pay")
        .contains("as the policy wants? unknown, 0 audits")
        .contains("actions 1,000, scoring 0, reviews 300 (priced 200, route 100) cost units")
        .contains(
            "reviewed 4,000 LU; prevented 3,600, missed 1,400, net of costs 3,300 as asserted")
        .contains("Known to be harmful: 1; escalated of them: 1; the budget reaches 1 at most.")
        .contains("First escalation 1.5 s");
  }

  private static List<String> keys(Screen.Frame frame) throws IOException {
    List<String> keys = new ArrayList<>();
    collect("", new ObjectMapper().readTree(Summary.json(frame)), keys);
    return keys;
  }

  private static void collect(String path, JsonNode node, List<String> keys) {
    node.fields()
        .forEachRemaining(
            field -> {
              if (field.getValue().isObject()) {
                collect(path + field.getKey() + ".", field.getValue(), keys);
              } else {
                keys.add(path + field.getKey());
              }
            });
  }
}
