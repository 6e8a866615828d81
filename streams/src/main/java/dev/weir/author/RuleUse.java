/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.author;

import dev.weir.policy.Rule;

/**
 * What one rule did on a log.
 *
 * @param rule it
 * @param candidates actions that it was tried on
 * @param fired actions that it fired on
 * @param failed actions on which its evaluation failed
 * @param share of the log's mass that it carries: an action's mass is divided among the losses that
 *     counted, in proportion to their size
 */
public record RuleUse(Rule rule, long candidates, long fired, long failed, double share) {}
