/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.simulate.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimulateCommandTest {
  private final StringWriter out = new StringWriter();

  @Test
  void shouldPrintOneDocumentWhenJsonIsAsked() throws IOException {
    assertThat(simulate("--actions", "200000", "--tax", "1", "--json")).isZero();

    JsonNode document = new ObjectMapper().readTree(out.toString());
    assertThat(document.path("scenario").asText()).isEqualTo("steady");
    assertThat(document.path("actions").path("assessed").asInt()).isEqualTo(200_000);
    JsonNode escalations = document.path("escalations");
    assertThat(escalations.path("priced").asInt()).isBetween(1_940, 2_020);
    assertThat(escalations.path("by_tier").path("expert")).isEqualTo(escalations.path("priced"));
    assertThat(escalations.path("by_tier").path("screen")).isEqualTo(escalations.path("audit"));
    assertThat(escalations.path("audit").asInt()).isGreaterThan(50);
    JsonNode missed = document.path("missed").path("rate");
    assertThat(missed.path("true").asDouble()).isCloseTo(0.01, within(0.001));
    assertThat(missed.path("low").asDouble()).isLessThan(missed.path("high").asDouble());
    assertThat(document.path("tax").path("realised").asDouble()).isCloseTo(1, within(0.02));
    assertThat(document.path("windows")).hasSize(2);
    assertThat(document.path("windows").get(1).path("capture_ratio").asDouble())
        .isBetween(0.95, 1.0);
  }

  @Test
  void shouldPrintTheSameTwiceWhenSeedsAreEqual() {
    simulate("--scenario", "flood", "--actions", "50000", "--seed", "3");
    String first = out.toString().replaceAll("[0-9.]+ s\\b", "");
    out.getBuffer().setLength(0);
    simulate("--scenario", "flood", "--actions", "50000", "--seed", "3");

    assertThat(out.toString().replaceAll("[0-9.]+ s\\b", "")).isEqualTo(first);
  }

  @Test
  void shouldPrintARowAScenarioWhenAllAreAsked() {
    assertThat(simulate("--scenario", "all", "--actions", "2000")).isZero();

    assertThat(out.toString().lines()).hasSize(1 + Scenario.values().length);
  }

  @Test
  void shouldNameEveryScenarioWhenAListIsAsked() {
    assertThat(simulate("--list")).isZero();

    for (Scenario scenario : Scenario.values()) {
      assertThat(out.toString()).contains(scenario.label()).contains(scenario.about());
    }
  }

  @Test
  void shouldSayThatThreeThousandCleanAuditsShowATenthOfAPercent() {
    assertThat(simulate("audit")).isZero();

    assertThat(out.toString()).contains("2,995");
  }

  private int simulate(String... options) {
    return new CommandLine(new SimulateCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true))
        .execute(options);
  }
}
