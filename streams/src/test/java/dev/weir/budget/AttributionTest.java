/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.event.Assessment;
import dev.weir.event.Contribution;
import dev.weir.event.Decision;
import dev.weir.event.Dimension;
import dev.weir.event.LeadingAction;
import dev.weir.event.RuleMass;
import dev.weir.event.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AttributionTest {
  @Property(tries = 50)
  void shouldAgreeWithSortingAllWhenPartsAreMerged(
      @ForAll @IntRange(max = 100_000) int seed, @ForAll @IntRange(min = 1, max = 5) int parts) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Attribution> attributions = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      attributions.add(new Attribution(List.of(), List.of()));
    }
    RuleSums sums = new RuleSums();
    Map<String, Double> naive = new HashMap<>();
    List<Double> masses = new ArrayList<>();
    double all = 0;
    for (int i = 0; i < 400; i++) {
      double mass = Math.pow(10, 4 * random.nextDouble());
      String rule = "r-" + (int) (30 * random.nextDouble() * random.nextDouble());
      attributions.get(random.nextInt(parts)).add(assessment("e-" + i, rule, mass), mass);
      naive.merge(rule, mass, Double::sum);
      masses.add(mass);
      all += mass;
    }
    attributions.forEach(each -> sums.merge(each.toldRules(), 1));

    masses.sort(Comparator.reverseOrder());
    assertThat(Attribution.worst(attributions.stream().map(Attribution::worst).toList()))
        .extracting(LeadingAction::getMass)
        .containsExactlyElementsOf(masses.subList(0, Attribution.WORST));
    String top = naive.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    assertThat(sums.top(all).getRule()).isEqualTo(top);
    assertThat(sums.top(all).getShare()).isCloseTo(naive.get(top) / all, within(1e-9));
  }

  @Test
  void shouldFindTheHeavyRuleWhenThereAreMoreThanItKeeps() {
    Attribution attribution = new Attribution(List.of(), List.of());
    double heavy = 0;
    double all = 0;
    for (int i = 0; i < 20_000; i++) {
      String rule = i % 10 == 0 ? "heavy" : "r-" + i % 3_001;
      attribution.add(assessment("e-" + i, rule, 1), 1);
      heavy += rule.equals("heavy") ? 1 : 0;
      all++;
    }

    List<RuleMass> rules = attribution.rules();
    assertThat(rules).hasSize(128);
    assertThat(rules.get(0).getRule()).isEqualTo("heavy");
    assertThat(rules.get(0).getMass()).isBetween(heavy, heavy + all / 128);
  }

  @Test
  void shouldGoOnTheSameWhenRestored() {
    Attribution unbroken = new Attribution(List.of(), List.of());
    Attribution broken = new Attribution(List.of(), List.of());
    for (int i = 0; i < 1_000; i++) {
      Assessment assessment = assessment("e-" + i % 700, "r-" + i % 300, 1 + i % 7);
      unbroken.add(assessment, 1 + i % 7);
      broken.add(assessment, 1 + i % 7);
      if (i % 100 == 0) {
        broken = new Attribution(broken.rules(), broken.worst());
      }
    }

    assertThat(broken.rules()).isEqualTo(unbroken.rules());
    assertThat(broken.worst()).isEqualTo(unbroken.worst());
  }

  @Test
  void shouldForgetARuleWhenNoPartitionTellsOfIt() {
    RuleSums sums = new RuleSums();
    List<RuleMass> told = List.of(new RuleMass("a", 0.1), new RuleMass("b", 0.3));

    sums.merge(told, 1);
    sums.merge(told, -1);

    assertThat(sums.top(1)).isNull();
  }

  private static Assessment assessment(String eventId, String rule, double mass) {
    double risk = Math.log10(mass);
    Assessment assessment = new Assessment();
    assessment.setEventId(eventId);
    assessment.setTaskId("t");
    assessment.setAgentId("a");
    assessment.setTool("tool");
    assessment.setDecision(new Decision());
    assessment.setScore(
        new Score(
            risk,
            0.0,
            risk,
            mass,
            "",
            false,
            List.of(
                new Contribution(rule, Dimension.MONEY, risk, true, "b"),
                new Contribution("louder", Dimension.REACH, risk + 1, true, "b"),
                new Contribution("lower", Dimension.PEOPLE, risk - 1, true, "b"))));
    return assessment;
  }
}
