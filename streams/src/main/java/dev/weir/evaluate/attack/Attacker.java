/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate.attack;

import dev.weir.action.Action;
import dev.weir.action.Limits;
import dev.weir.event.Score;
import dev.weir.policy.Attestable;
import dev.weir.score.Scorer;
import dev.weir.score.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites an action, keeping its effect, until it scores as low as it gets within so many queries
 * of the scorer: a random hill climb from rewriting to rewriting that has the scorer in hand. A
 * lower bound on what an adversary can do, not an upper one.
 */
public final class Attacker {
  private static final int MAX_CHAIN = 8;

  private final Scorer scorer;
  private final ToDoubleFunction<Score> goal;
  private final int queries;
  private final List<Rewriting> rewritings = new ArrayList<>();

  /**
   * An attacker on {@code scorer}.
   *
   * @param goal what is to become small
   * @param queries scores that may be asked for, for one action
   * @param attests what is attested and thus out of the attacker's hands
   */
  public Attacker(
      Scorer scorer, ToDoubleFunction<Score> goal, int queries, Set<Attestable> attests) {
    this.scorer = scorer;
    this.goal = goal;
    this.queries = queries;
    rewritings.addAll(List.of(ShellRewriting.values()));
    rewritings.addAll(List.of(ValueRewriting.values()));
    rewritings.addAll(List.of(FieldRewriting.values()));
    rewritings.removeIf(rewriting -> isAttested(rewriting, attests));
  }

  /**
   * What became of an action.
   *
   * @param score of its lowest form; the original's where nothing lowered it
   * @param chain the rewritings that led there, in order
   * @param arguments its arguments then, as JSON
   */
  public record Evasion(Score score, List<String> chain, String arguments) {}

  /** A rewriting and what decides its choices. */
  private record Step(Rewriting rewriting, int seed) {}

  private record State(List<Step> chain, Score score, String arguments) {}

  /** The lowest form of {@code action}, scored {@code original} in the task {@code view}. */
  public Evasion attack(Action action, TaskView view, Score original, IntUnaryOperator draw) {
    State start = new State(List.of(), original, "");
    State best = start;
    int left = queries - MAX_CHAIN; // the rest is for pruning
    for (int tries = 0; tries < 10 * queries && left > 0; tries++) {
      boolean again = best.chain.size() >= MAX_CHAIN - 1 || draw.applyAsInt(5) == 0;
      State next = climb(action, view, again ? start : best, draw);
      left -= next == null ? 0 : 1;
      if (next != null && better(next, best)) {
        best = next;
      }
    }
    State shortest = prune(action, view, best);
    return new Evasion(
        shortest.score,
        shortest.chain.stream().map(step -> step.rewriting.name()).toList(),
        shortest.arguments);
  }

  /** The same without the rewritings that it does not need. */
  private State prune(Action action, TaskView view, State best) {
    State shortest = best;
    for (int i = best.chain.size() - 1; i >= 0; i--) {
      List<Step> without = new ArrayList<>(shortest.chain);
      without.remove(i);
      State state = without.isEmpty() ? null : score(action, view, without);
      if (state != null && !better(shortest, state)) {
        shortest = state;
      }
    }
    return shortest;
  }

  /** Lower by more than rounding. */
  private boolean better(State next, State best) {
    return goal.applyAsDouble(next.score) < goal.applyAsDouble(best.score) - 1e-9;
  }

  /** One or two rewritings more; null where none applies. */
  private @Nullable State climb(Action action, TaskView view, State from, IntUnaryOperator draw) {
    List<Step> chain = new ArrayList<>(from.chain);
    int more = 1 + draw.applyAsInt(2);
    for (int i = 0; i < more; i++) {
      Rewriting rewriting = rewritings.get(draw.applyAsInt(rewritings.size()));
      chain.add(new Step(rewriting, draw.applyAsInt(1 << 20)));
    }
    return score(action, view, chain);
  }

  /** The action rewritten step by step; null where no step applies, or it becomes too long. */
  private @Nullable State score(Action action, TaskView view, List<Step> chain) {
    Draft draft = new Draft(action);
    List<Step> applied = new ArrayList<>();
    for (Step step : chain) {
      if (step.rewriting.rewrite(draft, fixed(step.seed))) {
        applied.add(step);
      }
    }
    Action rewritten = draft.action(Limits.DEFAULT.argumentsBytes());
    if (rewritten == null || applied.isEmpty()) {
      return null;
    }
    return new State(applied, scorer.score(rewritten, view).score(), draft.text());
  }

  /** The same choices each time: a linear congruential sequence from {@code seed}. */
  private static IntUnaryOperator fixed(int seed) {
    int[] state = {seed};
    return bound -> {
      state[0] = state[0] * 1_103_515_245 + 12_345;
      return (state[0] >>> 8) % bound;
    };
  }

  private static boolean isAttested(Rewriting rewriting, Set<Attestable> attests) {
    return (rewriting == FieldRewriting.FRIENDLY_AGENT && attests.contains(Attestable.AGENT))
        || (rewriting == FieldRewriting.FRIENDLY_TOOL && attests.contains(Attestable.ANNOTATIONS))
        || (rewriting == FieldRewriting.FRIENDLY_ENVIRONMENT
            && attests.contains(Attestable.ENVIRONMENT))
        || (rewriting == FieldRewriting.FRIENDLY_ATTRIBUTES
            && attests.contains(Attestable.ATTRIBUTES));
  }
}
