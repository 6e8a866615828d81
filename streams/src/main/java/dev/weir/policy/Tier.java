/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/**
 * A review service.
 *
 * @param id name, unique in the policy
 * @param cost of one review, in cost units; finite, above 0
 * @param assurance share of the loss that a review prevents, in (0, 1]
 * @param deadlineMs how long a review may take, in ms of broker time
 */
public record Tier(String id, double cost, double assurance, long deadlineMs) {}
