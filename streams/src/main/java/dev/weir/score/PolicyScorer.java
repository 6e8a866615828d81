/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.action.Action;
import dev.weir.event.ActionEvent;
import dev.weir.event.AgentEvidence;
import dev.weir.event.ArgumentsState;
import dev.weir.event.Score;
import dev.weir.policy.LowerCase;
import dev.weir.policy.Policy;
import dev.weir.policy.ScorerPart;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Scores by a policy's rules. Immutable; may be used by several threads at once. */
public final class PolicyScorer implements Scorer {
  private final Policy policy;
  private final RuleIndex index;

  /** A scorer for this policy. */
  public PolicyScorer(Policy policy) {
    this.policy = policy;
    this.index = new RuleIndex(policy.rules());
  }

  /** What earlier actions left only raises a score: where it is used, the worse reading counts. */
  @Override
  public Scored score(Action action, TaskView task, @Nullable AgentEvidence evidence) {
    boolean counts = policy.readsRecords(action.source());
    Acted acted = new Acted(action, counts ? evidence : null);
    Sum sum = sum(acted);
    Facts facts = judge(() -> new Facts(policy, action, task), action, sum);
    Scored scored = scored(sum, facts, facts);
    if (facts == null) {
      return scored;
    }
    Scored worst = facts.recalled() ? worse(scored, facts::alone, acted, facts) : scored;
    return facts.isDoubtful() ? worse(worst, facts::otherwise, acted, facts) : worst;
  }

  /** An action, and what the record of its agent says against that. */
  private record Acted(Action action, @Nullable AgentEvidence evidence) {}

  private Sum sum(Acted acted) {
    Sum sum = new Sum(policy);
    if (acted.evidence != null) {
      sum.record(acted.evidence);
    }
    return sum;
  }

  /** The worse of this and of the action read otherwise. */
  private Scored worse(Scored scored, Supplier<Facts> read, Acted acted, Facts after) {
    Sum sum = sum(acted);
    Scored other = scored(sum, judge(read, acted.action, sum), after);
    return other.score().getRisk() > scored.score().getRisk()
        ? other.with(scored)
        : scored.with(other);
  }

  private Scored scored(Sum sum, @Nullable Facts facts, @Nullable Facts after) {
    Score score = sum.score();
    boolean catastrophic = score.getMagnitude() >= policy.catastrophic();
    return new Scored(
        score,
        sum.routes(),
        sum.reserved(),
        catastrophic,
        facts == null ? 1 : facts.cost(),
        facts == null ? null : facts.values(),
        after == null ? List.of() : after.left());
  }

  /** Adds up what rules and scorers say; null where that failed. */
  private @Nullable Facts judge(Supplier<Facts> read, Action action, Sum sum) {
    try {
      Facts facts = read.get();
      BitSet candidates = index.candidates(facts);
      for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
        fire(index.trial(i), facts, sum);
      }
      sum.environment(facts.environment());
      for (ScorerPart part : policy.scorers()) {
        ask(part, facts, sum);
      }
      judgeArguments(action.event(), facts, sum);
      facts.recalled();
      facts.left();
      return facts;
    } catch (RuntimeException | StackOverflowError e) { // hostile input must not stop the stream
      sum.error("the scorer failed: " + e.getClass().getSimpleName());
      return null;
    }
  }

  private static void fire(Trial trial, Facts facts, Sum sum) {
    Firing firing = trial.on(facts);
    if (firing.fires()) {
      sum.add(firing);
    }
    if (!firing.failure().isEmpty()) {
      sum.error("rule " + trial.rule().id() + " failed: " + firing.failure());
    }
  }

  /** A learned scorer sees nothing that the source may not attest. */
  private static void ask(ScorerPart part, Facts facts, Sum sum) {
    facts.hide(facts.unattested());
    try {
      double value = part.weight() * part.scorer().logOdds(facts);
      if (!Double.isFinite(value)) {
        throw new ArithmeticException("not a finite number");
      }
      sum.evidence(part, value);
    } catch (Exception | StackOverflowError e) { // whatever it does, the stream goes on
      sum.error("scorer " + part.scorer().id() + " failed: " + e.getClass().getSimpleName());
    }
  }

  /** What was not read may be anything; what the class needs must be there, and a program whole. */
  private static void judgeArguments(ActionEvent event, Facts facts, Sum sum) {
    if (facts.leftOut()) {
      sum.unscorable("its arguments are more than can be read");
    } else if (!sum.needsArguments()) {
      return;
    } else if (event.getArguments() == null && event.getArgumentsRaw() != null) {
      sum.unscorable("its arguments cannot be read");
    } else if (event.getArgumentsState() != ArgumentsState.PRESENT) {
      sum.unscorable("its arguments are " + LowerCase.of(event.getArgumentsState().name()));
    } else if (facts.isProgramCut()) {
      sum.unscorable("its program is longer than can be read");
    }
  }
}
