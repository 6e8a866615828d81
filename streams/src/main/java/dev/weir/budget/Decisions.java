/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Assessment;
import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.RequestFate;
import dev.weir.policy.Lines;
import dev.weir.policy.Tier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rule that decides, apart from how its price came about: the tier, or none, for which mass ·
 * assurance − λ · cost is highest is asked; a rule that says so has an action reviewed whatever the
 * price, and so has a sum over a line of the task or agent that the price asks no review for, at
 * the tier that the sum is worth. In the bucket of risk in whose middle λ stands for a rung, scores
 * count as equal and u decides against the share that the budget reaches. A tier that has no room
 * counts as not there; what must be reviewed and is above its ceiling competes at the price, or
 * waits. A request raises the tier, or asks where nothing else does; what it adds is not the
 * budget's to pay. What is not reviewed by any of these is audited by a draw of its own, whatever
 * the price.
 *
 * <p>Invariant: what {@link #recompute} returns for a controller's decision equals it (design,
 * invariant 4).
 */
public final class Decisions {
  private static final int NO_MASS = Scale.MIN - 2 * Scale.BUCKETS;

  private Decisions() {}

  /** The rung that is asked; 0 for none. */
  static int rung(int index, Cut cut, Ladder ladder, double u) {
    for (int rung = ladder.height(); rung > 0; rung--) {
      if (u < reached(index, cut, ladder, rung)) {
        return rung;
      }
    }
    return 0;
  }

  /** Probability, over the chance key, that {@code rung} or a dearer one is asked. */
  static double reached(int index, Cut cut, Ladder ladder, int rung) {
    if (rung == 0) {
      return 1;
    }
    if (rung > ladder.height()) {
      return 0;
    }
    int at = cut.index() + ladder.offset(rung);
    return index > at ? 1 : index == at ? cut.share() : 0;
  }

  /** The rung that must be asked: the dearest if the loss would be catastrophic. */
  static int mandatoryRung(EscalationReason reason, int priced, Ladder ladder) {
    return reason == EscalationReason.CATASTROPHIC ? ladder.height() : Math.max(1, priced);
  }

  /**
   * Of an action what a decision rests on.
   *
   * @param risk log10 of expected loss in LU, as scored
   * @param mass 10^risk, as scored; 0 if the action adds none
   * @param actionClass its class in the policy, or ""
   */
  public record Of(double risk, double mass, String actionClass) {
    /** As it was assessed. */
    public static Of assessed(Assessment assessment) {
      return new Of(
          assessment.getScore().getRisk(),
          assessment.getCarriesOut() ? 0 : assessment.getScore().getMass(),
          assessment.getScore().getActionClass());
    }
  }

  /**
   * What was decided, once more, from the score and what the decision stores.
   *
   * @param decision as stored on the assessment
   * @param terms of the policy
   * @return the decision with reason, tier, review cost and probabilities computed anew
   */
  public static Decision recompute(Of of, Decision decision, Terms terms) {
    Decision anew = Decision.newBuilder(decision).build();
    EscalationReason mandatory =
        mandatory(decision.getReason()) ? decision.getReason() : EscalationReason.NONE;
    int index = index(of.risk, of.mass, decision);
    anew.setAuditInclusion(terms.audit().inclusion(of.risk, of.mass, of.actionClass));
    return settle(anew, mandatory, index, terms);
  }

  /**
   * Whether grants would have let a proposal pass that is under review: nothing but their absence
   * asked for that whatever the price, and neither the price nor a line would have.
   */
  public static boolean passesIfGranted(Of of, Decision decision, Terms terms) {
    if (!decision.getOnlyGrantsMissing()) {
      return false;
    }
    Decision granted = Decision.newBuilder(decision).setOverCeiling(List.of()).build();
    settle(granted, EscalationReason.NONE, index(of.risk, of.mass, granted), terms);
    EscalationReason reason = granted.getReason();
    return reason == EscalationReason.NONE || reason == EscalationReason.AUDIT;
  }

  /**
   * The bucket that counts: its own or its like's risk less surcharge; below every cut if the
   * action adds no mass, or is denied at once.
   */
  static int index(double risk, double mass, Decision decision) {
    if (denied(decision) || !(mass > 0 || Double.isNaN(mass))) {
      return NO_MASS;
    }
    Double inherited = decision.getInheritedRisk();
    double counted = inherited == null ? risk : inherited;
    return Scale.of(counted - decision.getSurcharge());
  }

  /** Where {@code decision}'s price cuts a ladder, its own or what is left of it. */
  static Cut cut(Decision decision, Ladder ladder) {
    return new Cut(ladder.index(decision.getPrice()), decision.getCutShare());
  }

  /**
   * Writes what follows from price, draws, full tiers, ceilings, lines and a request into {@code
   * decision}, and returns it.
   *
   * @param mandatory why it is reviewed whatever the price, or NONE
   */
  static Decision settle(Decision decision, EscalationReason mandatory, int index, Terms terms) {
    boolean over = !decision.getOverCeiling().isEmpty();
    EscalationReason must = over ? EscalationReason.NONE : mandatory;
    boolean price = must == EscalationReason.NONE;
    decision.setRequestedCost(0);
    Ladder left = price ? terms.ladder().without(decision.getFullTiers()) : terms.ladder();
    Cut cut = cut(decision, left);
    int priced = rung(index, cut, left, decision.getU());
    EscalationReason line =
        mandatory == EscalationReason.NONE && !denied(decision)
            ? crossed(decision, terms.lines())
            : EscalationReason.NONE;
    if (priced == 0 && line != EscalationReason.NONE) {
      return ask(decision, line, reached(index, cut, left, 1), terms.ladder());
    }
    int rung = price ? priced : mandatoryRung(must, priced, left);
    decision.setReason(price && rung > 0 ? EscalationReason.PRICED : must);
    decision.setTier(rung > 0 ? left.tier(rung).id() : "");
    decision.setReviewCost(left.cost(rung));
    boolean surely = !price || over || line != EscalationReason.NONE || heard(decision);
    double reviewed = surely ? 1 : reached(index, cut, left, 1);
    double audited = decision.getAuditInclusion();
    decision.setReviewProbability(reviewed);
    decision.setInclusionProbability(reviewed + (1 - reviewed) * audited);
    Rungs rungs = rungs(decision, rung, left);
    decision.setTierProbability(probability(must, rungs, index, cut, left));
    if (rung > 0) {
      return raise(decision, rungs);
    }
    if (over) {
      return waiting(decision, mandatory, terms.ladder());
    }
    return heard(decision)
        ? request(decision, terms.ladder())
        : audit(decision, terms.audit().screen());
  }

  /**
   * A sum over a line asks at the tier that it is worth, whether that has room or not; above the
   * line's ceiling it waits there, and nothing is charged.
   *
   * @param alone probability that the price asks for the action itself
   */
  private static Decision ask(
      Decision decision, EscalationReason line, double alone, Ladder ladder) {
    boolean over = !decision.getOverCeiling().isEmpty();
    Cut cut = cut(decision, ladder);
    int summed = Scale.of(Math.log10(summed(decision, line)));
    int rung = Math.max(1, rung(summed, cut, ladder, decision.getU()));
    Rungs rungs = over ? Rungs.alone(rung) : rungs(decision, rung, ladder);
    double below = rungs.first == 1 ? 1 : reached(summed, cut, ladder, rungs.first);
    decision.setReason(line);
    decision.setTier(ladder.tier(rung).id());
    decision.setReviewCost(over ? 0 : ladder.cost(rung));
    decision.setReviewProbability(1);
    decision.setInclusionProbability(1);
    decision.setTierProbability(below - Math.max(alone, reached(summed, cut, ladder, rungs.next)));
    return raise(decision, rungs);
  }

  /**
   * Rungs that all come to the same tier: one alone, or those that a request raises.
   *
   * @param first of them
   * @param next the first above them
   * @param raisedTo the tier; null for the rung's own
   */
  private record Rungs(int first, int next, @Nullable Tier raisedTo) {
    static Rungs alone(int rung) {
      return new Rungs(rung, rung + 1, null);
    }
  }

  /** What a request that is granted makes of a rung. */
  private static Rungs rungs(Decision decision, int rung, Ladder ladder) {
    if (rung == 0 || decision.getRequest() != RequestFate.GRANTED) {
      return Rungs.alone(rung);
    }
    Tier asked = ladder.tier(decision.getRequestedTier());
    int next = 1;
    while (next <= ladder.height() && asked.standsFor(ladder.tier(next))) {
      next++;
    }
    return rung < next ? new Rungs(1, next, asked) : Rungs.alone(rung);
  }

  /** Asks the tier that was asked for, which pays what that costs more. */
  private static Decision raise(Decision decision, Rungs rungs) {
    if (rungs.raisedTo != null) {
      decision.setTier(rungs.raisedTo.id());
      decision.setRequestedCost(rungs.raisedTo.cost() - decision.getReviewCost());
      decision.setReviewCost(rungs.raisedTo.cost());
    }
    return decision;
  }

  /** It is reviewed when a reviewer has time for it: nothing is charged until then. */
  private static Decision waiting(Decision decision, EscalationReason mandatory, Ladder ladder) {
    decision.setReason(mandatory);
    decision.setTier(ladder.tier(mandatoryRung(mandatory, 0, ladder)).id());
    return decision;
  }

  /** It is reviewed, or waits, for its request alone. */
  private static Decision request(Decision decision, Ladder ladder) {
    double cost =
        decision.getRequest() == RequestFate.GRANTED
            ? ladder.tier(decision.getRequestedTier()).cost()
            : 0;
    decision.setReason(EscalationReason.REQUESTED);
    decision.setTier(decision.getRequestedTier());
    decision.setReviewCost(cost);
    decision.setRequestedCost(cost);
    return decision;
  }

  /** Draws for an audit what is not reviewed otherwise. */
  private static Decision audit(Decision decision, @Nullable Tier screen) {
    if (screen == null) {
      return decision;
    }
    double inclusion = decision.getAuditInclusion();
    boolean drawn = decision.getAuditU() < inclusion;
    if (drawn) {
      decision.setReason(EscalationReason.AUDIT);
      decision.setTier(screen.id());
      decision.setReviewCost(screen.cost());
    }
    decision.setTierProbability(
        decision.getTierProbability() * (drawn ? inclusion : 1 - inclusion));
    return decision;
  }

  /** Whether a proposal is denied at once: its like came too often, or its task is closed. */
  public static boolean denied(Decision decision) {
    return decision.getRetriesSpent() || decision.getTaskClosed();
  }

  /** Whether it waits for its review in a queue of its own. */
  public static boolean waits(Decision decision) {
    boolean must = mandatory(decision.getReason()) || line(decision.getReason());
    return (must && !decision.getOverCeiling().isEmpty())
        || (decision.getReason() == EscalationReason.REQUESTED
            && decision.getRequest() == RequestFate.WAITING);
  }

  /** Whether a request is what has it reviewed, or reviewed by a dearer tier. */
  static boolean requested(Decision decision) {
    return decision.getReason() == EscalationReason.REQUESTED || decision.getRequestedCost() > 0;
  }

  /** Whether its request has it reviewed, or wait, if nothing else does. */
  private static boolean heard(Decision decision) {
    return decision.getRequest() == RequestFate.GRANTED
        || decision.getRequest() == RequestFate.WAITING;
  }

  /** Of what its review costs that which the budget does not pay for. */
  static double apart(Decision decision) {
    return line(decision.getReason()) ? decision.getReviewCost() : decision.getRequestedCost();
  }

  /** The line that what has added up lies over: the task's before the agent's. */
  private static EscalationReason crossed(Decision decision, Lines lines) {
    if (decision.getTaskMass() > lines.taskMass()) {
      return EscalationReason.TASK;
    }
    return decision.getAgentMass() > lines.agentMass()
        ? EscalationReason.AGENT
        : EscalationReason.NONE;
  }

  private static double summed(Decision decision, EscalationReason line) {
    return line == EscalationReason.TASK ? decision.getTaskMass() : decision.getAgentMass();
  }

  private static double probability(
      EscalationReason mandatory, Rungs rungs, int index, Cut cut, Ladder ladder) {
    if (mandatory == EscalationReason.CATASTROPHIC) {
      return 1;
    }
    boolean lowest = rungs.first == (mandatory == EscalationReason.NONE ? 0 : 1);
    double from = lowest ? 1 : reached(index, cut, ladder, rungs.first);
    return from - reached(index, cut, ladder, rungs.next);
  }

  /** True for reasons that lie in the action itself, and hold whatever the price. */
  static boolean mandatory(EscalationReason reason) {
    return switch (reason) {
      case ROUTE, CATASTROPHIC, ID_CONFLICT, RETRY, BYPASS, VIOLATION -> true;
      case NONE, PRICED, AUDIT, TASK, AGENT, PROBE, REQUESTED, OTHER -> false;
    };
  }

  /**
   * Whether an action is reviewed for more than a draw or its own wish: then its mass counts
   * towards no line any more.
   */
  public static boolean clearsLines(EscalationReason reason) {
    return switch (reason) {
      case NONE, AUDIT, REQUESTED -> false;
      default -> true;
    };
  }

  /** True for reviews of what has added up over a line. */
  public static boolean line(EscalationReason reason) {
    return reason == EscalationReason.TASK || reason == EscalationReason.AGENT;
  }
}
