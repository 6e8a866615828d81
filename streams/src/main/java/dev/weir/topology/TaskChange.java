/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.task.Folded;
import dev.weir.task.TaskSnapshot;

/** What a fold tells the decision. */
sealed interface TaskChange {
  /** A task took in one action, to be decided. */
  record Grown(Judged judged, TaskSnapshot before, Folded folded) implements TaskChange {}

  /** An idle task of that mass, in LU, was forgotten. */
  record Retired(double mass) implements TaskChange {}
}
