/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.budget.AuditSimulation.Run;
import dev.weir.budget.MissedRisk.Reviewers;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissedRiskTest {
  private static final Reviewers PERFECT =
      new Reviewers(ReviewerError.NONE, ReviewerError.NONE, 0.05);

  @Test
  void shouldGiveTheExactBoundWhenNothingIsFound() {
    MissedRisk risk = MissedRisk.of(audits(10_000, 0.1, 1000, 0, 0), 1, PERFECT);

    assertThat(risk.rate().value()).isZero();
    assertThat(risk.rate().once().low()).isZero();
    assertThat(risk.rate().once().high()).isCloseTo(3.689 / 1000, within(1e-5));
    assertThat(risk.mass().once().high()).isCloseTo(3.689 / 1000 * 500, within(5e-3));
    assertThat(risk.screenDoubtful()).isFalse();
  }

  @Test
  void shouldGiveRoganAndGladensEstimateWhenTiersErr() {
    Reviewers reviewers =
        new Reviewers(ReviewerError.declared(0.8, 0.9), ReviewerError.declared(0.95, 0.98), 0.05);
    MissedRisk risk = MissedRisk.of(audits(50_000, 0.1, 5000, 40, 460), 1, reviewers);

    double amongPositives = (40.0 / 500 - 0.02) / (0.95 - 0.02);
    assertThat(risk.rate().value()).isCloseTo(amongPositives * 500 / 5000 / 0.8, within(1e-12));
  }

  @Test
  void shouldTakeThoseStillOutAsThoseInWhenConfirmationsAreLate() {
    AuditCounts late = audits(50_000, 0.1, 4750, 20, 230);
    AuditDraw draw = new AuditDraw(0.1, 1, 0);
    for (int i = 0; i < 250; i++) {
      late.passed(draw);
      late.screened(draw, true);
    }
    AuditCounts all = audits(50_250, 0.1, 5000, 40, 460);

    assertThat(MissedRisk.of(late, 1, PERFECT).rate().value())
        .isCloseTo(MissedRisk.of(all, 1, PERFECT).rate().value(), within(1e-12));
  }

  @Test
  void shouldCutHarmAtTheCapAndCountItWhenItIsHigher() {
    AuditCounts counts = new AuditCounts("", 500, 0.1);
    AuditDraw draw = new AuditDraw(0.1, 1, 0);
    for (int i = 0; i < 100; i++) {
      counts.passed(i < 10 ? draw : new AuditDraw(0.1, 1, 0.9));
    }
    for (int i = 0; i < 10; i++) {
      counts.screened(draw, i < 2);
    }
    counts.found(draw, true, 1e6);
    counts.found(draw, true, 20);

    MissedRisk risk = MissedRisk.of(counts, 1, PERFECT);
    assertThat(risk.aboveCap()).isEqualTo(1);
    assertThat(risk.mass().value()).isCloseTo((500 + 20) / 0.1 / 100, within(1e-9));
  }

  @Test
  void shouldDoubtTheScreenWhenConfirmedNegativesAreHarmful() {
    AuditCounts counts = audits(100_000, 0.1, 10_000, 20, 0);
    AuditDraw draw = new AuditDraw(0.1, 0.5, 0);
    for (int i = 0; i < 5000; i++) {
      if (i < 500) {
        counts.found(draw, false, 1);
      } else {
        counts.cleared(draw, false, 1);
      }
    }
    assertThat(MissedRisk.of(counts, 0.5, PERFECT).screenDoubtful()).isTrue();
  }

  @Test
  void shouldSayNothingWhenNoProbeWasAnswered() {
    Proportion none = new Proportion(0, 0);
    ReviewerError unknown = ReviewerError.probed(none, none);
    MissedRisk risk =
        MissedRisk.of(audits(10_000, 0.1, 1000, 3, 10), 1, new Reviewers(unknown, unknown, 0.05));
    assertThat(risk.rate().once().high()).isGreaterThan(0.9);
    assertThat(risk.rate().always()).isEqualTo(new Interval(0, 1));
  }

  /** Nominal 95 %: of 100 runs fewer than 87 hold with probability 0.001 then. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-2, 1e-3, 1e-4})
  void shouldCoverTheTruthWhenReviewersErr(double rate) {
    SplittableRandom random = new SplittableRandom(1);
    int held = 0;
    int always = 0;
    double width = 0;
    double best = 0;
    AuditSimulation even = AuditTable.even(rate, 30_000);
    AuditSimulation strata = AuditTable.strata(rate);
    for (int i = 0; i < 50; i++) {
      Run run = even.run(random);
      MissedRisk risk = of(run);
      width += risk.rate().once().width();
      best += AuditTable.best(run);
      held += risk.rate().once().contains(run.rate()) ? 1 : 0;
      always += risk.rate().always().contains(run.rate()) ? 1 : 0;
      Run banded = strata.run(random);
      MissedRisk inBands = of(banded);
      held += inBands.rate().once().contains(banded.rate()) ? 1 : 0;
      always += inBands.rate().always().contains(banded.rate()) ? 1 : 0;
    }
    assertThat(held).isGreaterThanOrEqualTo(87);
    assertThat(always).isGreaterThanOrEqualTo(held);
    assertThat(width / best).isBetween(1.0, 1.5);
  }

  private static MissedRisk of(Run run) {
    return MissedRisk.of(run.counts(), AuditSimulation.NEGATIVE_SHARE, run.reviewers());
  }

  /** Audits all answered, none of the screen's negatives confirmed; harm and cap are 500 LU. */
  static AuditCounts audits(int passed, double inclusion, int audits, int found, int cleared) {
    AuditCounts counts = new AuditCounts("", 500, 0.1);
    AuditDraw drawn = new AuditDraw(inclusion, 1, 0);
    AuditDraw spared = new AuditDraw(inclusion, 1, inclusion);
    for (int i = 0; i < passed; i++) {
      counts.passed(i < audits ? drawn : spared);
    }
    for (int i = 0; i < audits; i++) {
      counts.screened(drawn, i < found + cleared);
    }
    for (int i = 0; i < found; i++) {
      counts.found(drawn, true, 500);
    }
    for (int i = 0; i < cleared; i++) {
      counts.cleared(drawn, true, 500);
    }
    return counts;
  }
}
