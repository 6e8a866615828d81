/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.author;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.Place;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LintTest {
  private static final String PROVEN =
      ", examples: [{fires: {tool: pay_x}}, {spares: {tool: get_x}}]}\n";

  private static List<String> lint(String rules) {
    return Lint.of(PolicyYaml.of(rules)).stream().map(Finding::toString).toList();
  }

  @Test
  void shouldFindNothingWhenARuleIsSound() {
    assertThat(lint("- {id: r, tools: [pay], verbs: [pay], class: pay, because: b" + PROVEN))
        .isEmpty();
  }

  @Test
  void shouldFindNothingWhenThePolicyIsBuiltIn() {
    assertThat(Lint.of(PolicyLoader.builtIn())).isEmpty();
  }

  @Test
  void shouldFindAClassThatNoRuleGives() {
    assertThat(lint("- {id: r, adds: {money: 1}, because: b" + PROVEN))
        .containsExactly("p:6:11: warning: no rule gives the class 'pay'; use it or remove it");
  }

  @Test
  void shouldFindAReservedClassThatNobodyCanBeGranted() {
    String yaml =
        PolicyYaml.HEAD.replace("because: pays", "reserved: true, because: pays")
            + "sources: {weir.actions.ci: {attests: [%s]}}\n"
            + "rules:\n- {id: r, tools: [pay], class: pay, because: b"
            + PROVEN;
    assertThat(Lint.of(policy(yaml.formatted("objective"))))
        .singleElement()
        .asString()
        .startsWith("p:6:11: warning: class 'pay' is reserved, and no source attests who acts");
    assertThat(Lint.of(policy(yaml.formatted("objective, agent")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "when: 'false'",
        "when: tool.reads && !tool.reads",
        "views: [shell], when: '!view.shell.present'",
        "when: (tool.reads || tool.changes) && !tool.reads && !tool.changes && tool.name != ''"
      })
  void shouldFindARuleThatCanNeverFire(String rule) {
    assertThat(lint("- {id: r, class: pay, because: b, " + rule + PROVEN))
        .singleElement()
        .asString()
        .startsWith("p:8:3: error: rule 'r' can never fire");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tool.reads && !tool.changes", "tool.name == 'x'", "!view.sql.present"})
  void shouldSpareARuleThatCanFire(String when) {
    assertThat(lint("- {id: r, class: pay, because: b, when: \"" + when + "\"" + PROVEN)).isEmpty();
  }

  @Test
  void shouldFindCategoriesThatNoToolHas() {
    assertThat(lint("- {id: r, verbs: [frobnicate], class: pay, because: b" + PROVEN))
        .singleElement()
        .asString()
        .startsWith("p:8:3: error: rule 'r' names no verb 'frobnicate'; known are ");
    assertThat(lint("- {id: r, objects: [thing], class: pay, because: b" + PROVEN))
        .singleElement()
        .asString()
        .contains("names no object 'thing'");
  }

  @Test
  void shouldFindARuleThatAnotherOutdoes() {
    String small = "- {id: small, tools: [pay], class: pay, adds: {money: 1}, because: b" + PROVEN;
    String large = "- {id: large, class: pay, adds: {money: 2, people: 1}, because: b" + PROVEN;
    assertThat(lint(small + large))
        .containsExactly(
            "p:8:3: warning: rule 'small' changes nothing: 'large' fires wherever it does and adds"
                + " as much; remove one");
    assertThat(lint(large + small)).hasSize(1);
    assertThat(lint(small + large.replace("money: 2", "money: 0.5"))).isEmpty();
    assertThat(lint(small + large.replace("id: large", "id: large, when: tool.reads"))).isEmpty();
    assertThat(lint(small + large.replace("id: large", "id: large, tools: [buy]"))).isEmpty();
    assertThat(lint(small + small.replace("id: small", "id: twin"))).hasSize(1);
  }

  @Test
  void shouldFindWhatHasNoExamples() {
    assertThat(lint("- {id: r, class: pay, because: b}\n"))
        .singleElement()
        .asString()
        .contains("has no examples");
    assertThat(lint("- {id: r, class: pay, because: b, examples: [{fires: {tool: x}}]}\n"))
        .singleElement()
        .asString()
        .contains("has no example that it spares");
    assertThat(
            lint(
                "- {id: r, class: pay, because: b}\nexamples:\n"
                    + "- {action: {tool: x}, fires: [r]}\n- {action: {tool: x}, spares: [r]}\n"))
        .isEmpty();
  }

  @Test
  void shouldFindArgumentsThatAreTakenUntested() {
    String rule = "- {id: r, class: pay, because: b, when: \"%s\"" + PROVEN;
    assertThat(lint(rule.formatted("args.x == 1 && args['y'] == 2")))
        .hasSize(2)
        .first()
        .asString()
        .contains("takes args.x as if it were always there; test \"'x' in args\" first");
    assertThat(lint(rule.formatted("'x' in args && args.x == 1"))).isEmpty();
    assertThat(lint(rule.formatted("has(args.x) && args.x == 1"))).isEmpty();
  }

  @Test
  void shouldFindALossBelowZero() {
    assertThat(lint("- {id: r, class: pay, adds: {money: -1}, because: b" + PROVEN))
        .singleElement()
        .asString()
        .contains("losses start at 0");
  }

  @Test
  void shouldTellInNumbersWhichTiersNoPriceAsks() {
    String tiers =
        "[{id: expert, cost: 100, assurance: 0.9, deadline: 1h},"
            + " {id: screen, cost: 5, assurance: 0.4, deadline: 1h},"
            + " {id: poor, cost: 60, assurance: 0.5, deadline: 1h},"
            + " {id: dear, cost: 200, assurance: 0.9, deadline: 1h}]";
    String yaml = "weir: 1\nid: p\nversion: '1'\nbudget: {tax: 0.1}\ntiers: %s\n";

    List<Finding> findings = TierLint.of(policy(yaml.formatted(tiers)));
    assertThat(findings)
        .extracting(Finding::at)
        .containsExactly(new Place("p", 5, 117), new Place("p", 5, 169));
    assertThat(findings)
        .extracting(Finding::what)
        .containsExactly(
            "tier 'poor' is never asked: beyond 'screen' it adds 0.00182 for a cost unit, 'expert'"
                + " adds 0.00526, which at every price is the better buy; remove it or correct its"
                + " numbers",
            "tier 'dear' is never asked: at every price 'expert' assures 0.9 for a cost of 100,"
                + " this one 0.9 for 200; remove it or correct its numbers");
    assertThat(
            TierLint.of(
                policy(
                    yaml.formatted(
                        tiers.replace(
                            "0.9, deadline: 1h}, {id: screen",
                            "0.9, deadline: 1h, capacity: 3}, {id: screen")))))
        .first()
        .extracting(Finding::what)
        .asString()
        .startsWith("tier 'poor' is asked only where others have no room: ");
  }

  private static Policy policy(String yaml) {
    return PolicyLoader.load("p", yaml.getBytes(StandardCharsets.UTF_8));
  }
}
