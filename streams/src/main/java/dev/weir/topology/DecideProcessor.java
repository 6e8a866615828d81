/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Action;
import dev.weir.action.Refusal;
import dev.weir.budget.Ask;
import dev.weir.budget.Belonging;
import dev.weir.budget.Chance;
import dev.weir.budget.Clearance;
import dev.weir.budget.Controller;
import dev.weir.budget.Decisions;
import dev.weir.budget.Mandate;
import dev.weir.budget.Precedent;
import dev.weir.budget.Request;
import dev.weir.budget.Seat;
import dev.weir.budget.Unreviewed;
import dev.weir.event.Assessment;
import dev.weir.event.DeadLetter;
import dev.weir.event.Decision;
import dev.weir.event.EscalationReason;
import dev.weir.event.Exposure;
import dev.weir.event.GrantLack;
import dev.weir.event.MissingGrant;
import dev.weir.event.Phase;
import dev.weir.event.Price;
import dev.weir.event.RefusalReason;
import dev.weir.event.Score;
import dev.weir.event.ShadowSample;
import dev.weir.fault.DeadLetters;
import dev.weir.metrics.ReservedUse;
import dev.weir.metrics.Tally;
import dev.weir.policy.Policy;
import dev.weir.review.Assessments;
import dev.weir.review.Holds;
import dev.weir.score.Likeness;
import dev.weir.score.Scored;
import dev.weir.store.StoreNames;
import dev.weir.task.AgentLine;
import dev.weir.task.RecentActions;
import dev.weir.task.Sighting;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Decides which actions are worth a review; writes assessments, escalations and exposure. Then lets
 * a candidate follow, and adopts it where it passes its trial: from the next action on.
 */
final class DecideProcessor extends Stage<String, TaskChange> {
  private final PolicyShelf shelf;
  private final Rehearsal.Terms rehearsals;
  private final Chance chance;
  private final Placement placement;
  private final Board<Price> prices;
  private final AgentLines.Terms agentTerms;
  private final int maxOutputBytes;
  private final Tally tally;

  @SuppressWarnings("NullAway.Init") // set by init, before any record
  private KeyValueStore<String, Controller> controllers;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, Holds> holds;

  @SuppressWarnings("NullAway.Init")
  private Audits audits;

  @SuppressWarnings("NullAway.Init")
  private AgentLines agentLines;

  @SuppressWarnings("NullAway.Init")
  private Seat seat;

  @SuppressWarnings("NullAway.Init")
  private Standing standing;

  @SuppressWarnings("NullAway.Init")
  private Rehearsal rehearsal;

  /**
   * What decisions rest on beside the policy.
   *
   * @param chances the secret that every chance is drawn from
   * @param placement how many partitions share the budget
   * @param prices where the fleet's prices hang
   * @param agents what agents' lines rest on
   * @param maxOutputBytes longest value written
   */
  record Grounds(
      ChanceSettings chances,
      Placement placement,
      Board<Price> prices,
      AgentLines.Terms agents,
      int maxOutputBytes) {}

  DecideProcessor(PolicyShelf shelf, Rehearsal.Terms rehearsals, Grounds grounds, Tally tally) {
    this.shelf = shelf;
    this.rehearsals = rehearsals;
    this.chance = grounds.chances.chance();
    this.placement = grounds.placement;
    this.prices = grounds.prices;
    this.agentTerms = grounds.agents;
    this.maxOutputBytes = grounds.maxOutputBytes;
    this.tally = tally;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    super.init(context);
    controllers = context.getStateStore(StoreNames.CONTROLLER);
    audits = new Audits(context.getStateStore(StoreNames.AUDIT), shelf);
    holds = context.getStateStore(StoreNames.TASK_HOLDS);
    standing =
        new Standing(context.getStateStore(StoreNames.POLICY_STANDING), shelf, rehearsals.desk());
    seat = new Seat(context.taskId().partition(), placement.partitions());
    agentLines = new AgentLines(context, agentTerms, chance);
    rehearsal =
        new Rehearsal(
            rehearsals,
            new Rehearsal.Place(
                seat, standing, context.getStateStore(StoreNames.POLICY_TRIAL), controllers));
    rehearsal.begin();
  }

  @Override
  public void process(Record<String, TaskChange> record) {
    if (record.value() instanceof TaskChange.Grown grown) {
      Stance stance = grown.judged().stance();
      Controller controller = controller(stance);
      Decision decision = decide(record, grown, controller);
      keep(record, stance, controller);
      rehearse(record, grown.judged(), decision, controller);
    } else if (record.value() instanceof TaskChange.Retired retired) {
      Stance stance = standing.now();
      Controller controller = controller(stance);
      controller.taskRetired(retired.mass());
      keep(record, stance, controller);
    }
  }

  @Override
  public void close() {
    tally.lost(context().taskId().partition());
    rehearsal.end();
  }

  private Controller controller(Stance stance) {
    Controller known = controllers.get(stance.policy().digestHex());
    return known != null ? known : Controller.fresh(seat, stance.policy());
  }

  private void keep(Record<?, ?> record, Stance stance, Controller controller) {
    if (controller.exposureDue()) {
      expose(record, stance, controller);
    }
    controllers.put(stance.policy().digestHex(), controller);
  }

  private void expose(Record<?, ?> record, Stance stance, Controller controller) {
    Exposure exposure = controller.exposure(controller.lastMs());
    String key = context().taskId().partition() + ":" + stance.policy().digestHex();
    write(record, NodeNames.TO_EXPOSURE, key(key), Codecs.EXPOSURE.encode(exposure));
    tally.liveTasks(exposure.getPartition(), exposure.getTasks());
  }

  private void rehearse(
      Record<String, TaskChange> record, Judged judged, Decision decision, Controller controller) {
    Stance.Candidate candidate = judged.stance().candidate();
    rehearsal.status(judged.stance());
    if (candidate == null) {
      return;
    }
    long nowMs = judged.fresh().action().origin().receivedMs();
    if (judged.shadowed() != null) {
      Unreviewed alone = new Unreviewed(judged.shadowed().score().getMass(), 0);
      Clearance none = Clearance.withoutGrants(judged.shadowed().reserved());
      Reading would = new Reading(candidate.policy(), judged.shadowed(), none);
      Ask ask = ask(record, judged, would, alone);
      rehearsal.follow(judged, decision, ask).ifPresent(sample -> write(record, sample));
    }
    if (rehearsal.passes(judged.stance(), nowMs)) {
      expose(record, judged.stance(), controller);
      rehearsal.adopt(judged.stance(), candidate, controller, nowMs);
    }
  }

  private void write(Record<String, TaskChange> record, ShadowSample sample) {
    byte[] bytes = Codecs.SHADOW_SAMPLE.encode(sample);
    if (bytes.length <= maxOutputBytes) {
      write(record, NodeNames.TO_SHADOW, key(record.key()), bytes);
      tally.shadowSampled();
    }
  }

  private Decision decide(
      Record<String, TaskChange> record, TaskChange.Grown grown, Controller controller) {
    Judged judged = grown.judged();
    Action action = judged.fresh().action();
    Stance stance = judged.stance();
    if (controller.hourOver(action.origin().receivedMs())) {
      expose(record, stance, controller);
    }
    double mass = counted(judged);
    Unreviewed unreviewed = new Unreviewed(grown.folded().unreviewed(), towardsAgent(grown, mass));
    Decision decision = controller.decide(ask(record, judged, Reading.inForce(judged), unreviewed));
    audits.decided(judged, decision);
    settleAgent(record, stance, decision, mass);
    controller.taskChanged(grown.folded().massBefore(), grown.folded().core().getMass());
    Assessment assessment =
        Assessments.of(
            action,
            judged.fresh().sighting(),
            judged.scored().score(),
            grown.folded(),
            decision,
            stance.digest());
    assessment.setPolicyGeneration(stance.generation());
    assessment.setAgentEvidence(judged.evidence());
    controller.attribute(assessment);
    report(record, action, assessment);
    if (isProposed(judged) || decision.getReason() != EscalationReason.NONE) {
      next(record, NodeNames.REVIEW, record.key(), new Decided(grown, assessment));
    }
    count(judged, decision);
    tally.actionTook(context().currentSystemTimeMs() - action.origin().receivedMs());
    return decision;
  }

  /** The mass that the action adds, in LU: none if it only carries out what was counted. */
  private static double counted(Judged judged) {
    return judged.fresh().sighting() == Sighting.CARRIES_OUT
        ? 0
        : judged.scored().score().getMass();
  }

  private double towardsAgent(TaskChange.Grown grown, double mass) {
    Action action = grown.judged().fresh().action();
    return agentLines.towards(
        action.source(),
        action.event().getAgent().getId(),
        mass,
        grown.folded().timing().taskTimeMs());
  }

  private void settleAgent(Record<?, ?> record, Stance stance, Decision decision, double mass) {
    AgentLine.Outcome outcome =
        new AgentLine.Outcome(
            mass,
            Decisions.clearsLines(decision.getReason()),
            decision.getReason() == EscalationReason.AGENT);
    agentLines.settle(record, outcome, stance.policy().lines().agentMass());
  }

  private void report(Record<String, TaskChange> record, Action action, Assessment assessment) {
    byte[] bytes = Codecs.ASSESSMENT.encode(assessment);
    if (bytes.length <= maxOutputBytes) {
      write(record, NodeNames.TO_ASSESSMENTS, key(record.key()), bytes);
      tally.assessed(assessment);
      return;
    }
    Refusal refusal =
        new Refusal(
            RefusalReason.OUTPUT_TOO_LARGE,
            "",
            "its assessment takes %d bytes and may take %d (max.output.bytes); shorten the policy's reasons"
                .formatted(bytes.length, maxOutputBytes),
            new Refusal.Shown(
                assessment.getEventId(), assessment.getTaskId(), assessment.getPhase()));
    tally.refused(refusal.reason());
    DeadLetter letter =
        DeadLetters.of(
            refusal, action.origin(), key(record.key()), action.value(), new RecordHeaders());
    write(record, NodeNames.TO_DEAD_LETTERS, key(record.key()), Codecs.DEAD_LETTER.encode(letter));
  }

  /** What one policy makes of an action, and grants of that. */
  private record Reading(Policy policy, Scored scored, Clearance clearance) {
    static Reading inForce(Judged judged) {
      return new Reading(judged.stance().policy(), judged.scored(), judged.clearance());
    }
  }

  private Ask ask(
      Record<String, TaskChange> record, Judged judged, Reading reading, Unreviewed unreviewed) {
    Score score = reading.scored.score();
    boolean repeats = judged.fresh().sighting() == Sighting.CARRIES_OUT;
    Action action = judged.fresh().action();
    return new Ask(
        score.getRisk(),
        repeats ? 0 : score.getMass(),
        score.getActionClass(),
        repeats ? 0 : reading.scored.baseCost(),
        mandate(record.key(), judged, reading),
        chance.draws(action.origin().receivedMs(), record.key(), action.digest()),
        prices.get(reading.policy.digestHex()),
        Belonging.of(chance, action, score),
        repeats ? Unreviewed.NONE : unreviewed,
        action.origin().receivedMs(),
        Request.of(
            chance, action, judged.fresh().sighting(), reading.policy, mayRequest(record, judged)));
  }

  private boolean mayRequest(Record<String, TaskChange> record, Judged judged) {
    boolean asks = judged.fresh().action().event().getRequestedTier() != null;
    Holds known = asks ? held(record.key(), judged) : null;
    return known == null || known.mayRequest();
  }

  private Mandate mandate(String taskId, Judged judged, Reading reading) {
    Precedent precedent = precedent(taskId, judged, reading.scored);
    boolean done = !isProposed(judged);
    Sighting sighting = judged.fresh().sighting();
    boolean closed = done && precedent.closed() && sighting != Sighting.CARRIES_OUT;
    return Mandate.of(
        new Mandate.Arrival(
            closed || bypasses(judged, reading) ? Sighting.BYPASS : sighting,
            done,
            reading.clearance,
            done ? precedent.unspent() : precedent),
        reading.scored,
        reading.policy);
  }

  private static boolean isProposed(Judged judged) {
    return judged.fresh().action().event().getPhase() == Phase.PROPOSED;
  }

  /** Whether nobody was asked who had to be. */
  private static boolean bypasses(Judged judged, Reading reading) {
    return judged.fresh().sighting() == Sighting.BYPASS
        || (judged.fresh().action().event().getPhase() == Phase.OBSERVED
            && reading.scored.score().getMagnitude() >= reading.policy.mustPropose());
  }

  /** What of the task is, or was lately, under review; null where nothing was. */
  private @Nullable Holds held(String taskId, Judged judged) {
    return judged.core() == null || judged.core().getHolds() == 0 ? null : holds.get(taskId);
  }

  /** What became of its like in the task. */
  private Precedent precedent(String taskId, Judged judged, Scored scored) {
    Holds known = held(taskId, judged);
    if (known == null) {
      return Precedent.NONE;
    }
    Action action = judged.fresh().action();
    return known.precedent(Likeness.of(action, scored), RecentActions.call(action.event()));
  }

  private void count(Judged judged, Decision decision) {
    if (decision.getReason() == EscalationReason.BYPASS
        || bypasses(judged, Reading.inForce(judged))) {
      tally.bypassed(judged.fresh().action().source());
    }
    if (decision.getRetriesSpent()) {
      tally.retriesSpent();
    }
    ReservedUse lacking = isProposed(judged) ? ReservedUse.REQUESTED : ReservedUse.VIOLATION;
    decision.getGrants().forEach(g -> tally.reserved(g.getActionClass(), ReservedUse.GRANTED));
    for (MissingGrant missing : decision.getMissingGrants()) {
      tally.reserved(missing.getActionClass(), lacking);
      if (missing.getLack() == GrantLack.CONDITION_FAILED) {
        tally.grantConditionFailed();
      }
    }
  }
}
