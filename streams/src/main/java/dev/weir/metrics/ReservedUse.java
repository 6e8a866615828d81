/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

/** How an action of a reserved class came. */
public enum ReservedUse {
  /** Its agent has a grant: inside the narrow place. */
  GRANTED,
  /** Without a grant, proposed: it is held, and a request. */
  REQUESTED,
  /** Without a grant or a release, done: outside. */
  VIOLATION
}
