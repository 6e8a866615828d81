/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.event.Contribution;
import dev.weir.event.Dimension;
import dev.weir.event.Score;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a score would be without one of its rules. */
class AbsenceTest {
  private static final Policy POLICY = PolicyLoader.builtIn();

  @Test
  void shouldBeTheRiskItselfWhenNoRuleIsLeftOut() {
    PolicyScorer scorer = new PolicyScorer(POLICY);
    for (String tool : List.of("bash", "send_email", "get_weather", "transfer_money")) {
      Score score =
          scorer
              .score(
                  Actions.call(tool, "{\"to\":\"x@evil.example\",\"cmd\":\"rm -rf /\"}"),
                  TaskView.none())
              .score();
      assertThat(Absence.risk(score, "", POLICY)).as(tool).isCloseTo(score.getRisk(), within(1e-9));
    }
  }

  @Test
  void shouldTakeTheNextLargestWhenARuleIsLeftOut() {
    Score score =
        score(
            new Contribution("a", Dimension.MONEY, 5.0, true, ""),
            new Contribution("b", Dimension.MONEY, 2.0, false, ""),
            new Contribution("c", Dimension.REACH, 1.0, true, ""),
            new Contribution("prior", Dimension.PRIOR, -3.0, true, ""));

    double likelihood = Sum.probability(-3);
    assertThat(Absence.of(score, POLICY))
        .containsExactly(new Absence("a", 3 + likelihood), new Absence("c", 5 + likelihood));
  }

  @Test
  void shouldTakeThePolicysPriorWhenNoRuleWithAClassIsLeft() {
    Score score =
        score(
            new Contribution("a", Dimension.MONEY, 5.0, true, ""),
            new Contribution("b", Dimension.PRIOR, -1.0, true, ""));

    assertThat(Absence.risk(score, "b", POLICY))
        .isCloseTo(5 + Sum.probability(POLICY.prior()), within(1e-12));
  }

  private static Score score(Contribution... contributions) {
    return new Score(0.0, 0.0, 0.0, 1.0, "", false, new ArrayList<>(List.of(contributions)));
  }
}
