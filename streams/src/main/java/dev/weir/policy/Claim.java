/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/**
 * A field of an action that rules read as it stands and that its source may be unable to attest. A
 * rule that reads one which is not attested is judged with and without it, and the larger counts.
 */
public enum Claim {
  /** The agent's identifier. */
  AGENT_ID(Attestable.AGENT),
  /** The agent's display name. */
  AGENT_NAME(Attestable.AGENT),
  /** The model that drives the agent. */
  AGENT_MODEL(Attestable.AGENT),
  /** The model's provider. */
  AGENT_PROVIDER(Attestable.AGENT),
  /** The agent's version. */
  AGENT_VERSION(Attestable.AGENT),
  /** On whose behalf the agent acts. */
  AGENT_PRINCIPAL(Attestable.AGENT),
  /** The server that offers the tool. */
  TOOL_SERVER(Attestable.ANNOTATIONS),
  /** The tool's type. */
  TOOL_TYPE(Attestable.ANNOTATIONS),
  /** What the task is for. */
  OBJECTIVE(Attestable.OBJECTIVE),
  /** The free attributes. */
  ATTRIBUTES(Attestable.ATTRIBUTES),
  /** Whether it is proposed, executed or observed. */
  PHASE(Attestable.PHASE);

  /** The most claims that one rule may read: it is judged for each subset of them. */
  public static final int MAX_PER_RULE = 4;

  private final Attestable attestable;

  Claim(Attestable attestable) {
    this.attestable = attestable;
  }

  /** What the source must be able to attest for this field to be taken as it stands. */
  public Attestable attestable() {
    return attestable;
  }

  /** This claim's bit in a mask of claims. */
  @SuppressWarnings("EnumOrdinal") // a mask lives no longer than one call
  public int bit() {
    return 1 << ordinal();
  }
}
