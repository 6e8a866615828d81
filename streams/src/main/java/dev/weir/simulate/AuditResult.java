/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.simulate;

import dev.weir.budget.MissedRisk;
import org.jspecify.annotations.Nullable;

/**
 * What audits told of a run, beside the truth.
 *
 * @param audits drawn, each answered by the screen
 * @param confirmed of those, looked at by the second tier
 * @param rate of harm among actions that were not escalated, as it is
 * @param mass of harm in LU per such action, as it is, each cut at the cap
 * @param missed what audits say of both; null before any
 */
public record AuditResult(
    int audits, int confirmed, double rate, double mass, @Nullable MissedRisk missed) {}
