/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

/**
 * Where an action stands in its task's time.
 *
 * @param taskTimeMs the task's clock once the action was folded, epoch ms
 * @param outOfOrder it lies before the clock
 * @param late it lies before the clock by more than lateness allows
 */
public record Timing(long taskTimeMs, boolean outOfOrder, boolean late) {}
