/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.event.Assessment;

/**
 * An action that somebody waits for, or is to look at.
 *
 * @param grown the action, as it was scored, and its task
 * @param assessment with its decision
 */
record Decided(TaskChange.Grown grown, Assessment assessment) {
  Judged judged() {
    return grown.judged();
  }
}
