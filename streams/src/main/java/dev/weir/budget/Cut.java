/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/**
 * Where a budget cuts a histogram of risk: everything in a bucket above {@code index} is reviewed,
 * a share of the bucket itself, nothing below.
 *
 * @param index the cut's bucket
 * @param share share of that bucket's actions that the budget reaches, in [0, 1]
 */
public record Cut(int index, double share) {}
