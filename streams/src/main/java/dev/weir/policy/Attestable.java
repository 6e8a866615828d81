/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/** What a source may vouch for. What it may not can raise a score and never lower it. */
public enum Attestable {
  /** The agent's name, model, provider, version and principal. */
  AGENT,
  /** What the task is for. */
  OBJECTIVE,
  /** Where the action takes effect; otherwise production. */
  ENVIRONMENT,
  /** The tool's hints, server and type; otherwise the hints' worst case. */
  ANNOTATIONS,
  /** How far a result may be believed; otherwise untrusted. */
  TRUST,
  /** What the action costs; otherwise 1. */
  COST,
  /** The free attributes. */
  ATTRIBUTES,
  /** Whether the action is proposed, executed or observed; otherwise observed. */
  PHASE,
  /** Which tier of review the action asks for; otherwise none. */
  REQUESTED_TIER
}
