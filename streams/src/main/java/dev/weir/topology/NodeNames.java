/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

/** Every node's name, once. */
final class NodeNames {
  static final String ACTIONS = "actions";
  static final String REKEYED = "rekeyed";
  static final String DECODE = "decode";
  static final String DEDUPLICATE = "deduplicate";
  static final String SCORE = "score";
  static final String FOLD = "fold";
  static final String DECIDE = "decide";
  static final String REVIEW = "review";
  static final String VERDICTS = "verdicts";
  static final String SETTLE = "settle";
  static final String OUTCOMES = "outcomes";
  static final String LEARN = "learn";
  static final String TO_DISPOSITIONS = "to-dispositions";
  static final String TO_HANDOVERS = "to-handovers";
  static final String TO_VERDICTS = "to-verdicts";
  static final String TO_SIGNALS = "to-signals";
  static final String TO_DEAD_LETTERS = "to-dead-letters";
  static final String TO_REKEY = "to-rekey";
  static final String TO_DUPLICATES = "to-duplicates";
  static final String TO_TASK_RISK = "to-task-risk";
  static final String TO_ASSESSMENTS = "to-assessments";
  static final String TO_ESCALATIONS = "to-escalations";
  static final String TO_WAITING = "to-escalations-waiting";
  static final String TO_EXPOSURE = "to-exposure";
  static final String TO_SHADOW = "to-shadow";

  static final String EXPOSURE = "exposure";
  static final String PRICE = "price";
  static final String TO_PRICES = "to-prices";
  static final String TO_CONCENTRATION = "to-concentration";
  static final String TO_CHANCE = "to-chance";
  static final String TO_LEDGER = "to-ledger";
  static final String REFUSED_EXPOSURE = "refused-exposure";

  static final String TO_AGENT_EXPOSURE = "to-agent-exposure";
  static final String AGENT_EXPOSURE = "agent-exposure";
  static final String FOLD_AGENTS = "fold-agents";
  static final String TO_AGENT_RECORD = "to-agent-record";
  static final String TO_AGENT_PROFILE = "to-agent-profile";
  static final String MOVED_AGENTS = "moved-agents";
  static final String REFUSED_AGENTS = "refused-agents";
  static final String AGENT_RECORD = "agent-record-source";
  static final String KEEP_AGENT_RECORDS = "keep-agent-records";

  static final String PRICES = "prices-source";
  static final String KEEP_PRICES = "keep-prices";
  static final String CONCENTRATION = "concentration-source";
  static final String KEEP_CONCENTRATION = "keep-concentration";

  static final String REVIEWERS = "reviewers-source";
  static final String KEEP_REVIEWERS = "keep-reviewers";

  static final String GRANTS = "grants-source";
  static final String KEEP_GRANTS = "keep-grants";

  static final String POLICIES = "policies-source";
  static final String KEEP_POLICIES = "keep-policies";

  private NodeNames() {}
}
