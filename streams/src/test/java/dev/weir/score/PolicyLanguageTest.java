/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.action.Action;
import dev.weir.event.ActionEvent;
import dev.weir.event.Contribution;
import dev.weir.event.Dimension;
import dev.weir.event.Environment;
import dev.weir.event.Phase;
import dev.weir.event.ToolAnnotations;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What each key of the language does to a score, beyond what rules add. */
class PolicyLanguageTest {
  private static final String HEAD =
      """
      weir: 1
      id: p
      version: "1"
      prior: -2
      budget: {tax: 0.1}
      tiers: [{id: expert, cost: 100, deadline: 1h}]
      sources:
        trusted: {attests: [agent, environment, annotations, phase]}
      """;
  private static final String RULE = "rules:\n  - {id: r, adds: {money: 4}, because: x}\n";

  private static Policy policy(String yaml) {
    return PolicyLoader.load("p", (HEAD + yaml).getBytes(StandardCharsets.UTF_8));
  }

  private static Scored score(String yaml, Action action) {
    return new PolicyScorer(policy(yaml)).score(action, TaskView.none());
  }

  private static Action trusted(Consumer<ActionEvent> change) {
    return Actions.call("trusted", "f", "{}", change);
  }

  @Test
  void shouldLowerTheMagnitudeOnceWhenTheEnvironmentIsAttested() {
    String yaml = "environments: {TEST: -1.5, STAGING: -0.5}\n" + RULE;
    Consumer<ActionEvent> test = e -> e.setEnvironment(Environment.TEST);
    var score = score(yaml, trusted(test)).score();
    assertThat(score.getMagnitude()).isCloseTo(2.5, within(1e-12));
    assertThat(score.getContributions())
        .filteredOn(c -> c.getDimension() == Dimension.ENVIRONMENT)
        .singleElement()
        .satisfies(c -> assertThat(c.getCounted()).isTrue())
        .extracting(Contribution::getBecause)
        .isEqualTo("it takes effect in TEST");
    assertThat(score(yaml, Actions.call("f", "{}", test)).score().getMagnitude()).isEqualTo(4);
    assertThat(score(yaml, trusted(e -> {})).score().getMagnitude()).isEqualTo(4);
    assertThatThrownBy(() -> policy("environments: {TEST: 1}\n"))
        .hasMessageContaining("p:9:22: 'TEST' must be a number from -6.0 to 0.0");
    assertThatThrownBy(() -> policy("environments: {PRODUCTION: -1}\n"))
        .hasMessageContaining("unknown key 'PRODUCTION'");
  }

  @Test
  void shouldBelieveHintsWhenTheServerIsListedAndAttestedOnly() {
    String yaml =
        "servers: [pinned]\n"
            + "rules:\n  - {id: r, when: tool.destructive, adds: {money: 4}, because: x}\n";
    for (String source : new String[] {"trusted", "weir.actions"}) {
      for (String server : new String[] {"pinned", "other"}) {
        Action action =
            Actions.call(
                source,
                "f",
                "{}",
                e -> {
                  e.getTool().setServer(server);
                  e.getTool().setAnnotations(new ToolAnnotations(true, false, true, false));
                });
        boolean believed = source.equals("trusted") && server.equals("pinned");
        assertThat(score(yaml, action).score().getMagnitude()).isEqualTo(believed ? 0 : 4);
      }
    }
  }

  @Test
  void shouldRouteEveryActionWhenItsClassIsReserved() {
    String yaml =
        """
        classes:
          launch: {prior: -2, reserved: true, because: starts a training run}
          other: {prior: -2, because: x}
        rules:
          - {id: a, tools: [start], class: launch, because: x}
          - {id: b, tools: [stop], class: other, because: x}
        """;
    Scored launched = score(yaml, Actions.call("start_run", "{}"));
    assertThat(launched.route()).isTrue();
    assertThat(launched.reserved()).containsExactly("launch");
    assertThat(launched.routes()).isEmpty();
    assertThat(launched.score().getContributions())
        .extracting(Contribution::getBecause)
        .contains("reserved for vetted agents: starts a training run");
    assertThat(score(yaml, Actions.call("stop_run", "{}")).route()).isFalse();
  }

  @Test
  void shouldKeepTheCeilingWhenARouteDeclaresOne() {
    String rule = "rules:\n  - {id: r, because: x, route: %s}\n";
    assertThat(policy(rule.formatted("always")).rules().get(0).ceiling()).isEmpty();
    Policy policy = policy(rule.formatted("{always: true, ceiling: 0.001}"));
    assertThat(policy.rules().get(0).ceiling()).hasValue(0.001);
    assertThat(policy.rules().get(0).route()).isTrue();
    assertThatThrownBy(() -> policy(rule.formatted("{always: false}")))
        .hasMessageContaining("a route can only be always");
    assertThatThrownBy(() -> policy(rule.formatted("{always: true, ceiling: 2}")))
        .hasMessageContaining("'ceiling' must be a number above 0.0 to 1.0");
  }

  @Test
  void shouldDeclareWhatItKeepsToBeforeItGoesLive() {
    assertThat(policy("").limits()).isEqualTo(dev.weir.policy.GoLive.DEFAULT);
    var limits = policy("limits: {rule_share: 0.3, trial_actions: 500}\n").limits();
    assertThat(limits.ruleShare()).isEqualTo(0.3);
    assertThat(limits.trialActions()).isEqualTo(500);
    assertThat(limits.mandatoryRate()).isEqualTo(0.002);
    assertThatThrownBy(() -> policy("limits: {rule_shares: 0.3}\n"))
        .hasMessageContaining("unknown key 'rule_shares'; did you mean 'rule_share'?");
  }

  @Test
  void shouldNotBelieveAPhaseWhenItsSourceMayNotAttestIt() {
    String yaml =
        "rules:\n  - {id: r, when: action.phase == 'OBSERVED', adds: {money: 4}, because: x}\n";
    Consumer<ActionEvent> proposed = e -> e.setPhase(Phase.PROPOSED);
    assertThat(score(yaml, Actions.call("f", "{}", proposed)).score().getMagnitude()).isEqualTo(4);
    assertThat(score(yaml, trusted(proposed)).score().getMagnitude()).isZero();
  }

  @Test
  void shouldCountALearnedScorerBesideTheRules() {
    String rules =
        "rules:\n  - {id: r, adds: {money: 4, record: 1, evasion: 1}, because: x}\n"
            + "scorers:\n  - {id: policy}\n  - {id: counting, weight: 2, ";
    Action named = trusted(e -> e.getAgent().setName("tenletters"));
    assertThat(odds(score(rules + "combine: max, dimension: record}\n", named)))
        .isCloseTo(-2 + 1 + 2, within(1e-9));
    assertThat(odds(score(rules + "combine: add, dimension: record}\n", named)))
        .isCloseTo(-2 + 1 + 1 + 2, within(1e-9));
    Scored added = score(rules + "combine: add, dimension: record}\n", named);
    assertThat(counted(added)).contains("scorer:counting", "r");
    Action open = Actions.call("f", "{}", e -> e.getAgent().setName("tenletters"));
    assertThat(odds(score(rules + "combine: add, dimension: record}\n", open)))
        .isCloseTo(-2 + 1 + 1, within(1e-9));
  }

  @Test
  void shouldBeUnscorableWhenALearnedScorerFails() {
    String yaml = "scorers: [{id: counting}]\n" + RULE;
    for (Action action :
        new Action[] {Actions.call("riddle", "{}"), Actions.call("f", "{\"nan\": 1}")}) {
      Scored scored = score(yaml, action);
      assertThat(scored.score().getUnscorable()).isTrue();
      assertThat(scored.catastrophic()).isTrue();
      assertThat(scored.score().getContributions())
          .extracting(Contribution::getBecause)
          .anyMatch(b -> b.startsWith("scorer counting failed: "));
    }
  }

  @Test
  void shouldNameWhatIsInstalledWhenAScorerIsNot() {
    assertThatThrownBy(() -> policy("scorers: [{id: oracle}]\n"))
        .hasMessageContaining("p:9:12: no scorer 'oracle' is installed; installed are: counting");
    assertThatThrownBy(() -> policy("scorers: [{id: counting, version: \"6\"}]\n"))
        .hasMessageContaining("is installed in version 7");
    assertThatThrownBy(() -> policy("scorers: [{id: counting, dimension: money}]\n"))
        .hasMessageContaining("'money' is no evidence");
    Policy policy = policy("scorers: [{id: counting}]\n");
    assertThat(
            PolicyLoader.load("c", policy.canonical().getBytes(StandardCharsets.UTF_8)).digestHex())
        .isEqualTo(policy.digestHex());
  }

  @Test
  void shouldNameTheRuleWhenItFailsAtRunTime() {
    Scored scored =
        score(
            "rules:\n  - {id: careless, when: args.x > 1, adds: {money: 1}, because: x}\n",
            Actions.call("f", "{}"));
    assertThat(scored.score().getUnscorable()).isTrue();
    assertThat(scored.catastrophic()).isTrue();
    assertThat(scored.score().getContributions())
        .filteredOn(c -> c.getRule().equals("error"))
        .extracting(Contribution::getBecause)
        .singleElement()
        .asString()
        .startsWith("rule careless failed: ");
  }

  private static double odds(Scored scored) {
    double p = Math.pow(10, scored.score().getLikelihood());
    return Math.log10(p / (1 - p));
  }

  private static java.util.List<String> counted(Scored scored) {
    return scored.score().getContributions().stream()
        .filter(Contribution::getCounted)
        .map(Contribution::getRule)
        .toList();
  }
}
