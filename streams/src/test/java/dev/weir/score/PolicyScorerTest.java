/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.action.Action;
import dev.weir.event.AgentEvidence;
import dev.weir.event.ArgumentsState;
import dev.weir.event.Contribution;
import dev.weir.policy.PolicyLoader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PolicyScorerTest {
  static Scorer scorer(String rules) {
    String head =
        """
        weir: 1
        id: p
        version: "1"
        prior: -2
        budget: {tax: 0.1}
        tiers:
          - {id: expert, cost: 100, deadline: 1h}
        sources:
          trusted: {attests: [objective, cost, environment, agent, annotations, trust, attributes]}
        servers: [safe]
        environments: {TEST: -2}
        classes:
          pay: {prior: -1, needs_arguments: true, because: pays}
          read: {prior: -4, because: reads}
        """;
    return new PolicyScorer(
        PolicyLoader.load("p", (head + rules).getBytes(StandardCharsets.UTF_8)));
  }

  private static final String RECORDS = "agent_record: 0.5\n";

  private static double likelihood(String rules, String source, AgentEvidence evidence) {
    Action action = Actions.call(source, "f", "{}", e -> {});
    return scorer(rules).score(action, TaskView.none(), evidence).score().getLikelihood();
  }

  /** Not below, whatever it says, and not above the policy's bound. */
  @Test
  void shouldRaiseTheOddsByWhatIsSureOfTheAgentsRecord() {
    double none = likelihood(RECORDS, "trusted", null);
    assertThat(none).isCloseTo(probability(-2), within(1e-12));
    assertThat(likelihood(RECORDS, "trusted", evidence(2)))
        .isCloseTo(probability(-2 + Math.log10(2)), within(1e-12));
    assertThat(likelihood(RECORDS, "trusted", evidence(1e6)))
        .isCloseTo(probability(-1.5), within(1e-12));
    for (double better : new double[] {1, 0.5, 0, Double.NaN}) {
      assertThat(likelihood(RECORDS, "trusted", evidence(better))).isEqualTo(none);
    }
  }

  @Test
  void shouldReadNoRecordOfWhoIsNotAttestedOrWhereThePolicySaysNothing() {
    double none = likelihood(RECORDS, "trusted", null);
    assertThat(likelihood(RECORDS, "weir.actions", evidence(9))).isEqualTo(none);
    assertThat(likelihood("", "trusted", evidence(9))).isEqualTo(none);
  }

  /** Within the dimension the largest counts. */
  @Test
  void shouldNotAddToAnotherRulesRecord() {
    String rules = RECORDS + "rules:\n  - {id: a, adds: {record: 0.4}, because: x}\n";
    assertThat(likelihood(rules, "trusted", evidence(2)))
        .isCloseTo(probability(-1.6), within(1e-12));
    assertThat(likelihood(rules, "trusted", evidence(9)))
        .isCloseTo(probability(-1.5), within(1e-12));
  }

  private static AgentEvidence evidence(double ratioLow) {
    return new AgentEvidence(40L, 20L, 4.0, ratioLow);
  }

  private static double probability(double odds) {
    return odds - Math.log10(1 + Math.pow(10, odds));
  }

  private static Scored score(String rules, Action action) {
    return scorer(rules).score(action, TaskView.none());
  }

  @Test
  void shouldAddKindsOfLossAndTakeTheLargestWithinOne() {
    String rules =
        """
        rules:
          - {id: a, adds: {money: 3, reach: 0.5, objective: 1}, because: x}
          - {id: b, adds: {money: 2, exposure: 3, reach: 0.2, irreversibility: 1, objective: 0.5}, because: x}
        """;
    var score = score(rules, Actions.call("f", "{}")).score();
    assertThat(score.getMagnitude()).isCloseTo(Math.log10(2000) + 1.5, within(1e-12));
    double odds = Math.pow(10, -2 + 1);
    assertThat(score.getLikelihood()).isCloseTo(Math.log10(odds / (1 + odds)), within(1e-12));
    assertThat(score.getMass())
        .isCloseTo(2000 * Math.pow(10, 1.5) * odds / (1 + odds), within(1e-6));
    assertThat(score.getContributions()).hasSize(9).filteredOn(Contribution::getCounted).hasSize(6);
  }

  @Test
  void shouldScoreZeroLossAtThePriorWhenNoRuleFires() {
    Scored scored = score("rules: []\n", Actions.call("f", "{}"));
    assertThat(scored.score().getMagnitude()).isZero();
    assertThat(scored.score().getLikelihood()).isCloseTo(-2 - Math.log10(1.01), within(1e-12));
    assertThat(scored.baseCost()).isEqualTo(1);
  }

  @Test
  void shouldNeverReachProbabilityOne() {
    assertThat(Sum.probability(50)).isLessThanOrEqualTo(0);
    assertThat(Sum.probability(0)).isCloseTo(Math.log10(0.5), within(1e-12));
    assertThat(Sum.probability(-30)).isCloseTo(-30, within(1e-9));
  }

  @Test
  void shouldBeUnscorableOnlyWhenTheClassNeedsWhatIsMissing() {
    String rules =
        """
        rules:
          - {id: pay, tools: [pay], class: pay, adds: {money: 2}, because: x}
          - {id: get, tools: [get], class: read, because: x}
        """;
    Action hashed = Actions.call("pay", null, e -> e.setArgumentsState(ArgumentsState.HASHED));
    assertThat(score(rules, hashed).score().getUnscorable()).isTrue();
    assertThat(score(rules, hashed).score().getMagnitude()).isGreaterThanOrEqualTo(6);
    Action raw = Actions.call("pay", null, e -> e.setArgumentsRaw("{oops"));
    assertThat(score(rules, raw).score().getUnscorable()).isTrue();
    assertThat(score(rules, Actions.call("pay", "{}")).score().getUnscorable()).isFalse();
    Action absent = Actions.call("get_x", null, e -> e.setArgumentsState(ArgumentsState.ABSENT));
    assertThat(score(rules, absent).score().getUnscorable()).isFalse();
    assertThat(score(rules, absent).score().getActionClass()).isEqualTo("read");
  }

  @Test
  void shouldScoreAtTheCatastrophicLineWhenARuleFails() {
    Scored scored =
        score(
            "rules:\n  - {id: r, when: args.x > 1, adds: {money: 1}, because: x}\n",
            Actions.call("f", "{}"));
    assertThat(scored.score().getMagnitude()).isGreaterThanOrEqualTo(7);
    assertThat(scored.score().getUnscorable()).isTrue();
    assertThat(scored.catastrophic()).isTrue();
    assertThat(scored.score().getContributions()).anyMatch(c -> c.getRule().equals("error"));
  }

  @Test
  void shouldCountCostOnlyFromASourceThatAttestsIt() {
    assertThat(score("rules: []\n", Actions.call("f", "{}", e -> e.setCost(5.0))).baseCost())
        .isEqualTo(1);
    Scorer s = scorer("rules: []\n");
    for (double[] c : new double[][] {{5, 5}, {1e9, 1000}, {-3, 0}, {Double.NaN, 1}}) {
      Action a = Actions.call("trusted", "f", "{}", e -> e.setCost(c[0]));
      assertThat(s.score(a, TaskView.none()).baseCost()).isEqualTo(c[1]);
    }
  }

  @Test
  void shouldMatchRegularExpressionsInLinearTime() {
    String rules =
        "rules:\n  - {id: r, when: \"args.s.matches('(a+)+$')\", adds: {money: 1}, because: x}\n";
    Scored scored = score(rules, Actions.call("f", "{\"s\": \"" + "a".repeat(20_000) + "!\"}"));
    assertThat(scored.score().getUnscorable()).isFalse();
  }

  @Test
  void shouldSeeNullAndNestedArguments() {
    String rules =
        """
        rules:
          - {id: r, when: "args.n == null && args.l[0] == 'x' && args.m.k > 1", adds: {money: 3}, because: x}
        """;
    Action action = Actions.call("f", "{\"n\": null, \"l\": [\"x\", null], \"m\": {\"k\": 2}}");
    assertThat(score(rules, action).score().getMagnitude()).isEqualTo(3);
  }

  @Test
  void shouldLowerByAnAttestedObjectiveOnly() {
    String rules =
        "rules:\n  - {id: r, when: objective.present, adds: {objective: -1}, because: x}\n";
    Scorer s = scorer(rules);
    Action trusted = Actions.call("trusted", "f", "{}", e -> e.setObjective("do f"));
    Action open = Actions.call("f", "{}", e -> e.setObjective("do f"));
    Action none = Actions.call("f", "{}");
    assertThat(risk(s, trusted)).isLessThan(risk(s, none));
    assertThat(risk(s, open)).isEqualTo(risk(s, none));
  }

  private static double risk(Scorer scorer, Action action) {
    return scorer.score(action, TaskView.none()).score().getRisk();
  }
}
