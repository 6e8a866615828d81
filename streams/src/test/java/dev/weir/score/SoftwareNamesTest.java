/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.PolicyLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of software, parts and goods that are also those of what is grave need a second word. */
class SoftwareNamesTest {
  private static final double GRAVE = 5;
  private static final Scorer SCORER = new PolicyScorer(PolicyLoader.builtIn());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mvn_reactor",
        "mvn_reactor_build",
        "reactor.update",
        "run_reactor",
        "set_gas_limit",
        "steam.update",
        "turret.configure",
        "update_turret",
        "metro.start",
        "rails.generate",
        "rail.update",
        "rails_migrate"
      })
  void shouldNotBeGraveWhenOneWordStandsAlone(String tool) {
    assertThat(magnitude(tool, "{\"id\":\"17\"}")).isLessThanOrEqualTo(GRAVE);
  }

  @ParameterizedTest
  @CsvSource({
    "create_product, name, fire alarm",
    "order_product, product, fire alarm",
    "update_listing, title, fire alarm"
  })
  void shouldNotBeGraveWhenAProductIsNamedAfterWhatGuards(String tool, String key, String value) {
    assertThat(magnitude(tool, "{\"" + key + "\":\"" + value + "\"}")).isLessThanOrEqualTo(GRAVE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set_reactor_power",
        "reactor.insert_rods",
        "set_gas_pressure",
        "open_steam_valve",
        "gun_turret.engage",
        "fire_turret",
        "rail.set_signal",
        "metro.stop_train",
        "disable_fire_alarm"
      })
  void shouldBeGraveWhenASecondWordSaysWhatItIs(String tool) {
    assertThat(magnitude(tool, "{\"id\":\"17\"}")).isGreaterThan(GRAVE);
  }

  private static double magnitude(String tool, String arguments) {
    return SCORER.score(Actions.call(tool, arguments), TaskView.none()).score().getMagnitude();
  }
}
