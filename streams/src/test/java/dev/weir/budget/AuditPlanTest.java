/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.policy.AuditSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AuditPlanTest {
  static final AuditSettings SETTINGS =
      new AuditSettings(
          0.2, 0.001, Map.of("payment", 0.01), "cheap", "dear", 0.05, 1000, List.of(-3.0, 0.0));

  private final AuditStrata strata = new AuditStrata(SETTINGS, List.of("payment", "read"));

  @Test
  void shouldTellBandsAndClassesApartWhenAnActionIsPlaced() {
    assertThat(strata.size()).isEqualTo(9);
    assertThat(strata.of(-4, "payment")).isNotEqualTo(strata.of(-3, "payment"));
    assertThat(strata.of(-4, "payment")).isNotEqualTo(strata.of(-4, "read"));
    assertThat(strata.of(-4, "else")).isEqualTo(strata.of(Double.NEGATIVE_INFINITY, ""));
    assertThat(strata.of(Double.NaN, "read")).isEqualTo(strata.of(9, "read"));
  }

  @Test
  void shouldKeepBoundedWhenAPolicyHasManyClasses() {
    List<String> many = IntStream.range(0, 1000).mapToObj(i -> "c" + i).toList();
    AuditStrata bounded = new AuditStrata(SETTINGS, many);
    assertThat(bounded.size()).isEqualTo(3 * 32);
    assertThat(bounded.of(-4, "c900")).isEqualTo(bounded.of(-4, "c901"));
  }

  @Test
  void shouldFollowTheRootOfMeanMassWhenTheBudgetIsFree() {
    AuditTraffic traffic = traffic();
    AuditPlan plan = AuditPlan.allocated(traffic, 400);

    assertThat(plan.expected(traffic)).isCloseTo(400, within(0.01));
    assertThat(plan.inclusion(-5, "read")).isEqualTo(0.001);
    assertThat(plan.inclusion(-5, "payment")).isEqualTo(0.01);
    double decades = plan.inclusion(0.5, "read") / plan.inclusion(-1.5, "read");
    assertThat(decades).isCloseTo(10, within(1e-6));
  }

  @Test
  void shouldKeepTheLeastWhenTheBudgetIsNothing() {
    AuditTraffic traffic = traffic();
    AuditPlan plan = AuditPlan.allocated(traffic, 0);
    assertThat(plan.inclusion(5, "read")).isEqualTo(0.001);
    assertThat(plan.expected(traffic))
        .isCloseTo(AuditPlan.least(strata).expected(traffic), within(1e-9));
  }

  @Test
  void shouldAuditAllWhenTheBudgetAllows() {
    AuditTraffic traffic = traffic();
    assertThat(AuditPlan.allocated(traffic, 1e9).expected(traffic))
        .isCloseTo(101_500, within(1e-3));
  }

  @Test
  void shouldDecideTwiceByOneDrawWhenAnActionIsDrawn() {
    AuditPlan plan = AuditPlan.least(strata);
    assertThat(plan.draw(-5, "read", 0.001).audited()).isFalse();
    AuditDraw audited = plan.draw(-5, "read", 0.0009);
    assertThat(audited.audited()).isTrue();
    assertThat(audited.confirmsNegative()).isFalse();
    assertThat(plan.draw(-5, "read", 0.00004).confirmsNegative()).isTrue();
    assertThat(audited.inclusionOfNegative()).isEqualTo(0.00005, within(1e-18));
  }

  @Property(tries = 200)
  void shouldNeverFallBelowTheLeastWhateverTheTraffic(
      @ForAll @DoubleRange(min = -8, max = 12) double risk,
      @ForAll @IntRange(max = 10_000) int actions,
      @ForAll @DoubleRange(max = 1e6) double audits) {
    AuditTraffic traffic = new AuditTraffic(strata);
    for (int i = 0; i < actions; i++) {
      traffic.add(risk, "read");
    }
    AuditPlan plan = AuditPlan.allocated(traffic, audits);
    for (double at : new double[] {-8, -2, 3, risk, Double.NaN}) {
      assertThat(plan.inclusion(at, "payment")).isBetween(0.01, 1.0);
      assertThat(plan.inclusion(at, "nobody's")).isBetween(0.001, 1.0);
    }
  }

  @Test
  void shouldRefuseSettingsWhenTheyAreOutOfRange() {
    assertThatThrownBy(() -> new AuditSettings(0.2, 0, Map.of(), "a", "b", 0.05, 1000, List.of()))
        .hasMessageContaining("least");
    assertThatThrownBy(
            () -> new AuditSettings(0.2, 0.1, Map.of(), "a", "b", 0.05, 1000, List.of(1.0, 1.0)))
        .hasMessageContaining("band");
  }

  private AuditTraffic traffic() {
    AuditTraffic traffic = new AuditTraffic(strata);
    IntStream.range(0, 100_000).forEach(i -> traffic.add(-5, "read"));
    IntStream.range(0, 1000).forEach(i -> traffic.add(-1.5, "read"));
    IntStream.range(0, 500).forEach(i -> traffic.add(0.5, "read"));
    return traffic;
  }
}
