/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.simulate;

import dev.weir.budget.AuditPlan;
import dev.weir.policy.Budget;
import dev.weir.policy.Lines;
import dev.weir.policy.Tier;
import java.util.List;

/**
 * One run.
 *
 * @param scenario what happens
 * @param actions how many, above 0
 * @param partitions that share the budget
 * @param tiers that review
 * @param budget what review may cost
 * @param audit of what is not escalated
 * @param lines over which a review is asked for whatever the price
 * @param seed of all chance
 */
public record SimulationSettings(
    Scenario scenario,
    int actions,
    int partitions,
    List<Tier> tiers,
    Budget budget,
    AuditPlan audit,
    Lines lines,
    long seed) {}
