/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.outcome;

import dev.weir.budget.Interval;
import dev.weir.event.AgentStanding;

/**
 * What is known of one actor: an agent, a model or a provider.
 *
 * @param source the topic on which it acts; "" over all
 * @param name its identifier there
 * @param actions that it took, carried-out proposals counted once
 * @param escalated of those, sent to a review, audits excepted
 * @param answers reviews and audits of its actions that reviewers answered
 * @param harmful actions that they found harmful
 * @param rate harmful actions per action, by those answers, each weighted by one over the
 *     probability with which it was asked
 * @param once bounds of the rate at one look, fixed in advance
 * @param always bounds of the rate that hold at every look
 * @param ratio harmful actions over those that the fleet's rates, class by class and apart for what
 *     was escalated and what passed, let expect of the same work; NaN where they let expect none
 * @param ratioBounds bounds of the ratio that hold at every look, the fleet's rates taken as known
 * @param standing what that says
 */
public record ActorRecord(
    String source,
    String name,
    long actions,
    long escalated,
    long answers,
    long harmful,
    double rate,
    Interval once,
    Interval always,
    double ratio,
    Interval ratioBounds,
    AgentStanding standing) {}
