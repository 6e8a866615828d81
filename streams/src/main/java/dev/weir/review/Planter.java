/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Origin;
import dev.weir.budget.Chance;
import dev.weir.budget.Clearance;
import dev.weir.budget.Decisions;
import dev.weir.budget.Mandate;
import dev.weir.budget.Precedent;
import dev.weir.budget.Terms;
import dev.weir.event.ActionEvent;
import dev.weir.event.Agent;
import dev.weir.event.Assessment;
import dev.weir.event.Decision;
import dev.weir.event.Escalation;
import dev.weir.event.EscalationReason;
import dev.weir.event.GrantLack;
import dev.weir.event.Phase;
import dev.weir.event.RequestFate;
import dev.weir.policy.Attestable;
import dev.weir.policy.Policy;
import dev.weir.score.PolicyScorer;
import dev.weir.state.OpenReview;
import dev.weir.state.Planted;
import dev.weir.task.FoldRules;
import dev.weir.task.Replay;
import dev.weir.task.Replay.Replayed;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Plants actions whose right verdict is known among those that reviewers are asked about: a share
 * of the reviews that end is followed by one that looks like it.
 *
 * <p>A probe is scored by the policy as a task of its own, and is asked at the same tier, at the
 * same stage and for the same reason as the review before it, if its own score would have led there
 * at that price; where none of a few drawn would, none is planted. Its identifiers are of the shape
 * that its author gave them and lie in the same partition; its times are moved to now; its bytes
 * are encoded as those of the review before. Chance is keyed, so a reviewer cannot tell which.
 *
 * <p>Invariant: nothing of it is folded into a task, charged to an agent, or answered to one. Not
 * safe for use by several threads.
 */
public final class Planter {
  /** Probes that are tried. */
  private static final int TRIES = 16;

  /** Identifiers that are tried, until one lies in the partition. */
  private static final int MOST_ALIASES = 4096;

  private static final SingleObject<ActionEvent> AVRO = SingleObject.of(ActionEvent.class);

  private final ProbeBank bank;
  private final double share;
  private final Chance chance;
  private final ActionDecoder decoder;
  private final FoldRules rules;
  private @Nullable PolicyScorer scorer;
  private String scored = "";

  /**
   * @param share of ended reviews that one is planted after, in [0, 1]
   * @param decoder reads actions under the stream's limits
   * @param rules how time passes for a task
   */
  public Planter(
      ProbeBank bank, double share, Chance chance, ActionDecoder decoder, FoldRules rules) {
    this.bank = bank;
    this.share = share;
    this.chance = chance;
    this.decoder = decoder;
    this.rules = rules;
  }

  /**
   * Where and when it is planted.
   *
   * @param policy that decided the review before
   * @param terms of that policy
   * @param here whether a task of that id lies in this partition
   * @param nowMs broker time, epoch ms
   */
  public record Bed(Policy policy, Terms terms, Predicate<String> here, long nowMs) {}

  /** What is planted after a review that ended; mostly nothing. */
  public Optional<OpenReview> after(OpenReview ended, Bed bed) {
    Escalation before = ended.getEscalation();
    ProbeDice dice = new ProbeDice(chance, before.getEscalationId());
    if (bank.size() == 0
        || before.getWaiting()
        || !plain(before.getReason())
        || dice.unit("plant", "") >= share) {
      return Optional.empty();
    }
    for (int i = 0; i < TRIES; i++) {
      ProbeBank.Probe probe = bank.get(dice.below(bank.size(), "pick", Integer.toString(i)));
      OpenReview planted = planted(probe, ended, bed, dice);
      if (planted != null) {
        return Optional.of(planted);
      }
    }
    return Optional.empty();
  }

  /** Whether an action alone, without what came before it, is reviewed for that reason. */
  static boolean plain(EscalationReason reason) {
    return switch (reason) {
      case PRICED, AUDIT, ROUTE, CATASTROPHIC, VIOLATION -> true;
      default -> false;
    };
  }

  private @Nullable OpenReview planted(
      ProbeBank.Probe probe, OpenReview ended, Bed bed, ProbeDice dice) {
    Aliases aliases = aliases(probe, bed, dice);
    if (aliases == null) {
      return null;
    }
    Replay replay = new Replay(bed.policy, scorer(bed.policy), rules);
    Replayed last = null;
    for (Action action : actions(probe, ended, aliases, bed.nowMs)) {
      last = replay.add(action).orElse(null);
    }
    return last == null ? null : fitting(last, probe.harmful(), ended, bed, dice);
  }

  /** Making one takes longer than scoring with it. */
  private PolicyScorer scorer(Policy policy) {
    PolicyScorer known = scorer;
    if (known == null || !scored.equals(policy.digestHex())) {
      known = new PolicyScorer(policy);
      scorer = known;
      scored = policy.digestHex();
    }
    return known;
  }

  private static @Nullable Aliases aliases(ProbeBank.Probe probe, Bed bed, ProbeDice dice) {
    String taskId = probe.taskId();
    for (int attempt = 0; attempt < MOST_ALIASES; attempt++) {
      Aliases aliases = new Aliases(dice, attempt);
      if (bed.here.test(aliases.of(taskId))) {
        return aliases;
      }
    }
    return null;
  }

  /** The probe's actions as they would have come now; none if one of them is refused. */
  private List<Action> actions(
      ProbeBank.Probe probe, OpenReview ended, Aliases aliases, long nowMs) {
    Assessment before = ended.getEscalation().getAssessment();
    boolean avro = SingleObject.isSingleObject(bytes(ended.getEscalation().getAction()));
    Origin last =
        new Origin(
            before.getTopic(), before.getPartition(), Math.max(0, before.getOffset() - 1), nowMs);
    List<Action> actions = probe.actions(aliases::of, last, before.getPhase(), decoder);
    return actions.isEmpty() ? actions : moved(actions, nowMs, avro);
  }

  /** Moves times so that the last action happened at that time, and encodes all anew. */
  private List<Action> moved(List<Action> actions, long toMs, boolean avro) {
    ActionEvent last = actions.get(actions.size() - 1).event();
    long byMs = toMs - last.getOccurredAt().toEpochMilli();
    List<Action> moved = new ArrayList<>();
    for (Action action : actions) {
      Instant time = action.event().getOccurredAt().plusMillis(byMs);
      byte[] value =
          avro
              ? AVRO.encode(ActionEvent.newBuilder(action.event()).setOccurredAt(time).build())
              : ProbeBank.retimed(action.value(), time);
      if (!(decoder.decode(value, action.origin()) instanceof Action again)) {
        return List.of();
      }
      moved.add(again);
    }
    return moved;
  }

  /** The review that is opened, if the probe's own score leads to one like that before. */
  private @Nullable OpenReview fitting(
      Replayed last, boolean harmful, OpenReview ended, Bed bed, ProbeDice dice) {
    Escalation before = ended.getEscalation();
    Decision decided = before.getAssessment().getDecision();
    Mandate mandate = mandate(last, bed.policy);
    EscalationReason must =
        decided.getReason() == EscalationReason.PRICED
                || decided.getReason() == EscalationReason.AUDIT
            ? EscalationReason.NONE
            : decided.getReason();
    if (mandate.reason() != must) {
      return null;
    }
    Decision decision = decision(last, decided, bed, dice);
    decision.setOnlyGrantsMissing(mandate.onlyGrantsMissing());
    if (decision.getReason() != decided.getReason()
        || !decision.getTier().equals(decided.getTier())) {
      return null;
    }
    Assessment assessment =
        Assessments.of(
            last.action(),
            last.sighting(),
            last.scored().score(),
            last.grown().folded(),
            decision,
            before.getAssessment().getPolicyDigest());
    assessment.setPolicyGeneration(before.getAssessment().getPolicyGeneration());
    Agent agent = last.action().event().getAgent();
    return OpenReview.newBuilder(ended)
        .setEscalation(escalation(last, assessment, ended, bed.nowMs))
        .setAgentModel(agent.getModel())
        .setAgentProvider(agent.getProvider())
        .setOpinions(new ArrayList<>())
        .setPlanted(harmful ? Planted.HARMFUL : Planted.HARMLESS)
        .setSeen(null)
        .build();
  }

  /** Why a probe would be reviewed whatever the price. */
  static Mandate mandate(Replayed last, Policy policy) {
    boolean done = last.action().event().getPhase() != Phase.PROPOSED;
    Mandate.Arrival arrival =
        new Mandate.Arrival(last.sighting(), done, clearance(last, policy), Precedent.NONE);
    return Mandate.of(arrival, last.scored(), policy);
  }

  /** Nobody who is made up has a grant. */
  private static Clearance clearance(Replayed last, Policy policy) {
    boolean attested = policy.attests(last.action().source(), Attestable.AGENT);
    return Clearance.lacking(
        last.scored().reserved(), attested ? GrantLack.NO_GRANT : GrantLack.UNATTESTED);
  }

  /** What the price of the review before decides of it, by draws of its own. */
  private static Decision decision(Replayed last, Decision decided, Bed bed, ProbeDice dice) {
    double mass = last.grown().folded().unreviewed();
    Decision decision =
        Decision.newBuilder(decided)
            .setBaseCost(last.scored().baseCost())
            .setInheritedRisk(null)
            .setTaskMass(mass)
            .setAgentMass(mass)
            .setSurcharge(0)
            .setGrants(List.of())
            .setRequest(RequestFate.NONE)
            .setRequestedTier("")
            .setMissingGrants(clearance(last, bed.policy).missing())
            .setU(dice.unit("u", ""))
            .setAuditU(dice.unit("audit", "") * Math.min(1, decided.getAuditInclusion()))
            .build();
    Decisions.Of of =
        new Decisions.Of(
            last.scored().score().getRisk(),
            last.scored().score().getMass(),
            last.scored().score().getActionClass());
    return Decisions.recompute(of, decision, bed.terms);
  }

  private Escalation escalation(
      Replayed last, Assessment assessment, OpenReview ended, long nowMs) {
    Escalation before = ended.getEscalation();
    Action action = last.action();
    byte[] nonce =
        chance.nonce(assessment.getTaskId(), action.digest(), action.origin(), before.getRound());
    Escalation escalation =
        Escalations.of(
            action,
            assessment,
            last.grown().before(),
            ended.getTiers().get(0),
            nonce,
            Escalations.Covered.only(action),
            new Escalations.Terms(nowMs, action.value().length));
    escalation.setRound(before.getRound());
    escalation.setAuditStage(before.getAuditStage());
    return escalation;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
