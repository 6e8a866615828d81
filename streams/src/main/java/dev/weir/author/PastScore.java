/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.author;

import dev.weir.event.AgentEvidence;
import dev.weir.event.Score;
import org.jspecify.annotations.Nullable;

/**
 * What an assessment says that can be recomputed, and of what.
 *
 * @param eventId the action's
 * @param taskId the task's
 * @param topic where the action was first read: its source
 * @param partition partition there
 * @param offset offset there
 * @param receivedMs when the broker appended it, epoch ms
 * @param digestHex SHA-256 of the action's bytes
 * @param policyDigestHex the policy that scored it
 * @param taskActions actions of the task, this one included
 * @param score the score
 * @param evidence what the agent's record said against it then; null for nothing
 */
public record PastScore(
    String eventId,
    String taskId,
    String topic,
    int partition,
    long offset,
    long receivedMs,
    String digestHex,
    String policyDigestHex,
    long taskActions,
    Score score,
    @Nullable AgentEvidence evidence) {}
