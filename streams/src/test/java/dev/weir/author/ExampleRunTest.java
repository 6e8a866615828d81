/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.author;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.PolicyLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleRunTest {
  private static final String RULE =
      "- id: r\n  tools: [pay]\n  when: tool.words.size() > 1\n  class: pay\n  adds: {money: 3}\n"
          + "  because: b\n";

  private static List<String> failures(String examples) {
    List<ExampleResult> results = ExampleRun.of(PolicyYaml.of(RULE + "  examples:\n" + examples));
    return results.stream().flatMap(r -> r.failures().stream()).toList();
  }

  @Test
  void shouldHoldWhenAllComesAsExpected() {
    assertThat(
            failures(
                "    - {fires: {tool: pay_bill}, magnitude: [2.5, 3.5], risk: [0, 2], class: pay}\n"
                    + "    - {spares: {tool: pay}}\n"))
        .isEmpty();
  }

  @Test
  void shouldSayWhatCameInsteadWhenItDoesNot() {
    assertThat(failures("    - {fires: {tool: pay_bill}, magnitude: [4, 5], risk: [2, 3]}\n"))
        .containsExactly(
            "expected magnitude in [4.0, 5.0], got 3.00", "expected risk in [2.0, 3.0], got 1.00");
    assertThat(failures("    - {fires: {tool: pay}}\n"))
        .containsExactly("expected rule r to fire; its condition is false");
    assertThat(failures("    - {fires: {tool: read}}\n"))
        .containsExactly("expected rule r to fire; its tools, verbs, objects or views do not fit");
    assertThat(failures("    - {spares: {tool: pay_bill}}\n"))
        .containsExactly("expected rule r to spare it; it fired");
    assertThat(failures("    - {spares: {tool: pay}, class: pay}\n"))
        .containsExactly("expected class pay, got none");
  }

  @Test
  void shouldSeeTheTaskAsItsEarlierActionsLeftItWhenThereAreAny() {
    String rule =
        "- {id: second, when: task.actions == 1, adds: {money: 1}, because: b, examples: [\n"
            + "   {fires: {tool: x}, before: [{tool: y}]}, {spares: {tool: x}}]}\n";
    assertThat(ExampleRun.of(PolicyYaml.of(rule))).allMatch(ExampleResult::holds);
  }

  @Test
  void shouldNameTheRuleWhenItsEvaluationFails() {
    String rule =
        "- {id: r, when: args.x > 1, adds: {money: 1}, because: b, examples: [{fires: {tool: x}}]}\n";
    assertThat(ExampleRun.of(PolicyYaml.of(rule)).get(0).failures())
        .singleElement()
        .asString()
        .startsWith("expected rule r to fire; its evaluation failed: ");
  }

  @Test
  void shouldHoldForEveryExampleOfTheBuiltInPolicy() {
    assertThat(ExampleRun.of(PolicyLoader.builtIn())).allMatch(ExampleResult::holds);
  }
}
