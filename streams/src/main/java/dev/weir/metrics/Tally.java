/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import dev.weir.budget.TrialReport;
import dev.weir.event.AgentStanding;
import dev.weir.event.Assessment;
import dev.weir.event.Concentration;
import dev.weir.event.Decision;
import dev.weir.event.DispositionKind;
import dev.weir.event.LedgerHour;
import dev.weir.event.OutcomeFinding;
import dev.weir.event.Phase;
import dev.weir.event.Price;
import dev.weir.event.RefusalReason;
import dev.weir.event.ReviewOutcome;
import dev.weir.event.Score;
import dev.weir.event.VerdictDecision;
import dev.weir.policy.publish.PolicyRefusal;
import java.util.Map;

/**
 * What the topology tells of its work. Called by every stream thread; never throws.
 *
 * <p>Invariant, once all that was read is processed: read = assessed + duplicate + refused +
 * rekeyed, and each rekeyed record is read once more. Counts are of this process since its start
 * and include work that a crash undid: a summary that must be exact reads committed records
 * instead.
 */
public interface Tally {
  /** Counts nothing. */
  Tally NONE = new Tally() {};

  /** A record was read from a source topic, or from the rekey topic. */
  default void read() {}

  /** A record was sent on to the partition of its key. */
  default void rekeyed() {}

  /** An action was assessed: counts it, its flags, its risk, and its escalation if it has one. */
  default void assessed(Assessment assessment) {}

  /** A record repeated one already assessed. */
  default void duplicate() {}

  /** A record of a source topic became a dead letter. */
  default void refused(RefusalReason reason) {}

  /** A proposal's disposition was written, a repeated one not counted. */
  default void disposed(DispositionKind kind) {}

  /** A proposal's final disposition came that long after the broker appended it. */
  default void disposedAfter(long ms) {}

  /** A task has as many actions under review as it may: one more was not asked about. */
  default void holdRefused(Phase phase) {}

  /** An action was carried out without being released; {@code topic} is its source. */
  default void bypassed(String topic) {}

  /** A proposal was denied at once, since its like had come too often. */
  default void retriesSpent() {}

  /** Who denied a proposal. */
  enum DeniedBy {
    /** Weir, since its task is closed or its like had come too often. */
    AT_ONCE,
    REVIEWERS
  }

  /** Another look at a proposal that was denied has ended; its class, or "". */
  default void deniedAudited(String actionClass, DeniedBy by, ReviewOutcome outcome) {}

  /** Reviewers gave a proposal to another agent; whether that could be told. */
  default void handedOver(boolean told) {}

  /** Reviewers denied a task as a whole. */
  default void taskClosed() {}

  /** Open reviews of one partition of this process, about. */
  default void openReviews(int partition, long reviews) {}

  /** The partition's reviews went to another process. */
  default void reviewsLost(int partition) {}

  /** A verdict counted. */
  default void verdict(VerdictDecision decision) {}

  /** A record of the log of verdicts became a dead letter. */
  default void verdictRefused(RefusalReason reason) {}

  /** An outcome counted. */
  default void outcome(OutcomeFinding finding) {}

  /** A record of the log of outcomes became a dead letter. */
  default void outcomeRefused(RefusalReason reason) {}

  /** A tier's review ended, of an agent's action or a planted one. */
  default void reviewed(EndedReview review) {}

  /** A planted action was put before that tier. */
  default void planted(String tier) {}

  /** A record of the topic of reviewers was refused. */
  default void reviewerRefused() {}

  /** So many reviewers are registered. */
  default void reviewers(int count) {}

  /** A record of the topic of grants was refused. */
  default void grantRefused() {}

  /** There are so many grants. */
  default void grants(int count) {}

  /** An action of that reserved class came so. */
  default void reserved(String actionClass, ReservedUse use) {}

  /** A grant's condition failed on an action, and granted nothing. */
  default void grantConditionFailed() {}

  /** A record of an internal topic was skipped and the last good one kept. */
  default void internalRefused(String topic) {}

  /** Scoring took that long. */
  default void scoreTook(long nanos) {}

  /** Time from the broker's append to the end of processing; below 0 counts as 0. */
  default void actionTook(long ms) {}

  /** Live tasks of one partition of this process. */
  default void liveTasks(int partition, long tasks) {}

  /** The partition went to another process. */
  default void lost(int partition) {}

  /** The fleet's price became known here. */
  default void price(Price price) {}

  /** The fleet's concentration became known here. */
  default void concentration(Concentration concentration) {}

  /** An hour was added to, in the process that prices. */
  default void ledger(LedgerHour hour) {}

  /** Another process prices. */
  default void ledgerLost() {}

  /** A partition told of an agent. */
  default void agentTold() {}

  /** So many agents are near or over their line, as far as it is known here. */
  default void agentsNearLine(int agents) {}

  /** So many agents of whom anything was answered stand so, in a partition of their records. */
  default void agentStandings(int partition, Map<AgentStanding, Long> standings) {}

  /** That partition of agents' records is another process's now. */
  default void agentsLost(int partition) {}

  /** From now on this policy scores in the partition; {@code id} is its name. */
  default void policyStands(int partition, long generation, String id, String digestHex) {}

  /** A pointer of that generation to a policy that should score became known here. */
  default void policyCalled(long generation) {}

  /** A policy, or a pointer to one, was refused. */
  default void policyRefused(PolicyRefusal reason) {}

  /** What becomes of a policy beside the one in force. */
  default void trialStatus(int partition, TrialStatus status) {}

  /** A trial's window is complete. */
  default void trialConcluded(TrialReport report) {}

  /** An action was judged by the policy in force and by one in shadow. */
  default void shadowed(Score score, Decision decided, Score shadowed, Decision would) {}

  /** The policy in shadow failed on an action. */
  default void shadowFailed() {}

  /** Both judgements of an action were written down. */
  default void shadowSampled() {}
}
