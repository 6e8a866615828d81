/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.author;

import dev.weir.action.Action;
import dev.weir.action.Origin;
import dev.weir.event.Contribution;
import dev.weir.event.Score;
import dev.weir.policy.Policy;
import dev.weir.score.PolicyScorer;
import dev.weir.task.FoldRules;
import dev.weir.task.Replay;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Recomputes past scores from the recorded actions of their tasks, in log order. A score is a
 * function of the action, the task's actions before it and the policy, so whoever has the three can
 * prove it, or prove it wrong. A task that was forgotten in between, being idle, begins anew in the
 * stream and not here.
 */
public final class Recomputation {
  private final String digestHex;
  private final Replay replay;
  private final Map<String, List<PastScore>> open = new LinkedHashMap<>();
  private final Set<String> tasks = new HashSet<>();
  private final List<Proof> proofs = new ArrayList<>();

  /** Recomputes {@code pasts} by {@code policy}, folding tasks by {@code rules}. */
  public Recomputation(Policy policy, FoldRules rules, List<PastScore> pasts) {
    this.replay = new Replay(policy, new PolicyScorer(policy), rules);
    for (PastScore past : pasts) {
      tasks.add(past.taskId());
      open.computeIfAbsent(key(past.taskId(), past.eventId()), k -> new ArrayList<>()).add(past);
      if (!past.policyDigestHex().equals(policy.digestHex())) {
        proofs.add(
            new Proof(
                past,
                Proof.Finding.OTHER_POLICY,
                List.of(
                    "scored by policy %s; this one is %s"
                        .formatted(past.policyDigestHex(), policy.digestHex()))));
      }
    }
    this.digestHex = policy.digestHex();
  }

  private static String key(String task, String event) {
    return task + '\0' + event;
  }

  /**
   * Takes the next action of the log.
   *
   * @param placed whether its origin is known; if not, it is taken from the past scores
   */
  public void add(Action action, boolean placed) {
    String task = action.event().getTaskId();
    if (!tasks.contains(task)) {
      return;
    }
    List<PastScore> same = open.getOrDefault(key(task, action.event().getEventId()), List.of());
    Optional<PastScore> past = same.stream().filter(p -> !placed || isOf(p, action)).findFirst();
    replay
        .add(
            placed || past.isEmpty() ? action : at(action, past.get()),
            past.map(PastScore::evidence).orElse(null))
        .ifPresent(replayed -> past.ifPresent(p -> settle(same, p, replayed)));
  }

  private static boolean isOf(PastScore past, Action action) {
    Origin origin = action.origin();
    return past.topic().equals(origin.topic())
        && past.partition() == origin.partition()
        && past.offset() == origin.offset();
  }

  private void settle(List<PastScore> same, PastScore past, Replay.Replayed replayed) {
    same.remove(past);
    if (past.policyDigestHex().equals(digestHex)) {
      proofs.add(prove(past, replayed));
    }
  }

  private static Action at(Action action, PastScore past) {
    Origin origin = new Origin(past.topic(), past.partition(), past.offset(), past.receivedMs());
    return new Action(
        action.event(),
        action.arguments(),
        action.value(),
        action.digest(),
        origin,
        action.unknownKeys());
  }

  private static Proof prove(PastScore past, Replay.Replayed replayed) {
    List<String> notes = new ArrayList<>();
    long actions = replayed.grown().folded().core().getActions();
    if (actions != past.taskActions()) {
      notes.add(
          "it was action %d of its task, and %d of them are here"
              .formatted(past.taskActions(), actions));
      return new Proof(past, Proof.Finding.INCOMPLETE, List.copyOf(notes));
    }
    differences(past.score(), replayed.scored().score(), notes);
    String digest = HexFormat.of().formatHex(replayed.action().digest());
    if (!notes.isEmpty() && !digest.equals(past.digestHex())) {
      notes.add("the action's bytes are others than those scored: digest " + digest);
    }
    return new Proof(
        past, notes.isEmpty() ? Proof.Finding.MATCHES : Proof.Finding.DIFFERS, List.copyOf(notes));
  }

  private static void differences(Score past, Score now, List<String> notes) {
    number("magnitude", past.getMagnitude(), now.getMagnitude(), notes);
    number("likelihood", past.getLikelihood(), now.getLikelihood(), notes);
    number("risk", past.getRisk(), now.getRisk(), notes);
    number("mass", past.getMass(), now.getMass(), notes);
    if (!past.getActionClass().equals(now.getActionClass())) {
      notes.add(
          "class: recorded %s, recomputed %s"
              .formatted(past.getActionClass(), now.getActionClass()));
    }
    if (past.getUnscorable() != now.getUnscorable()) {
      notes.add(
          "unscorable: recorded %s, recomputed %s"
              .formatted(past.getUnscorable(), now.getUnscorable()));
    }
    contributions(past.getContributions(), now.getContributions(), notes);
  }

  private static void number(String field, double past, double now, List<String> notes) {
    if (Double.compare(past, now) != 0) {
      notes.add("%s: recorded %s, recomputed %s".formatted(field, past, now));
    }
  }

  private static void contributions(
      List<Contribution> past, List<Contribution> now, List<String> notes) {
    for (Contribution c : past) {
      if (!now.contains(c)) {
        notes.add("contribution recorded and not recomputed: " + shown(c));
      }
    }
    for (Contribution c : now) {
      if (!past.contains(c)) {
        notes.add("contribution recomputed and not recorded: " + shown(c));
      }
    }
    if (past.size() == now.size() && !past.equals(now) && notes.isEmpty()) {
      notes.add("the contributions stand in another order");
    }
  }

  private static String shown(Contribution c) {
    return "%s %s %s%s"
        .formatted(c.getRule(), c.getDimension(), c.getValue(), c.getCounted() ? " counted" : "");
  }

  /** The proofs in the log's order; last those whose action was not among the actions. */
  public List<Proof> proofs() {
    List<Proof> all = new ArrayList<>(proofs);
    for (List<PastScore> left : open.values()) {
      for (PastScore past : left) {
        if (past.policyDigestHex().equals(digestHex)) {
          all.add(
              new Proof(
                  past, Proof.Finding.INCOMPLETE, List.of("its action is not among the actions")));
        }
      }
    }
    return List.copyOf(all);
  }
}
