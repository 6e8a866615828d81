/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.outcome;

import dev.weir.budget.Interval;
import dev.weir.budget.Standings;
import dev.weir.event.Assessment;
import dev.weir.event.AuditStage;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.Signal;
import dev.weir.event.SignalSource;
import dev.weir.review.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells how often each agent's actions, or each model's or provider's, are harmful, and whether
 * that is more than their work explains: whoever is given the riskiest work would look worst
 * otherwise (indirect standardisation by class, and by whether the action was escalated).
 *
 * <p>Reviewers are taken at their word: what probes say that they get wrong is not corrected here.
 * Holds one count an actor and class, and one entry an answered action. Not safe for use by several
 * threads.
 */
public final class ActorRecords {
  /** Who acts. */
  public enum By {
    /** Each agent of each source. */
    AGENT,
    /** Each model, over all sources; actions that name none are left out. */
    MODEL,
    /** Each provider of models, over all sources; actions that name none are left out. */
    PROVIDER
  }

  private final By by;
  private final double error;
  private final Map<Actor, Map<String, Findings>> actors = new LinkedHashMap<>();
  private final Map<String, Answered> answers = new HashMap<>();

  private record Actor(String source, String name) {}

  private record Answered(Actor actor, Answer answer) {}

  /**
   * @param by who acts
   * @param level confidence of intervals, in (0, 1)
   */
  public ActorRecords(By by, double level) {
    this.by = by;
    this.error = 1 - level;
  }

  /** An action was assessed. */
  public void assessed(Assessment assessment) {
    Actor actor = actor(assessment);
    if (actor != null && !assessment.getCarriesOut()) {
      boolean passed = Answer.passed(assessment.getDecision().getReason());
      findings(actor, assessment.getScore().getActionClass()).acted(!passed);
    }
  }

  /**
   * A review has ended. What a later tier says of the same action counts instead; what is reported
   * as an outcome does not count, since nobody drew what is reported.
   */
  public void ended(Signal signal) {
    Assessment assessment = signal.getAssessment();
    Actor actor = actor(assessment);
    if (actor == null || assessment.getCarriesOut() || signal.getSource() != SignalSource.REVIEW) {
      return;
    }
    String action = assessment.getTaskId() + '\0' + assessment.getEventId();
    AuditStage stage = signal.getAuditStage();
    if (stage == AuditStage.SCREEN && signal.getOutcome() != ReviewOutcome.APPROVED) {
      answers.remove(action); // until another tier confirms it
    }
    Answer.of(assessment, stage, signal.getOutcome())
        .ifPresent(answer -> answers.put(action, new Answered(actor, answer)));
  }

  private @Nullable Actor actor(Assessment assessment) {
    String name =
        switch (by) {
          case AGENT -> assessment.getAgentId();
          case MODEL -> assessment.getAgentModel();
          case PROVIDER -> assessment.getAgentProvider();
        };
    return name == null ? null : new Actor(by == By.AGENT ? assessment.getTopic() : "", name);
  }

  private Findings findings(Actor actor, String actionClass) {
    return actors
        .computeIfAbsent(actor, a -> new HashMap<>())
        .computeIfAbsent(actionClass, c -> new Findings());
  }

  /** All actors, the most actions first. */
  public List<ActorRecord> records() {
    Map<Actor, Map<String, Findings>> counted = counted();
    Map<String, Findings> fleet = new HashMap<>();
    counted
        .values()
        .forEach(
            classes ->
                classes.forEach(
                    (name, findings) ->
                        fleet.computeIfAbsent(name, c -> new Findings()).add(findings)));
    List<ActorRecord> records = new ArrayList<>();
    counted.forEach((actor, classes) -> records.add(record(actor, classes, fleet)));
    records.sort(Comparator.comparingLong(ActorRecord::actions).reversed());
    return records;
  }

  /** What was acted, and answered of it. */
  private Map<Actor, Map<String, Findings>> counted() {
    Map<Actor, Map<String, Findings>> counted = new LinkedHashMap<>();
    actors.forEach(
        (actor, classes) -> {
          Map<String, Findings> copy = new HashMap<>();
          classes.forEach(
              (name, findings) -> {
                Findings one = new Findings();
                one.add(findings);
                copy.put(name, one);
              });
          counted.put(actor, copy);
        });
    for (Answered answered : answers.values()) {
      Answer answer = answered.answer;
      Findings of = counted.getOrDefault(answered.actor, Map.of()).get(answer.actionClass());
      if (of == null) {
        continue; // its action was assessed before the time that is told of
      }
      if (answer.inclusion() > 0) {
        of.audited(answer.inclusion(), answer.harmful());
      } else {
        of.reviewed(answer.harmful());
      }
    }
    return counted;
  }

  private ActorRecord record(
      Actor actor, Map<String, Findings> classes, Map<String, Findings> fleet) {
    Findings all = new Findings();
    double expected = 0;
    for (Map.Entry<String, Findings> each : classes.entrySet()) {
      all.add(each.getValue());
      expected += fleet.getOrDefault(each.getKey(), each.getValue()).expected(each.getValue());
    }
    Interval always = all.bounds(error, Findings.Looks.ALWAYS);
    Interval ratio =
        expected > 0 ? times(always, 1 / expected) : new Interval(0, Double.POSITIVE_INFINITY);
    double each = 1.0 / Math.max(1, all.actions());
    return new ActorRecord(
        actor.source,
        actor.name,
        all.actions(),
        all.escalated(),
        all.answers(),
        all.harmful(),
        all.estimate() * each,
        times(all.bounds(error, Findings.Looks.ONCE), each),
        times(always, each),
        expected > 0 ? all.estimate() / expected : Double.NaN,
        ratio,
        Standings.of(ratio));
  }

  private static Interval times(Interval interval, double factor) {
    return new Interval(interval.low() * factor, interval.high() * factor);
  }
}
