/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.policy.AuditSettings;
import dev.weir.policy.AuditSettings.Band;
import dev.weir.policy.Tier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditPlanTest {
  static final List<Tier> TIERS =
      List.of(new Tier("cheap", 5, 0.01, 60_000), new Tier("dear", 100, 0.9, 60_000));
  static final AuditSettings SETTINGS =
      new AuditSettings(
          0.001,
          Map.of("payment", 0.01),
          List.of(new Band(-3, 0.002), new Band(0, 0.05)),
          "cheap",
          "dear",
          0.05,
          0.05,
          1000,
          0.95,
          Map.of("teams", Set.of("team-"), "first", Set.of("team-1", "solo")));
  static final AuditPlan PLAN = AuditPlan.of(SETTINGS, TIERS);

  @Test
  void shouldTakeTheHighestOfTheLeastWhenBandAndClassApply() {
    assertThat(PLAN.inclusion(-4, 1e-4, "read")).isEqualTo(0.001);
    assertThat(PLAN.inclusion(-3, 1e-3, "read")).isEqualTo(0.002);
    assertThat(PLAN.inclusion(-3, 1e-3, "payment")).isEqualTo(0.01);
    assertThat(PLAN.inclusion(0, 1, "payment")).isEqualTo(0.05);
    assertThat(PLAN.inclusion(Double.NaN, Double.NaN, "")).isEqualTo(0.05);
    assertThat(PLAN.inclusion(Double.NEGATIVE_INFINITY, 1e-300, "")).isEqualTo(0.001);
  }

  @Test
  void shouldAuditNothingWhenAnActionAddsNoMassOrThereIsNoPlan() {
    assertThat(PLAN.inclusion(3, 0, "payment")).isZero();
    assertThat(AuditPlan.NONE.inclusion(3, 1000, "payment")).isZero();
  }

  @Test
  void shouldDecideTwiceByOneDrawWhenAnActionIsDrawn() {
    assertThat(new AuditDraw(0.001, 0.05, 0.001).audited()).isFalse();
    AuditDraw audited = new AuditDraw(0.001, 0.05, 0.0009);
    assertThat(audited.audited()).isTrue();
    assertThat(audited.confirmsNegative(0.05)).isFalse();
    assertThat(audited.confirmsNegative(0.049)).isTrue();
    assertThat(audited.inclusionOfNegative()).isEqualTo(0.00005, within(1e-18));
  }

  @Test
  void shouldGroupAgentsByTheLongestBeginning() {
    assertThat(SETTINGS.group("team-2")).isEqualTo("teams");
    assertThat(SETTINGS.group("team-17")).isEqualTo("first");
    assertThat(SETTINGS.group("somebody")).isEqualTo(AuditSettings.NO_GROUP);
  }

  @Test
  void shouldRefuseSettingsWhenTheyAreOutOfRange() {
    assertThatThrownBy(() -> settings(0, List.of())).hasMessageContaining("least");
    assertThatThrownBy(() -> settings(0.1, List.of(new Band(1, 0.1), new Band(1, 0.2))))
        .hasMessageContaining("band");
  }

  private static AuditSettings settings(double least, List<Band> bands) {
    return new AuditSettings(
        least, Map.of(), bands, "cheap", "dear", 0.05, 0.05, 1000, 0.95, Map.of());
  }
}
