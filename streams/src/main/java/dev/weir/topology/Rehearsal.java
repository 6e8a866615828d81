/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.budget.Ask;
import dev.weir.budget.Controller;
import dev.weir.budget.GoLiveLimits;
import dev.weir.budget.Seat;
import dev.weir.budget.Trial;
import dev.weir.budget.TrialReport;
import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.Judgement;
import dev.weir.event.Score;
import dev.weir.event.ShadowSample;
import dev.weir.metrics.Tally;
import dev.weir.metrics.TrialStatus;
import dev.weir.policy.Policy;
import dev.weir.policy.publish.PolicyRefusal;
import dev.weir.score.Scored;
import dev.weir.state.TrialBreach;
import dev.weir.task.Sighting;
import dev.weir.topology.Stance.Candidate;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a candidate does beside the policy in force, in one partition: it decides with a controller
 * of its own, is compared and sampled, and, where it wants to go live, is tried. Nothing of it has
 * an effect before it is adopted; then its controller, which knows the partition's recent actions
 * as the candidate scores them, takes over.
 */
final class Rehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
  private static final String KEY = "candidate";

  /** Key of the candidate's controller among those in force, which go by their digests. */
  private static final String SHADOW = "candidate";

  /** Difference in risk, in decades, from which on an action is worth a sample. */
  private static final double SAMPLED_DECADES = 1;

  private final Terms terms;
  private final Seat seat;
  private final int partition;
  private final Standing standing;
  private final KeyValueStore<String, Trial> trials;
  private final KeyValueStore<String, Controller> controllers;
  private @Nullable Stance told;

  /** What holds of every rehearsal. */
  record Terms(TrialSettings settings, PolicyDesk desk, Tally tally) {}

  /** Where a partition keeps its rehearsal. */
  record Place(
      Seat seat,
      Standing standing,
      KeyValueStore<String, Trial> trials,
      KeyValueStore<String, Controller> controllers) {}

  Rehearsal(Terms terms, Place place) {
    this.terms = terms;
    this.seat = place.seat;
    this.partition = place.seat.partition();
    this.standing = place.standing;
    this.trials = place.trials;
    this.controllers = place.controllers;
  }

  /** Tells how the partition stands, before its first action. */
  void begin() {
    stands(standing.now());
    refusedHere();
  }

  /** The partition went elsewhere. */
  void end() {
    terms.desk.refusedIn(partition, null);
  }

  /**
   * Follows one action that was decided.
   *
   * @param ask what the candidate's controller is asked
   * @return a sample, if one is due
   */
  Optional<ShadowSample> follow(Judged judged, Decision decided, Ask ask) {
    Candidate candidate = judged.stance().candidate();
    Scored shadowed = judged.shadowed();
    if (candidate == null || shadowed == null) {
      return Optional.empty();
    }
    Trial trial = trial(judged.stance(), candidate);
    Policy inForce = judged.stance().policy();
    if (judged.fresh().sighting() != Sighting.CARRIES_OUT) {
      trial.add(
          new Trial.Seen(inForce, judged.scored()),
          new Trial.Seen(candidate.policy(), shadowed),
          ask.nowMs());
    }
    Controller controller = controller(candidate.policy());
    Decision would = controller.decide(ask);
    controllers.put(SHADOW, controller);
    Score score = judged.scored().score();
    terms.tally.shadowed(score, decided, shadowed.score(), would);
    Optional<ShadowSample> sample =
        worthASample(score, decided, shadowed.score(), would)
                && trial.takeSample(ask.nowMs(), terms.settings.samplesPerHour())
            ? Optional.of(sample(judged, decided, shadowed.score(), would))
            : Optional.empty();
    trials.put(KEY, trial);
    return sample;
  }

  /**
   * Whether the candidate is to be adopted now. Ends its trial if that is complete; a candidate
   * that shadowed long enough before was tried already.
   */
  boolean passes(Stance stance, long nowMs) {
    Candidate candidate = stance.candidate();
    if (candidate == null) {
      return false;
    }
    if (candidate.wants() && standing.trusts(stance, candidate)) {
      return true;
    }
    Trial trial = trial(stance, candidate);
    if (candidate.wants() && trial.concluded()) {
      return settle(stance, candidate, trial, TrialReport::sentence);
    }
    if (!trial.full(
        GoLiveLimits.between(candidate.policy(), stance.policy()), nowMs, terms.settings.maxMs())) {
      return false;
    }
    TrialReport report = trial.conclude(candidate.policy(), stance.policy());
    trials.put(KEY, trial);
    terms.tally.trialConcluded(report);
    return candidate.wants() && settle(stance, candidate, trial, report::told);
  }

  private boolean settle(
      Stance stance, Candidate candidate, Trial trial, Function<TrialBreach, String> told) {
    if (trial.breaches().isEmpty()) {
      return true;
    }
    String because =
        "generation %d (%s) would break its limits: %s"
            .formatted(
                candidate.generation(),
                candidate.policy().id(),
                trial.breaches().stream().map(told).collect(Collectors.joining(", ")));
    standing.refuse(stance, candidate, because);
    trial.breaches().stream()
        .map(TrialBreach::getLimit)
        .distinct()
        .forEach(limit -> terms.tally.policyRefused(PolicyRefusal.valueOf(limit)));
    LOG.warn("Partition {} keeps its policy: {}", partition, because);
    refusedHere();
    return false;
  }

  /** From the next action on the candidate is in force, with the controller that is returned. */
  Controller adopt(Stance stance, Candidate candidate, Controller before, long nowMs) {
    standing.adopt(stance, candidate, nowMs);
    Controller after =
        candidate.policy().equals(stance.policy())
            ? before
            : controller(candidate.policy()).succeeding(before);
    controllers.delete(stance.policy().digestHex());
    controllers.delete(SHADOW);
    controllers.put(candidate.policy().digestHex(), after);
    trials.delete(KEY);
    LOG.info(
        "Partition {} adopted generation {}: {}",
        partition,
        candidate.generation(),
        candidate.policy());
    stands(standing.now());
    refusedHere();
    return after;
  }

  /** Tells what shadows now, where that has changed. */
  @SuppressWarnings("ReferenceEquality") // a standing hands out the same one until it changes
  void status(Stance stance) {
    if (stance == told) {
      return;
    }
    told = stance;
    Candidate candidate = stance.candidate();
    TrialStatus status =
        candidate != null && candidate.wants()
            ? TrialStatus.TRIAL
            : standing.refusal() != null
                ? TrialStatus.REFUSED
                : candidate != null ? TrialStatus.SHADOW : TrialStatus.NONE;
    terms.tally.trialStatus(partition, status);
  }

  private void stands(Stance stance) {
    Policy policy = stance.policy();
    terms.tally.policyStands(partition, stance.generation(), policy.id(), policy.digestHex());
    status(stance);
  }

  private void refusedHere() {
    terms.desk.refusedIn(partition, standing.refusal());
  }

  private Trial trial(Stance stance, Candidate candidate) {
    Trial known = trials.get(KEY);
    return known != null && known.isOf(candidate.policy(), stance.policy())
        ? known
        : Trial.fresh(candidate.policy(), stance.policy());
  }

  private Controller controller(Policy policy) {
    Controller known = controllers.get(SHADOW);
    return known != null && known.isOf(ByteBuffer.wrap(policy.digest()))
        ? known
        : Controller.fresh(seat, policy);
  }

  private static boolean worthASample(
      Score score, Decision decided, Score shadowed, Decision would) {
    return reviewed(decided) != reviewed(would)
        || Math.abs(score.getRisk() - shadowed.getRisk()) >= SAMPLED_DECADES;
  }

  private static boolean reviewed(Decision decision) {
    return decision.getReason() != EscalationReason.NONE;
  }

  private static ShadowSample sample(
      Judged judged, Decision decided, Score shadowed, Decision would) {
    var action = judged.fresh().action();
    Policy candidate = Objects.requireNonNull(judged.stance().candidate()).policy();
    return new ShadowSample(
        action.event().getEventId(),
        action.event().getTaskId(),
        ByteBuffer.wrap(action.digest()),
        action.origin().topic(),
        action.origin().partition(),
        action.origin().offset(),
        new Judgement(judged.stance().digest(), judged.scored().score(), decided.getReason()),
        new Judgement(ByteBuffer.wrap(candidate.digest()), shadowed, would.getReason()));
  }
}
