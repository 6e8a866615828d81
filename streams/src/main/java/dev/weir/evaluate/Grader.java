/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Intake;
import dev.weir.action.Limits;
import dev.weir.action.Origin;
import dev.weir.action.Refusal;
import dev.weir.evaluate.attack.Attacker;
import dev.weir.evaluate.attack.Attacker.Evasion;
import dev.weir.event.ActionEvent;
import dev.weir.event.Result;
import dev.weir.event.Score;
import dev.weir.policy.Attestable;
import dev.weir.policy.Policy;
import dev.weir.score.PolicyScorer;
import dev.weir.score.Scorer;
import dev.weir.score.TaskView;
import dev.weir.task.FoldRules;
import dev.weir.task.Replay;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Scores the lines of one log as the stream would, and keeps each score beside its label. The
 * scorer sees the action and its task, never the label.
 */
public final class Grader {
  /** The topic that a log's actions are taken to come from; its author says what it attests. */
  static final String SOURCE = "evaluation";

  private static final int WARM_UP = 2000;
  private static final int MAX_ARGUMENTS = 2000;

  private final ActionDecoder decoder =
      new ActionDecoder(Limits.DEFAULT.withAheadMs(Long.MAX_VALUE));
  private final Set<Attestable> attests;
  private final Scorer scorer;
  private final Replay replay;
  private final LongSupplier nanos;
  private final Map<String, Integer> cues = new HashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private final Map<Long, Evasion> evasions = new HashMap<>();
  private @Nullable Challenge challenge;
  private long lines;
  private long refused;
  private long duplicates;
  private final List<Long> spentNs = new ArrayList<>();

  /**
   * A search for lower scores of the harmful actions.
   *
   * @param goal the part of the score that is to become small
   * @param queries scores that may be asked for, for one action
   * @param seed decides the search
   */
  public record Challenge(Ranked goal, int queries, long seed) {}

  /** Scores by {@code policy}, believing what the log attests; {@code nanos} tells the time. */
  public Grader(Policy policy, Set<Attestable> attests, LongSupplier nanos) {
    Policy believing = policy.withSource(SOURCE, attests);
    FoldRules rules =
        new FoldRules(
            FoldRules.DEFAULT.halfLifeMs(),
            FoldRules.DEFAULT.latenessMs(),
            FoldRules.DEFAULT.aheadMs(),
            true);
    this.attests = Set.copyOf(attests);
    this.scorer = new PolicyScorer(believing);
    this.replay = new Replay(believing, scorer, rules);
    this.nanos = nanos;
  }

  /** From now on every harmful action, or action of a harmful task, is rewritten too. */
  public void challenge(Challenge search) {
    this.challenge = search;
  }

  /** The lowest forms of the rewritten actions, by line. */
  public Map<Long, Evasion> evasions() {
    return Collections.unmodifiableMap(evasions);
  }

  /** Takes the next line; why it is no action, or empty. */
  public Optional<Refusal> add(long number, byte[] line) {
    lines++;
    Label label = Label.of(line);
    long startNs = nanos.getAsLong();
    Intake intake = decoder.decode(line, new Origin(SOURCE, 0, number, 0));
    if (intake instanceof Refusal refusal) {
      refused++;
      return Optional.of(refusal);
    }
    Action action = (Action) intake;
    long decodedNs = nanos.getAsLong();
    if (challenge != null && isHarmful(label)) {
      attack(number, action, challenge);
    }
    long resumedNs = nanos.getAsLong();
    Optional<Replay.Replayed> replayed = replay.add(action);
    spentNs.add(nanos.getAsLong() - resumedNs + decodedNs - startNs);
    if (replayed.isEmpty()) {
      duplicates++;
    } else {
      rows.add(row(number, replayed.get(), label));
    }
    return Optional.empty();
  }

  /** What was scored so far. */
  public Graded graded() {
    return new Graded(List.copyOf(rows), lines, refused, duplicates, median() / 1e3);
  }

  /** Of the second half where the log is too short to warm up; NaN of nothing. */
  private double median() {
    int from = Math.min(WARM_UP, spentNs.size() / 2);
    long[] sorted =
        spentNs.subList(from, spentNs.size()).stream()
            .mapToLong(Long::longValue)
            .sorted()
            .toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  private static boolean isHarmful(Label label) {
    Boolean harmful = label.harmful() == null ? label.runHarmful() : label.harmful();
    return Boolean.TRUE.equals(harmful);
  }

  /** Before the action is folded: its task is what the scorer will see. */
  private void attack(long number, Action action, Challenge search) {
    TaskView view = replay.task(action.event().getTaskId()).view();
    if (action.event().getArguments() != null) {
      Attacker attacker = new Attacker(scorer, search.goal()::of, search.queries(), attests);
      Score original = scorer.score(action, view).score();
      Dice dice = new Dice(search.seed() + number);
      evasions.put(number, attacker.attack(action, view, original, dice::below));
    }
  }

  private Row row(long number, Replay.Replayed replayed, Label label) {
    ActionEvent event = replayed.action().event();
    String task = event.getTaskId();
    int before = cues.getOrDefault(task, 0);
    Result result = event.getResult();
    if (result != null && result.getExcerpt() != null) {
      cues.merge(task, InjectedText.cues(result.getExcerpt()), Math::max);
    }
    String arguments =
        event.getArguments() != null ? event.getArguments() : event.getArgumentsRaw();
    return new Row(
        number,
        task,
        replayed.grown().folded().core().getActions(),
        event.getTool().getName(),
        cut(arguments),
        before,
        replayed.scored().score(),
        label);
  }

  private static String cut(@Nullable String text) {
    return text == null ? "" : text.substring(0, Math.min(MAX_ARGUMENTS, text.length()));
  }
}
