/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.Fact;
import java.util.Map;
import java.util.Set;

/**
 * A score with what led to it: for authors, not for the stream.
 *
 * @param scored the score
 * @param candidates rules whose selectors and views fit the action, in the policy's order
 * @param fired those of them that fired
 * @param failures rules whose evaluation failed, with the reason
 * @param facts what the candidates read, as the action stands
 */
public record Inspection(
    Scored scored,
    Set<String> candidates,
    Set<String> fired,
    Map<String, String> failures,
    Map<Fact, Object> facts) {}
