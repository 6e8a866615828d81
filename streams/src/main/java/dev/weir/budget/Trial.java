/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.policy.GoLive;
import dev.weir.policy.Policy;
import dev.weir.policy.publish.PolicyRefusal;
import dev.weir.score.Scored;
import dev.weir.state.TrialBreach;
import dev.weir.state.TrialState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A candidate beside the policy in force, over a window of one partition's actions: whether it may
 * go live.
 *
 * <p>The sliver is the riskiest hundredth of the window, by each policy's own scores: more if the
 * budget reviews more, at least {@link #MIN_SLIVER} actions if there are five times as many, at
 * most {@link TrialTally#MAX_SLIVER}. A rule is behind an action of it that would lie below it
 * without the rule. A limit is broken if that is so with confidence, and if the policy in force is
 * not as far beyond it itself, by the same rule: what a fleet is like is no fault of a candidate.
 *
 * <p>Invariant: a function of the sequence of calls; one that is {@link #restored} from {@link
 * #state} goes on exactly as the one that wrote it. Times are broker time in epoch ms. Not safe for
 * use by several threads.
 */
public final class Trial {
  /** Actions that a sliver stands for: what is reviewed is too little to tell rules apart. */
  private static final double SLIVER = 0.01;

  private static final long MIN_SLIVER = 20;

  private static final long HOUR_MS = 3_600_000L;

  /** Rules that a report names as breaking a limit, at most. */
  private static final int MAX_RULES_TOLD = 5;

  private final ByteBuffer candidateDigest;
  private final ByteBuffer inForceDigest;
  private TrialTally inForce = new TrialTally();
  private TrialTally candidate = new TrialTally();
  private long startedMs;
  private long actions;
  private long concludedActions;
  private List<TrialBreach> breaches = List.of();
  private long sampleHour;
  private int samples;

  private Trial(ByteBuffer candidateDigest, ByteBuffer inForceDigest) {
    this.candidateDigest = candidateDigest;
    this.inForceDigest = inForceDigest;
  }

  /** A trial that has seen nothing yet. */
  public static Trial fresh(Policy candidate, Policy inForce) {
    return new Trial(ByteBuffer.wrap(candidate.digest()), ByteBuffer.wrap(inForce.digest()));
  }

  /** The trial that {@code state} was written by. */
  public static Trial restored(TrialState state) {
    Trial trial = new Trial(state.getCandidateDigest(), state.getInForceDigest());
    trial.inForce = TrialTally.restored(state.getInForce());
    trial.candidate = TrialTally.restored(state.getCandidate());
    trial.startedMs = state.getStartedMs();
    trial.actions = state.getActions();
    trial.concludedActions = state.getConcludedActions();
    trial.breaches = List.copyOf(state.getBreaches());
    trial.sampleHour = state.getSampleHour();
    trial.samples = state.getSamples();
    return trial;
  }

  /** All of it, as a new record. */
  public TrialState state() {
    return new TrialState(
        candidateDigest,
        inForceDigest,
        startedMs,
        actions,
        inForce.state(),
        candidate.state(),
        concludedActions,
        new ArrayList<>(breaches),
        sampleHour,
        samples);
  }

  /** Whether it is of these two policies. */
  public boolean isOf(Policy candidatePolicy, Policy inForcePolicy) {
    return candidateDigest.equals(ByteBuffer.wrap(candidatePolicy.digest()))
        && inForceDigest.equals(ByteBuffer.wrap(inForcePolicy.digest()));
  }

  /** Takes one action in, as both scored it. */
  public void add(Seen byInForce, Seen byCandidate, long nowMs) {
    if (actions == 0) {
      startedMs = nowMs;
    }
    actions++;
    inForce.add(byInForce.scored(), byInForce.policy());
    candidate.add(byCandidate.scored(), byCandidate.policy());
  }

  /** What a policy makes of an action. */
  public record Seen(Policy policy, Scored scored) {}

  /** Actions in the window so far. */
  public long actions() {
    return actions;
  }

  /** Whether the window is full, or older than {@code maxMs}. */
  public boolean full(GoLive limits, long nowMs, long maxMs) {
    return actions >= limits.trialActions() || (actions > 0 && nowMs - startedMs >= maxMs);
  }

  /** Ends the window, remembers what it found, and begins the next one. */
  public TrialReport conclude(Policy candidatePolicy, Policy inForcePolicy) {
    TrialReport report = report(candidatePolicy, inForcePolicy);
    concludedActions = actions;
    breaches = report.breaches();
    actions = 0;
    inForce = new TrialTally();
    candidate = new TrialTally();
    return report;
  }

  /** Whether a window was concluded. */
  public boolean concluded() {
    return concludedActions > 0;
  }

  /** What the last window found broken. */
  public List<TrialBreach> breaches() {
    return breaches;
  }

  /** Whether one more sample may be taken in this hour; if so, counts it. */
  public boolean takeSample(long nowMs, int mostInAnHour) {
    long hour = Math.floorDiv(nowMs, HOUR_MS);
    if (hour != sampleHour) {
      sampleHour = hour;
      samples = 0;
    }
    boolean taken = samples < mostInAnHour;
    samples += taken ? 1 : 0;
    return taken;
  }

  /** What the window says so far. */
  public TrialReport report(Policy candidatePolicy, Policy inForcePolicy) {
    GoLive limits = GoLiveLimits.between(candidatePolicy, inForcePolicy);
    long reach = reach(candidatePolicy);
    List<TrialBreach> found = new ArrayList<>();
    ruleShares(limits, reach, found);
    mandatoryRate(limits, found);
    price(limits, reach, candidatePolicy, inForcePolicy, found);
    return new TrialReport(
        actions,
        reach,
        inForce.report(actions, reach, Ladder.of(inForcePolicy.tiers())),
        candidate.report(actions, reach, Ladder.of(candidatePolicy.tiers())),
        List.copyOf(found));
  }

  private long reach(Policy policy) {
    double reviewed = policy.budget().tax() / Ladder.of(policy.tiers()).cost(1);
    long share = (long) Math.ceil(actions * Math.min(1, Math.max(SLIVER, reviewed)));
    long telling = Math.min(MIN_SLIVER, actions / 5);
    return Math.min(Math.max(share, telling), TrialTally.MAX_SLIVER);
  }

  private void ruleShares(GoLive limits, long reach, List<TrialBreach> found) {
    Map<String, Long> before = inForce.behindSliver(reach);
    candidate
        .behindSliver(reach)
        .forEach(
            (rule, count) -> {
              double held = (double) before.getOrDefault(rule, 0L) / reach;
              double allowed = Math.max(limits.ruleShare(), held);
              double atLeast = Confidence.lower(count, reach);
              if (atLeast > allowed) {
                double share = (double) count / reach;
                found.add(breach(PolicyRefusal.RULE_SHARE, rule, share, atLeast, allowed));
              }
            });
    found.sort(Comparator.comparingDouble(TrialBreach::getMeasured).reversed());
    if (found.size() > MAX_RULES_TOLD) {
      found.subList(MAX_RULES_TOLD, found.size()).clear();
    }
  }

  private void mandatoryRate(GoLive limits, List<TrialBreach> found) {
    if (actions == 0) {
      return;
    }
    double allowed = Math.max(limits.mandatoryRate(), (double) inForce.mandatory() / actions);
    double rate = (double) candidate.mandatory() / actions;
    double atLeast = rate > allowed ? Confidence.lower(candidate.mandatory(), actions) : 0;
    if (atLeast > allowed) {
      found.add(breach(PolicyRefusal.MANDATORY_RATE, "", rate, atLeast, allowed));
    }
  }

  /** Compares cuts by ranks so far apart that chance does not bridge them. */
  private void price(
      GoLive limits,
      long reach,
      Policy candidatePolicy,
      Policy inForcePolicy,
      List<TrialBreach> found) {
    long slack = (long) Math.ceil(Confidence.Z * Math.sqrt((double) reach));
    if (reach == 0 || reach + slack > actions) {
      return;
    }
    long high = Math.max(1, reach - slack);
    long low = reach + slack;
    Prices of = new Prices(candidatePolicy, inForcePolicy);
    double up = of.candidate(low) / of.inForce(high);
    double down = of.inForce(low) / of.candidate(high);
    double factor = of.candidate(reach) / of.inForce(reach);
    if (Math.max(up, down) > limits.priceFactor()) {
      double measured = up > down ? factor : 1 / factor;
      found.add(
          breach(PolicyRefusal.PRICE, "", measured, Math.max(up, down), limits.priceFactor()));
    }
  }

  private static TrialBreach breach(
      PolicyRefusal limit, String rule, double measured, double atLeast, double allowed) {
    return new TrialBreach(limit.name(), rule, measured, atLeast, allowed);
  }

  /** Prices at ranks of both policies' scores. */
  private final class Prices {
    private final Policy candidatePolicy;
    private final Policy inForcePolicy;

    Prices(Policy candidatePolicy, Policy inForcePolicy) {
      this.candidatePolicy = candidatePolicy;
      this.inForcePolicy = inForcePolicy;
    }

    double candidate(long rank) {
      return Ladder.of(candidatePolicy.tiers()).price(candidate.indexAt(rank));
    }

    double inForce(long rank) {
      return Ladder.of(inForcePolicy.tiers()).price(inForce.indexAt(rank));
    }
  }
}
