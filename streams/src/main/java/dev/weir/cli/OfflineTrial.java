/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.action.Action;
import dev.weir.budget.Ask;
import dev.weir.budget.Belonging;
import dev.weir.budget.Chance;
import dev.weir.budget.Controller;
import dev.weir.budget.Mandate;
import dev.weir.budget.Seat;
import dev.weir.budget.Trial;
import dev.weir.budget.TrialReport;
import dev.weir.budget.Unreviewed;
import dev.weir.event.EscalationReason;
import dev.weir.policy.Policy;
import dev.weir.score.PolicyScorer;
import dev.weir.score.Scored;
import dev.weir.task.FoldRules;
import dev.weir.task.Replay;
import dev.weir.task.Sighting;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The trial that each partition makes of a candidate, over one log, before anything is published.
 */
final class OfflineTrial {
  /** Both policies draw the same chances; which ones does not matter here. */
  private static final byte[] CHANCE_KEY =
      "the same chances for both policies".getBytes(StandardCharsets.US_ASCII);

  private final Policy candidate;
  private final Policy inForce;
  private final PolicyScorer scorer;
  private final Trial trial;
  private final Controller would;
  private final Controller does;
  private final Chance chance = new Chance(CHANCE_KEY, Chance.EPOCH_MS);
  private long both;
  private long onlyInForce;
  private long onlyCandidate;

  /**
   * What came of it.
   *
   * @param report the trial's
   * @param both actions that either policy has reviewed
   * @param onlyInForce that only the policy in force has reviewed
   * @param onlyCandidate that only the candidate has reviewed
   */
  record Result(TrialReport report, long both, long onlyInForce, long onlyCandidate) {}

  private OfflineTrial(Policy candidate, Policy inForce) {
    this.candidate = candidate;
    this.inForce = inForce;
    this.scorer = new PolicyScorer(candidate);
    this.trial = Trial.fresh(candidate, inForce);
    this.would = controller(candidate);
    this.does = controller(inForce);
  }

  private static Controller controller(Policy policy) {
    return Controller.fresh(new Seat(0, 1), policy);
  }

  /** Tries {@code candidate} on {@code actions}, in their order. */
  static Result of(Policy candidate, Policy inForce, List<Action> actions, FoldRules rules) {
    OfflineTrial run = new OfflineTrial(candidate, inForce);
    Replay replay = new Replay(inForce, new PolicyScorer(inForce), rules);
    for (Action action : actions) {
      replay.add(action).ifPresent(run::add);
    }
    TrialReport report = run.trial.report(candidate, inForce);
    return new Result(report, run.both, run.onlyInForce, run.onlyCandidate);
  }

  private void add(Replay.Replayed replayed) {
    if (replayed.sighting() == Sighting.CARRIES_OUT) {
      return;
    }
    Action action = replayed.action();
    Scored scored = scorer.score(action, replayed.view());
    trial.add(
        new Trial.Seen(inForce, replayed.scored()),
        new Trial.Seen(candidate, scored),
        action.origin().receivedMs());
    boolean here = reviewed(does, inForce, replayed.scored(), replayed);
    boolean there = reviewed(would, candidate, scored, replayed);
    both += here && there ? 1 : 0;
    onlyInForce += here && !there ? 1 : 0;
    onlyCandidate += there && !here ? 1 : 0;
  }

  private boolean reviewed(
      Controller controller, Policy policy, Scored scored, Replay.Replayed replayed) {
    Action action = replayed.action();
    Ask ask =
        new Ask(
            scored.score().getRisk(),
            scored.score().getMass(),
            scored.score().getActionClass(),
            scored.baseCost(),
            Mandate.of(replayed.sighting(), scored, policy),
            chance.draws(action.origin().receivedMs(), action.event().getTaskId(), action.digest()),
            null,
            Belonging.of(chance, action, scored.score()),
            new Unreviewed(scored.score().getMass(), 0),
            action.origin().receivedMs());
    return controller.decide(ask).getReason() != EscalationReason.NONE;
  }
}
