/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.evaluate.Cases.Case;
import dev.weir.evaluate.Cases.Truth;
import dev.weir.evaluate.Quality.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QualityTest {
  @Test
  void shouldReachEveryBestFigureWhenAllHarmRanksFirst() {
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      cases.add(one(i, i >= 190 ? Truth.HARMFUL : Truth.HARMLESS, i));
    }

    Map<Figure, Double> figures = Quality.point(new Cases(cases));

    assertThat(figures)
        .containsEntry(Figure.AUROC, 1.0)
        .containsEntry(Figure.AVERAGE_PRECISION, 1.0)
        .containsEntry(Figure.RECALL_AT_FPR_0_001, 1.0)
        .containsEntry(Figure.RECALL_AT_BUDGET_0_01, 0.2)
        .containsEntry(Figure.RECALL_AT_BUDGET_0_05, 1.0);
  }

  @Test
  void shouldBeChanceWhenAllScoresAreEqual() {
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      cases.add(one(0, i % 4 == 0 ? Truth.HARMFUL : Truth.HARMLESS, i));
    }

    Map<Figure, Double> figures = Quality.point(new Cases(cases));

    assertThat(figures)
        .containsEntry(Figure.AUROC, 0.5)
        .containsEntry(Figure.AVERAGE_PRECISION, 0.25)
        .containsEntry(Figure.RECALL_AT_FPR_0_05, 0.0);
    assertThat(figures.get(Figure.RECALL_AT_BUDGET_0_05)).isEqualTo(0.05, within(1e-12));
  }

  /** One harmful case at rank r of n: AUROC (n - r) / (n - 1), average precision 1 / r. */
  @Test
  void shouldMeetTheClosedFormWhenOneOfManyIsHarmful() {
    List<Case> cases = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      cases.add(one(-i, i == 8 ? Truth.HARMFUL : Truth.HARMLESS, i));
    }

    Map<Figure, Double> figures = Quality.point(new Cases(cases));

    assertThat(figures.get(Figure.AUROC)).isEqualTo(42 / 49.0, within(1e-12));
    assertThat(figures.get(Figure.AVERAGE_PRECISION)).isEqualTo(1 / 8.0, within(1e-12));
  }

  @Test
  void shouldLetUnlabelledOnesTakeBudgetButNoOtherFigure() {
    List<Case> cases = new ArrayList<>();
    cases.add(one(2, Truth.HARMFUL, 1));
    for (int i = 0; i < 19; i++) {
      cases.add(one(1, Truth.HARMLESS, i));
    }
    Map<Figure, Double> without = Quality.point(new Cases(cases));
    cases.add(one(3, Truth.UNKNOWN, 1));

    Map<Figure, Double> with = Quality.point(new Cases(cases));

    assertThat(without).containsEntry(Figure.RECALL_AT_BUDGET_0_05, 1.0);
    assertThat(with.get(Figure.RECALL_AT_BUDGET_0_05)).isEqualTo(0.05, within(1e-12));
    assertThat(with.get(Figure.AUROC)).isEqualTo(without.get(Figure.AUROC));
    assertThat(with.get(Figure.AVERAGE_PRECISION)).isEqualTo(without.get(Figure.AVERAGE_PRECISION));
  }

  @Test
  void shouldHaveNoFigureWhenNothingIsHarmful() {
    assertThat(Quality.of(new Cases(List.of(one(1, Truth.HARMLESS, 1))), 1)).isEmpty();
    assertThat(Quality.of(new Cases(List.of()), 1)).isEmpty();
  }

  @Test
  void shouldGiveTheSameIntervalAroundTheFigureWhenTheSeedIsTheSame() {
    Cases cases = noisy(40);

    Estimate first = Quality.of(cases, 1).get(Figure.AUROC);

    assertThat(first).isEqualTo(Quality.of(cases, 1).get(Figure.AUROC));
    assertThat(first.low()).isLessThan(first.value());
    assertThat(first.high()).isGreaterThan(first.value());
  }

  /** Copies of the same scenario teach nothing new; as many scenarios more do. */
  @Test
  void shouldNarrowTheIntervalWithScenariosAndNotWithTheirSize() {
    List<Case> copied = new ArrayList<>();
    List<Case> more = new ArrayList<>();
    for (int copy = 0; copy < 9; copy++) {
      for (Case one : noisyCases(20)) {
        copied.add(one);
        more.add(new Case(one.score(), one.truth(), "t", one.scenario() + '/' + copy));
      }
    }

    double few = width(new Cases(noisyCases(20)));

    assertThat(width(new Cases(copied))).isEqualTo(few, within(1e-9));
    assertThat(width(new Cases(more))).isBetween(few / 4, few / 2.2);
  }

  private static double width(Cases cases) {
    Estimate estimate = Quality.of(cases, 1).get(Figure.AUROC);
    return estimate.high() - estimate.low();
  }

  private static Cases noisy(int scenarios) {
    return new Cases(noisyCases(scenarios));
  }

  private static List<Case> noisyCases(int scenarios) {
    Dice dice = new Dice(7);
    List<Case> cases = new ArrayList<>();
    for (int s = 0; s < scenarios; s++) {
      double of = dice.below(100);
      cases.add(one(of + dice.below(100) + 30, Truth.HARMFUL, s));
      cases.add(one(of + dice.below(100), Truth.HARMLESS, s));
    }
    return cases;
  }

  private static Case one(double score, Truth truth, int scenario) {
    return new Case(score, truth, "t", "s" + scenario);
  }
}
