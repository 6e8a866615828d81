/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.event.Distribution;
import dev.weir.event.LeadingAction;
import dev.weir.event.RulePart;
import dev.weir.event.Viability;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How concentrated risk is, as asserted, and what is confirmed of it.
 *
 * @param actions over actions
 * @param tasks over tasks; null where they are not told
 * @param agents over agents; null where they are not told
 * @param topRule the rule behind most of the mass; null where rules are not told
 * @param topTenShare share of the mass in the ten riskiest actions
 * @param worst those actions, worst first; empty where they are not told
 * @param viability whether selective review is enough
 */
record Spread(
    Distribution actions,
    @Nullable Distribution tasks,
    @Nullable Distribution agents,
    @Nullable RulePart topRule,
    double topTenShare,
    List<LeadingAction> worst,
    Viability viability) {}
