/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.action.Action;
import dev.weir.state.TaskRecent;
import dev.weir.task.Sighting;

/** An action that is not a repetition, with what its task remembers. */
record Fresh(Action action, Sighting sighting, TaskRecent recent) {}
