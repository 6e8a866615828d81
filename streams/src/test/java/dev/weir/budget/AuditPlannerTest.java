/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.budget.AuditPlanner.Claim;
import dev.weir.budget.AuditPlanner.Plan;
import dev.weir.budget.AuditPlanner.Review;
import org.junit.jupiter.api.Test;

class AuditPlannerTest {
  private static final Claim ONE_IN_A_THOUSAND = new Claim(0.001, 0.95, 0.9);

  @Test
  void shouldNeed2995CleanAuditsWhenReviewersErrNever() {
    AuditPlanner planner = new AuditPlanner(ONE_IN_A_THOUSAND, new Review(1, 1, 0));
    assertThat(planner.plan(0)).isEqualTo(new Plan(0, 2995, 1));
    assertThat(planner.recommended()).isEqualTo(planner.plan(0));
  }

  /** ln 0.05 / ln(1 − 0.0009): what is overlooked costs audits. */
  @Test
  void shouldNeedMoreWhenReviewersOverlookHarm() {
    int expected = (int) Math.ceil(Math.log(0.05) / Math.log1p(-0.0009));
    assertThat(new AuditPlanner(ONE_IN_A_THOUSAND, new Review(0.9, 1, 0)).plan(0).audits())
        .isEqualTo(expected);
  }

  /** Poisson quantiles over the rate, as the tables of acceptance sampling have them. */
  @Test
  void shouldFollowThePoissonTableWhenSomeAreFound() {
    AuditPlanner planner = new AuditPlanner(ONE_IN_A_THOUSAND, new Review(1, 1, 0));
    double[] upper = {2.996, 4.744, 6.296, 7.754, 9.154};
    for (int k = 0; k < upper.length; k++) {
      assertThat(planner.plan(k).audits() / 1000.0).isCloseTo(upper[k], within(0.005));
    }
  }

  @Test
  void shouldBeTheSmallestWhenItPasses() {
    Review review = new Review(0.9, 0.99, 1);
    AuditPlanner planner = new AuditPlanner(ONE_IN_A_THOUSAND, review);
    Plan plan = planner.recommended();

    assertThat(plan.passing()).isGreaterThanOrEqualTo(0.9);
    assertThat(planner.plan(plan.found() - 1).passing()).isLessThan(0.9);
    double rate = 0.001 * 0.81 + 0.999 * 1e-4;
    assertThat(new Proportion(plan.found(), plan.audits()).upper(0.95))
        .isLessThanOrEqualTo(rate * (1 + 1e-9));
    assertThat(new Proportion(plan.found(), plan.audits() - 1).upper(0.95)).isGreaterThan(rate);
  }

  @Test
  void shouldSaveAuditsWhenASecondReviewerConfirms() {
    int single = plan(0);
    int confirmed = plan(1);
    assertThat(confirmed).isLessThan(single / 10);
  }

  private static int plan(int confirmations) {
    return new AuditPlanner(ONE_IN_A_THOUSAND, new Review(0.9, 0.99, confirmations))
        .recommended()
        .audits();
  }

  @Test
  void shouldPrintWhatItPlansWhenAsked() {
    assertThat(new AuditPlanner(ONE_IN_A_THOUSAND, new Review(1, 1, 0)).table(1))
        .isEqualTo(
            """
            claim: harm in less than 0.1 % of the actions that were not escalated, at 95 % confidence
            review: finds 100 % of what is harmful and 0 % of what is harmless (0 confirming)
               found         audits  a fleet without harm passes with
                   0          2,995  100.0 %
                   1          4,742  100.0 %
            smallest plan that such a fleet passes with 90 %:
                   0          2,995  100.0 %
            """);
  }

  @Test
  void shouldRefuseWhenAPlanWouldBeTooLongOrMakesNoSense() {
    Claim bold = new Claim(1e-9, 0.95, 0.9);
    assertThatThrownBy(() -> new AuditPlanner(bold, new Review(0.9, 0.9, 0)).recommended())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than");
    assertThatThrownBy(() -> new Review(0.5, 0.5, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Claim(0, 0.95, 0.9)).isInstanceOf(IllegalArgumentException.class);
  }
}
