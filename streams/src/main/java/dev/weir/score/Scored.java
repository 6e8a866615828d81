/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.event.Score;
import dev.weir.policy.Ceiling;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a scorer makes of an action.
 *
 * @param score the score with its reasons
 * @param routes what sends the action to review always: rules that fired, reserved classes
 * @param catastrophic whether the magnitude is at or above the policy's catastrophic line
 * @param baseCost the action's own cost in cost units: as attested, else 1; in [0, 1000]
 * @param read the action's values, where the scorer has read them
 * @param left what the action leaves for later ones of its task
 */
public record Scored(
    Score score,
    List<Ceiling> routes,
    boolean catastrophic,
    double baseCost,
    @Nullable ActionValues read,
    List<Leftover> left) {

  /** Of a scorer that reads no values. */
  public Scored(Score score, List<Ceiling> routes, boolean catastrophic, double baseCost) {
    this(score, routes, catastrophic, baseCost, null, List.of());
  }

  /** The same, sent to review also where another reading says so. */
  Scored with(List<Ceiling> also, boolean alsoCatastrophic) {
    return new Scored(
        score,
        Stream.concat(routes.stream(), also.stream()).distinct().toList(),
        catastrophic || alsoCatastrophic,
        baseCost,
        read,
        left);
  }

  /** Whether it is sent to review always. */
  public boolean route() {
    return !routes.isEmpty();
  }
}
