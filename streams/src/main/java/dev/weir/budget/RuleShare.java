/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/**
 * What one rule did in a trial.
 *
 * @param rule the rule
 * @param actions on which it counted
 * @param massShare share of the mass that lies in those actions
 * @param sliver how many of the sliver's actions would not be in it without the rule
 * @param sliverShare the same as a share of the sliver
 */
public record RuleShare(
    String rule, long actions, double massShare, long sliver, double sliverShare) {}
