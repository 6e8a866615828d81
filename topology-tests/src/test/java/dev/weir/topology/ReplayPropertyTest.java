/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.Ask;
import dev.weir.budget.Belonging;
import dev.weir.budget.Controller;
import dev.weir.budget.Draws;
import dev.weir.budget.Mandate;
import dev.weir.budget.Seat;
import dev.weir.budget.Unreviewed;
import dev.weir.config.WeirConfig;
import dev.weir.event.Assessment;
import dev.weir.event.Decision;
import dev.weir.event.Exposure;
import dev.weir.event.Price;
import dev.weir.event.Score;
import dev.weir.event.TaskRisk;
import dev.weir.policy.Ceiling;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import dev.weir.policy.Rule;
import dev.weir.score.Scored;
import dev.weir.task.Sighting;
import dev.weir.topology.Fleets.Logged;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * What holds of a log that is read again: invariant 4, as far as the test driver, which commits
 * after every record, can show it.
 */
class ReplayPropertyTest {
  private static final Policy POLICY = PolicyLoader.builtIn();

  private static final Map<String, String> LIVE = Map.of(WeirConfig.STORE, "live");
  private static final Map<String, String> PLAIN = Map.of(WeirConfig.STORE, "plain");

  /** Hardly anything stays live: nearly every read comes from encoded state. */
  private static final Map<String, String> EVICTING =
      Map.of(WeirConfig.STORE, "live", WeirConfig.LIVE_TASKS_MAX, "2");

  /** What of an assessment does not depend on where it lay in the partition. */
  private record Seen(
      String eventId, Score score, List<Object> flags, long taskActions, String taskTime) {
    static Seen of(Assessment a) {
      return new Seen(
          a.getEventId(),
          a.getScore(),
          List.of(a.getOutOfOrder(), a.getLate(), a.getIdConflict(), a.getCarriesOut()),
          a.getTaskActions(),
          a.getTaskTime().toString());
    }
  }

  private record Outcome(
      List<Assessment> assessments,
      List<TaskRisk> risks,
      List<Price> prices,
      List<Exposure> exposures) {}

  @Property(tries = 8, shrinking = ShrinkingMode.OFF)
  void shouldScoreAndFoldEachTaskTheSameWhenTasksInterleaveOtherwise(
      @ForAll long fleet, @ForAll long one, @ForAll long other) {
    var logs = Fleets.logs(Fleets.flawed(fleet, 12));

    Outcome live = replay(Fleets.interleaved(logs, one), LIVE);
    Outcome evicting = replay(Fleets.interleaved(logs, other), EVICTING);

    assertThat(byTask(evicting.assessments, Assessment::getTaskId, Seen::of))
        .isEqualTo(byTask(live.assessments, Assessment::getTaskId, Seen::of));
    assertThat(byTask(evicting.risks, TaskRisk::getTaskId, ReplayPropertyTest::fold))
        .isEqualTo(byTask(live.risks, TaskRisk::getTaskId, ReplayPropertyTest::fold));
  }

  @Property(tries = 5, shrinking = ShrinkingMode.OFF)
  void shouldAnswerTheSameByteForByteWhenStateIsKeptOtherwise(
      @ForAll long fleet, @ForAll long turns) {
    List<Logged> log = Fleets.interleaved(Fleets.logs(Fleets.flawed(fleet, 12)), turns);

    Outcome live = replay(log, LIVE);

    assertThat(replay(log, PLAIN)).isEqualTo(live);
    assertThat(replay(log, EVICTING)).isEqualTo(live);
  }

  @Property(tries = 5, shrinking = ShrinkingMode.OFF)
  void shouldDecideTheSameWhenTheRecordedFleetPricesAreGiven(
      @ForAll long fleet, @ForAll long turns) {
    List<Logged> log = Fleets.interleaved(Fleets.logs(Fleets.flawed(fleet, 20)), turns);
    Outcome outcome = replay(log, LIVE);
    Map<Long, Price> prices = new HashMap<>();
    outcome.prices.forEach(price -> prices.put(price.getSequence(), price));

    Controller controller = Controller.fresh(new Seat(0, 1), POLICY);

    assertThat(outcome.assessments).isNotEmpty();
    for (Assessment a : outcome.assessments) {
      assertThat(controller.decide(ask(a, prices))).isEqualTo(a.getDecision());
    }
  }

  private static Ask ask(Assessment a, Map<Long, Price> prices) {
    Decision decided = a.getDecision();
    return new Ask(
        a.getScore().getRisk(),
        a.getCarriesOut() ? 0 : a.getScore().getMass(),
        a.getScore().getActionClass(),
        decided.getBaseCost(),
        mandate(a),
        new Draws(decided.getU(), decided.getAuditU(), decided.getChanceKeyId()),
        prices.get(decided.getFleetPriceSequence()),
        Belonging.of(Flume.chance(), a),
        new Unreviewed(decided.getTaskMass(), decided.getAgentMass()),
        a.getReceivedAt().toEpochMilli());
  }

  /** What asked for a review whatever the price, as the assessment tells it. */
  private static Mandate mandate(Assessment a) {
    if (a.getCarriesOut()) {
      return Mandate.NONE;
    }
    List<Ceiling> routes =
        POLICY.rules().stream()
            .filter(Rule::route)
            .filter(
                rule ->
                    a.getScore().getContributions().stream()
                        .anyMatch(c -> c.getRule().equals(rule.id())))
            .map(POLICY::ceiling)
            .toList();
    Sighting sighting = a.getIdConflict() ? Sighting.ID_CONFLICT : Sighting.NEW;
    boolean catastrophic = a.getScore().getMagnitude() >= POLICY.catastrophic();
    return Mandate.of(sighting, new Scored(a.getScore(), routes, catastrophic, 1), POLICY);
  }

  private static Outcome replay(List<Logged> log, Map<String, String> settings) {
    try (Flume flume = Flume.open(POLICY, settings)) {
      log.forEach(record -> flume.send(record.value(), record.receivedAt()));
      Outcome outcome =
          new Outcome(flume.assessments(), flume.taskRisks(), flume.prices(), flume.exposures());
      flume.skip(
          flume.topics().dispositions(),
          flume.topics().escalations(),
          flume.topics().deadLetters(),
          flume.topics().duplicates(),
          flume.topics().concentration(),
          flume.topics().chance(),
          flume.topics().ledger(),
          flume.topics().agentExposure(),
          flume.topics().agentRecord());
      return outcome;
    }
  }

  /** A fold but for how much of it was escalated, which is the budget's matter. */
  private static TaskRisk fold(TaskRisk risk) {
    return TaskRisk.newBuilder(risk).setEscalated(0).build();
  }

  private static <T, R> Map<String, List<R>> byTask(
      List<T> all, Function<T, String> task, Function<T, R> seen) {
    return all.stream()
        .collect(
            Collectors.groupingBy(
                task, TreeMap::new, Collectors.mapping(seen, Collectors.toList())));
  }
}
