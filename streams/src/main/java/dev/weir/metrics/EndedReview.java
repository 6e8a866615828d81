/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

import dev.weir.event.Opinion;
import dev.weir.event.ReviewOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A review that a tier ended.
 *
 * @param opinions what reviewers answered, one each
 * @param outcome what it came to
 * @param plantedHarmful whether the action was planted and is harmful, or not; null if it was none
 * @param open reviews that are open beside it in its partition, about
 */
public record EndedReview(
    List<Opinion> opinions, ReviewOutcome outcome, @Nullable Boolean plantedHarmful, long open) {}
