/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.event.Score;

/**
 * What a scorer makes of an action.
 *
 * @param score the score with its reasons
 * @param route whether a rule that fired sends the action to review always
 * @param catastrophic whether the magnitude is at or above the policy's catastrophic line
 * @param baseCost the action's own cost in cost units: as attested, else 1; in [0, 1000]
 */
public record Scored(Score score, boolean route, boolean catastrophic, double baseCost) {}
