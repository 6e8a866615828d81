/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.budget.Clearance;
import dev.weir.event.AgentEvidence;
import dev.weir.score.Provenance;
import dev.weir.score.Scored;
import dev.weir.state.TaskCore;
import dev.weir.state.TaskObjective;
import dev.weir.state.TaskSeen;
import org.jspecify.annotations.Nullable;

/**
 * A scored action, with its task as it stood before; a core of null is a task that it opens.
 *
 * @param stance the policy that scored, and which one shadowed
 * @param clearance what grants say of it under that policy
 * @param seen the task as the scorer saw it, of a proposal that lacks grants; else null
 * @param evidence what the agent's record said against it; null for nothing
 * @param shadowed what the candidate makes of it; null where there is none, or it failed
 */
record Judged(
    Fresh fresh,
    Stance stance,
    Scored scored,
    Clearance clearance,
    @Nullable TaskSeen seen,
    @Nullable AgentEvidence evidence,
    @Nullable Scored shadowed,
    @Nullable TaskCore core,
    @Nullable TaskObjective objective,
    Provenance provenance) {}
