/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Contribution;
import dev.weir.policy.PolicyLoader;
import dev.weir.policy.Rule;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * For each rule of the built-in policy an action on which it fires and a look-alike on which not.
 */
class DefaultPolicyTest {
  private static final Scorer SCORER = new PolicyScorer(PolicyLoader.builtIn());

  @Test
  void shouldTellWhenArgumentsAreLongerThanCanBeRead() {
    assertThat(fired("post_note", "{\"x\":\"" + "y".repeat(40_000) + "\"}", ""))
        .contains("clipped");
    assertThat(fired("post_note", "{\"x\":\"y\"}", "")).doesNotContain("clipped");
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
  void shouldHaveAnExampleAndALookAlikeForEveryRule() {
    assertThat(PolicyLoader.builtIn().rules())
        .filteredOn(rule -> !hasBothExamples(rule))
        .extracting(Rule::id)
        .isEmpty();
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
