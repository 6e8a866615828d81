/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.author.ExampleResult;
import dev.weir.author.ExampleRun;
import dev.weir.event.Contribution;
import dev.weir.policy.Example;
import dev.weir.policy.PolicyLoader;
import dev.weir.policy.Rule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For each rule of the built-in policy an action on which it fires and a look-alike on which not.
 */
class DefaultPolicyTest {
  private static final Scorer SCORER = new PolicyScorer(PolicyLoader.builtIn());

  record Case(
      String rule, String tool, String arguments, String otherTool, String otherArguments) {}

  private static Case c(
      String rule, String tool, String arguments, String otherTool, String other) {
    return new Case(rule, tool, arguments, otherTool, other);
  }

  static List<Case> cases() {
    return List.of(
        c(
            "encoded",
            "post_note",
            "{\"x\":\"VGhpcyBpcyBhIGxvbmcgZW5vdWdoIGhpZGRlbiBzZW50ZW5jZSE=\"}",
            "post_note",
            "{\"x\":\"short\"}"),
        c(
            "clipped",
            "post_note",
            "{\"x\":\"" + "y".repeat(40_000) + "\"}",
            "post_note",
            "{\"x\":\"y\"}"));
  }

  static List<Example> examples() {
    return PolicyLoader.builtIn().examples();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldScoreItsOwnExamplesAsTheyExpect(Example example) {
    Scored scored = SCORER.score(example.action(), TaskView.none());
    Set<String> fired =
        scored.score().getContributions().stream()
            .map(Contribution::getRule)
            .collect(Collectors.toSet());
    assertThat(fired).as(example.text()).containsAll(example.fires()).doesNotContain("error");
    assertThat(example.spares()).as(example.text()).noneMatch(fired::contains);
    assertThat(example.magnitude().holds(scored.score().getMagnitude()))
        .as(example.text())
        .isTrue();
  }

  @Test
  void shouldHoldItsOwnExamples() {
    assertThat(ExampleRun.of(PolicyLoader.builtIn()))
        .filteredOn(result -> !result.holds())
        .extracting(ExampleResult::failures)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldFireOnTheExampleAndNotOnTheLookAlike(Case c) {
    assertThat(fired(c.tool, c.arguments, "")).contains(c.rule);
    assertThat(fired(c.otherTool, c.otherArguments, "")).doesNotContain(c.rule);
  }

  @Test
  void shouldWeighActionsAgainstTheObjective() {
    String pay = "{\"recipient\":\"eve\",\"amount\":70}";
    assertThat(fired("pay_bill", pay, "what is the weather?"))
        .contains("not-asked-for", "off-objective", "target-unmet", "first-thing");
    assertThat(fired("pay_bill", pay, "pay 70 to eve")).doesNotContain("not-asked-for", "as-asked");
    assertThat(fired("pay_bill", pay, "")).doesNotContain("not-asked-for", "first-thing");
  }

  @Test
  void shouldHaveAnExampleForEveryRule() {
    Set<String> covered =
        cases().stream().map(Case::rule).collect(Collectors.toCollection(TreeSet::new));
    PolicyLoader.builtIn().rules().stream()
        .filter(DefaultPolicyTest::hasBothExamples)
        .forEach(rule -> covered.add(rule.id()));
    covered.addAll(Set.of("not-asked-for", "off-objective", "target-unmet", "first-thing"));
    covered.addAll(Set.of("target-told", "target-asked", "target-foreign", "does-as-told"));
    covered.add("as-asked"); // attested only
    assertThat(covered)
        .containsExactlyInAnyOrderElementsOf(
            PolicyLoader.builtIn().rules().stream().map(Rule::id).toList());
  }

  private static boolean hasBothExamples(Rule rule) {
    return rule.examples().stream().anyMatch(e -> e.fires().contains(rule.id()))
        && rule.examples().stream().anyMatch(e -> e.spares().contains(rule.id()));
  }

  @Test
  void shouldRiseWithTheAmount() {
    double last = -100;
    for (int amount = 1; amount < 10_000_000; amount *= 3) {
      double risk = risk("send_money", "{\"amount\":" + amount + "}");
      assertThat(risk).isGreaterThan(last);
      last = risk;
    }
  }

  @Test
  void shouldKeepOrdinaryReadsScorableWithoutArguments() {
    Scored scored =
        SCORER.score(
            Actions.call(
                "get_balance",
                null,
                e -> e.setArgumentsState(dev.weir.event.ArgumentsState.ABSENT)),
            TaskView.none());
    assertThat(scored.score().getUnscorable()).isFalse();
  }

  private static double risk(String tool, String arguments) {
    return SCORER.score(Actions.call(tool, arguments), TaskView.none()).score().getRisk();
  }

  private static Set<String> fired(String tool, String arguments, String objective) {
    Scored scored =
        SCORER.score(
            Actions.call(
                tool, arguments, e -> e.setObjective(objective.isEmpty() ? null : objective)),
            TaskView.none());
    assertThat(scored.score().getUnscorable()).isFalse();
    return scored.score().getContributions().stream()
        .map(Contribution::getRule)
        .collect(Collectors.toSet());
  }
}
