/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.fleet;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FleetSimulatorTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final FleetSettings FLAWLESS = FleetSettings.of(7, 2000, START).withFlaws(0, 0, 0);
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Test
  void shouldGiveEqualBytesWhenSeedIsEqual() {
    assertThat(lines(new FleetSimulator(42, 300))).isEqualTo(lines(new FleetSimulator(42, 300)));
    FleetSimulator again = new FleetSimulator(42, 300);
    assertThat(lines(again)).isEqualTo(lines(again));
  }

  @Test
  void shouldGiveOtherBytesWhenSeedOrStartIsOther() {
    List<String> lines = lines(new FleetSimulator(42, 50));
    assertThat(lines(new FleetSimulator(43, 50))).doesNotContainAnyElementsOf(lines);
    FleetSimulator later = new FleetSimulator(FleetSettings.of(42, 50, START));
    Set<String> ids =
        new FleetSimulator(42, 50).stream().map(SimulatedAction::taskId).collect(toSet());
    assertThat(later.stream().map(SimulatedAction::taskId)).doesNotContainAnyElementsOf(ids);
  }

  @Test
  void shouldConcentrateRiskWhenUsual() {
    List<SimulatedAction> actions = new FleetSimulator(1, 5000).stream().toList();
    long harmful = actions.stream().filter(SimulatedAction::harmful).count();
    assertThat(actions).hasSizeBetween(45_000, 55_000);
    assertThat(actions.size() / harmful).isBetween(1000L, 2000L);
    long scenarios =
        actions.stream()
            .filter(SimulatedAction::harmful)
            .map(action -> parse(action).at("/truth/scenario").asText())
            .distinct()
            .count();
    assertThat(scenarios).isGreaterThan(8);
  }

  @Test
  void shouldInterleaveTasksInOrderOfTimeWhenFlawless() {
    Instant last = START;
    Map<String, Integer> next = new HashMap<>();
    int switches = 0;
    String task = "";
    for (SimulatedAction action : new FleetSimulator(FLAWLESS)) {
      Instant at = Instant.parse(parse(action).get("occurred_at").asText());
      assertThat(at).isAfterOrEqualTo(last);
      int number = next.merge(action.taskId(), 1, Integer::sum) - 1;
      assertThat(action.eventId()).isEqualTo(action.taskId() + "-" + number);
      switches += action.taskId().equals(task) ? 0 : 1;
      task = action.taskId();
      last = at;
    }
    assertThat(next).hasSize(2000);
    assertThat(next.values()).allMatch(calls -> calls >= 3 && calls <= 33);
    assertThat(switches).isGreaterThan(15_000);
  }

  @Test
  void shouldCarryWhatTheContractAsksWhenWellFormed() {
    for (SimulatedAction action : new FleetSimulator(FLAWLESS)) {
      JsonNode json = parse(action);
      assertThat(json.get("event_id").asText()).isEqualTo(action.eventId());
      assertThat(json.get("task_id").asText()).isEqualTo(action.taskId());
      assertThat(json.at("/agent/id").asText()).isNotEmpty();
      assertThat(json.at("/tool/name").asText()).isNotEmpty();
      assertThat(json.get("arguments").isObject()).isTrue();
      assertThat(json.at("/truth/harmful").asBoolean()).isEqualTo(action.harmful());
      assertThat(json.has("objective")).isEqualTo(action.eventId().endsWith("-0"));
    }
  }

  @Test
  void shouldRepeatWholeRecordsWhenDuplicatesAreAskedFor() {
    FleetSettings settings = FLAWLESS.withFlaws(0.1, 0, 0);
    var byId =
        new FleetSimulator(settings)
            .stream().collect(groupingBy(SimulatedAction::eventId)).values();
    long repeated = byId.stream().filter(same -> same.size() == 2).count();
    assertThat((double) repeated / byId.size()).isBetween(0.08, 0.12);
    assertThat(byId)
        .allMatch(same -> same.stream().map(FleetSimulatorTest::line).distinct().count() == 1);
  }

  @Test
  void shouldBreakRecordsBesideGoodOnesWhenMalformedAreAskedFor() {
    List<SimulatedAction> actions =
        new FleetSimulator(FLAWLESS.withFlaws(0, 0, 0.05)).stream().toList();
    List<SimulatedAction> broken =
        actions.stream().filter(action -> action.eventId().isEmpty()).toList();
    long good = new FleetSimulator(FLAWLESS.withFlaws(0, 0, 0)).stream().count();
    assertThat((double) broken.size() / good).isBetween(0.04, 0.06);
    assertThat(broken).noneMatch(FleetSimulatorTest::isComplete);
    assertThat(actions.stream().filter(action -> !action.eventId().isEmpty()))
        .allMatch(FleetSimulatorTest::isComplete);
  }

  @Test
  void shouldPublishSomeLateWhenOutOfOrderIsAskedFor() {
    Map<String, Instant> clocks = new HashMap<>();
    int late = 0;
    for (SimulatedAction action : new FleetSimulator(FLAWLESS.withFlaws(0, 0.05, 0))) {
      Instant at = Instant.parse(parse(action).get("occurred_at").asText());
      Instant clock = clocks.getOrDefault(action.taskId(), at);
      late += at.isBefore(clock) ? 1 : 0;
      clocks.put(action.taskId(), at.isAfter(clock) ? at : clock);
    }
    assertThat(late).isBetween(400, 1100);
  }

  @Test
  void shouldGoOnWhenFleetHasNoEnd() {
    assertThat(new FleetSimulator(3, Integer.MAX_VALUE).stream().limit(20_000)).hasSize(20_000);
  }

  @Test
  void shouldRefuseSettingsWhenOutOfRange() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FleetSimulator(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> FLAWLESS.withFlaws(Double.NaN, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> FLAWLESS.withActionsPerSecond(0));
  }

  private static List<String> lines(FleetSimulator fleet) {
    return fleet.stream().map(FleetSimulatorTest::line).toList();
  }

  private static String line(SimulatedAction action) {
    return new String(action.json(), StandardCharsets.UTF_8);
  }

  private static JsonNode parse(SimulatedAction action) {
    try {
      return STRICT.readTree(action.json());
    } catch (IOException e) {
      throw new UncheckedIOException(line(action), e);
    }
  }

  private static boolean isComplete(SimulatedAction action) {
    try {
      JsonNode json = STRICT.readTree(action.json());
      return json.isObject() && json.has("event_id") && json.has("occurred_at");
    } catch (IOException e) {
      return false;
    }
  }
}
