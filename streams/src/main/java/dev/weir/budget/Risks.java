/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/** Counts of actions by bucket of risk, to be cut. */
interface Risks {
  /** Actions in that bucket; 0 outside the scale. */
  long countAt(int index);

  /** Rises whenever counts may have fallen since, or changed otherwise than by one more action. */
  long forgotten();
}
