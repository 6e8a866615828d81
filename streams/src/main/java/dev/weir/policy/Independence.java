/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/** How far a reviewer must stand from the agent that acted; each level demands the ones before. */
public enum Independence {
  /** Anybody. */
  NONE,
  /** Another agent. */
  AGENT,
  /** Another model. */
  MODEL,
  /** A model of another provider. */
  PROVIDER
}
