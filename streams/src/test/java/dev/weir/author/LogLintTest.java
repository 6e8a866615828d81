/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.author;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.policy.PolicyLoader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LogLintTest {
  private static final String RULES =
      """
      - {id: pay, tools: [pay], adds: {money: 3}, because: b}
      - {id: vague, tools: [pay], when: tool.name != '', adds: {people: 3}, because: b}
      - {id: never, tools: [buy], adds: {money: 1}, because: b}
      - {id: all, when: tool.name != '', adds: {service: 0}, because: b}
      - {id: fails, tools: [get], when: args.x > 1, adds: {money: 1}, because: b}
      - {id: watch, tools: [get], route: {always: true, ceiling: 0.1}, because: b}
      """;

  private static LogLint run(int pays, int gets) {
    LogLint lint = new LogLint(PolicyYaml.of(RULES));
    for (int i = 0; i < pays + gets; i++) {
      String action =
          i < pays
              ? "{tool: pay_bill}"
              : "{tool: get_bill, arguments: {x: 1}, event_id: e" + i + "}";
      lint.add(
          PolicyLoader.action(
              "a",
              action
                  .replace("{tool: pay_bill}", "{tool: pay_bill, event_id: e" + i + "}")
                  .getBytes(StandardCharsets.UTF_8),
              "weir.actions",
              i));
    }
    return lint;
  }

  @Test
  void shouldTellWhatEachRuleDidWhenALogIsRead() {
    LogLint lint = run(120, 30);
    assertThat(lint.actions()).isEqualTo(150);
    assertThat(lint.uses())
        .extracting(u -> u.rule().id() + " " + u.candidates() + " " + u.fired() + " " + u.failed())
        .containsExactly(
            "pay 120 120 0",
            "vague 120 120 0",
            "never 0 0 0",
            "all 150 150 0",
            "fails 30 0 0",
            "watch 30 30 0");
    assertThat(lint.uses().stream().mapToDouble(RuleUse::share).sum()).isCloseTo(1, within(1e-9));
    assertThat(lint.uses().get(0).share()).isGreaterThan(0.4);
  }

  @Test
  void shouldFindWhatTheLogShowsToBeWrong() {
    assertThat(run(120, 30).findings())
        .extracting(Finding::toString)
        .anyMatch(f -> f.startsWith("p:1:1: warning: never fired on 150 actions: never"))
        .anyMatch(f -> f.startsWith("p:11:3: warning: rule 'all' fired on 150 of 150 actions"))
        .anyMatch(
            f -> f.contains("rule 'vague' fired on 120 of the 120 actions that it was tried on"))
        .anyMatch(f -> f.contains("rule 'pay' carries "))
        .anyMatch(
            f -> f.contains("rule 'watch' routes 20.000 % of actions, its ceiling is 10.000 %"))
        .anyMatch(f -> f.contains("20.00 % of actions are reviewed whatever the price"))
        .noneMatch(f -> f.contains("rule 'pay' fired"));
  }

  @Test
  void shouldCallAFailingRuleAnError() {
    LogLint lint = new LogLint(PolicyYaml.of(RULES));
    lint.add(
        PolicyLoader.action(
            "a", "{tool: get_bill}".getBytes(StandardCharsets.UTF_8), "weir.actions", 0));
    assertThat(lint.findings())
        .filteredOn(f -> f.level() == Finding.Level.ERROR)
        .singleElement()
        .asString()
        .contains("rule 'fails' failed on 1 actions");
  }
}
