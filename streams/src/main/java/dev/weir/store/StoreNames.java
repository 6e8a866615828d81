/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.store;

/** Every store's name, once. A name never changes its meaning. */
public final class StoreNames {
  /** task_id → TaskCore. */
  public static final String TASK_CORE = "task-core";

  /** task_id → TaskRecent. */
  public static final String TASK_RECENT = "task-recent";

  /** task_id → TaskObjective. */
  public static final String TASK_OBJECTIVE = "task-objective";

  /** task_id → TaskProvenance. */
  public static final String TASK_PROVENANCE = "task-provenance";

  /**
   * hour, task_id → empty: tasks by the hour of the partition's clock in which they were last seen.
   */
  public static final String TASK_IDLE = "task-idle";

  /** task_id → TaskHolds: what of the task is, or was lately, under review. */
  public static final String TASK_HOLDS = "task-holds";

  /** escalation_id → OpenReview: escalations that have not ended. */
  public static final String OPEN_REVIEWS = "open-reviews";

  /** time, escalation_id → task_id: when open reviews are to be looked at. */
  public static final String DEADLINES = "deadlines";

  /** source, agent and class, escalation_id → nothing: open requests that a grant may release. */
  public static final String REQUESTS = "requests";

  /** task_id → TaskOutcomes, and hour, task_id → nothing: outcomes that counted lately. */
  public static final String OUTCOMES = "outcomes";

  /** Global: reviewer_id → Reviewer, as bytes. */
  public static final String REVIEWERS = "reviewers";

  /** Global: grant_id → Grant, as bytes. */
  public static final String GRANTS = "grants";

  /** policy digest → the partition's controller. */
  public static final String CONTROLLER = "controller";

  /** one key → the partition's books of audits. */
  public static final String AUDIT = "audit";

  /** one key → ChanceState: which epochs' keys were committed to and revealed. */
  public static final String CHANCE = "chance";

  /** partition and policy digest → the fleet's view of it. */
  public static final String FLEET = "fleet";

  /** hour and policy digest → LedgerHour: the hours that may still be added to. */
  public static final String LEDGER = "ledger";

  /** Global: policy digest → Price, as bytes. */
  public static final String PRICES = "prices";

  /** Global: policy digest → Concentration, as bytes. */
  public static final String CONCENTRATIONS = "concentrations";

  /** two keys → PolicyStanding: which policy the partition has adopted, and its document. */
  public static final String POLICY_STANDING = "policy-standing";

  /** one key → the partition's trial of a candidate. */
  public static final String POLICY_TRIAL = "policy-trial";

  /** Global: as on the topic of policies, what of it counts. */
  public static final String POLICIES = "policies";

  /** bucket, or a source for its newcomers → AgentBucket. */
  public static final String AGENTS = "agents";

  /** partition → AgentProfile: the latest of each. */
  public static final String AGENT_PROFILES = "agent-profiles";

  /** What each partition's reviews and audits found, as it last told. */
  public static final String AUDIT_REPORTS = "audit-reports";

  /** bucket → AgentShelf: agents over all partitions. */
  public static final String AGENT_SHELVES = "agent-shelves";

  /** one key → FindingState: how often answered actions are found harmful, by kind. */
  public static final String FINDINGS = "findings";

  /** Global: source, agent → AgentRecord, as bytes. */
  public static final String AGENT_RECORDS = "agent-records";

  private StoreNames() {}
}
