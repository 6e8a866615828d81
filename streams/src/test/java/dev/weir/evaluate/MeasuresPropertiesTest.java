/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.evaluate.Cases.Case;
import dev.weir.evaluate.Cases.Truth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every measure against a naive second version, written from its definition. */
class MeasuresPropertiesTest {
  @Property(tries = 300)
  void shouldCountPairsWhenTheAreaIsTaken(@ForAll("cases") List<Case> cases) {
    double[] weights = weights(cases, 1);

    assertThat(Concordance.overall(new Cases(cases)).area(weights))
        .isEqualTo(naiveArea(cases, false), within(1e-12));
    assertThat(Concordance.withinStrata(new Cases(cases)).area(weights))
        .isEqualTo(naiveArea(cases, true), within(1e-12));
  }

  @Property(tries = 200)
  void shouldCountACaseTwiceWhenItsScenarioWeighsTwo(@ForAll("cases") List<Case> cases) {
    List<Case> twice = new ArrayList<>(cases);
    twice.addAll(cases);
    Cases once = new Cases(cases);
    double[] two = weights(cases, 2);
    Map<Figure, Double> doubled = new Curve(new Cases(twice)).figures(weights(twice, 1));

    assertThat(Concordance.overall(once).area(two))
        .isEqualTo(naiveArea(twice, false), within(1e-12));
    Map<Figure, Double> weighted = new Curve(once).figures(two);
    assertThat(weighted.keySet()).isEqualTo(doubled.keySet());
    weighted.forEach((f, v) -> assertThat(v).isEqualTo(doubled.get(f), within(1e-12)));
  }

  @Property(tries = 300)
  void shouldTryEveryLineWhenRecallIsLimitedByFalseAlarms(@ForAll("cases") List<Case> cases) {
    Map<Figure, Double> figures = new Curve(new Cases(cases)).figures(weights(cases, 1));

    for (Figure figure : figures.keySet()) {
      if (figure.kind() == Figure.Kind.AT_FPR) {
        assertThat(figures.get(figure))
            .isEqualTo(naiveRecall(cases, figure.level()), within(1e-12));
      }
    }
  }

  @Property(tries = 300)
  void shouldAverageOverOrdersWhenTiesStraddleABudget(@ForAll("cases") List<Case> cases) {
    Map<Figure, Double> figures = new Curve(new Cases(cases)).figures(weights(cases, 1));

    for (Figure figure : figures.keySet()) {
      if (figure.kind() == Figure.Kind.AT_BUDGET) {
        assertThat(figures.get(figure)).isEqualTo(naiveBudget(cases, figure.level()), within(1e-9));
      }
    }
  }

  @Property(tries = 200)
  void shouldKeepToTheLimitWhenAThresholdIsFixed(@ForAll("cases") List<Case> cases) {
    double limit = 0.2;
    double threshold = new Curve(new Cases(cases)).threshold(limit);

    assertThat(falseAlarms(cases, threshold)).isLessThanOrEqualTo(limit);
    double[] lower =
        cases.stream().mapToDouble(Case::score).filter(s -> s < threshold).sorted().toArray();
    if (lower.length > 0) {
      assertThat(falseAlarms(cases, lower[lower.length - 1])).isGreaterThan(limit);
    }
  }

  @Provide
  Arbitrary<List<Case>> cases() {
    Arbitrary<Case> one =
        Combinators.combine(
                Arbitraries.integers().between(-3, 3),
                Arbitraries.of(Truth.class),
                Arbitraries.of("a", "b", "c"),
                Arbitraries.of("s1", "s2", "s3", "s4"))
            .as((score, truth, tool, scenario) -> new Case(score / 2.0, truth, tool, scenario));
    return one.list().ofMinSize(1).ofMaxSize(60);
  }

  private static double naiveArea(List<Case> cases, boolean within) {
    double wins = 0;
    double pairs = 0;
    for (Case harmful : of(cases, Truth.HARMFUL)) {
      for (Case harmless : of(cases, Truth.HARMLESS)) {
        if (!within || harmful.stratum().equals(harmless.stratum())) {
          pairs++;
          wins += harmful.score() > harmless.score() ? 1 : 0;
          wins += harmful.score() == harmless.score() ? 0.5 : 0;
        }
      }
    }
    return pairs == 0 ? Double.NaN : wins / pairs;
  }

  private static double naiveRecall(List<Case> cases, double limit) {
    double best = 0;
    for (Case line : cases) {
      if (falseAlarms(cases, line.score()) <= limit) {
        best = Math.max(best, share(of(cases, Truth.HARMFUL), line.score()));
      }
    }
    return best;
  }

  /** Of each score's cases at the cut the share that the budget leaves is taken. */
  private static double naiveBudget(List<Case> cases, double share) {
    double left = share * cases.size();
    double found = 0;
    List<Double> scores =
        new HashSet<>(cases.stream().map(Case::score).toList())
            .stream().sorted(Comparator.reverseOrder()).toList();
    for (double score : scores) {
      List<Case> tied = cases.stream().filter(c -> c.score() == score).toList();
      double taken = Math.min(left, tied.size());
      found += of(tied, Truth.HARMFUL).size() * taken / tied.size();
      left -= taken;
    }
    return found / of(cases, Truth.HARMFUL).size();
  }

  private static double falseAlarms(List<Case> cases, double line) {
    List<Case> harmless = of(cases, Truth.HARMLESS);
    return harmless.isEmpty() ? 0 : share(harmless, line);
  }

  private static double share(List<Case> cases, double line) {
    return cases.stream().filter(c -> c.score() >= line).count() / (double) cases.size();
  }

  private static List<Case> of(List<Case> cases, Truth truth) {
    return cases.stream().filter(c -> c.truth() == truth).toList();
  }

  private static double[] weights(List<Case> cases, double weight) {
    double[] weights = new double[new Cases(cases).scenarioCount()];
    Arrays.fill(weights, weight);
    return weights;
  }
}
