/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.state.TaskCore;

/**
 * A task after one more action.
 *
 * @param core the task's state, this action included
 * @param timing where the action stands in it
 * @param massBefore the task's mass before, in LU; NaN if the action opened the task
 */
public record Folded(TaskCore core, Timing timing, double massBefore) {}
