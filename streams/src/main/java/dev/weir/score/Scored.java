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
 * @param routes rules that fired and send the action to review always
 * @param reserved the classes of the action that only vetted agents may perform
 * @param catastrophic whether the magnitude is at or above the policy's catastrophic line
 * @param baseCost the action's own cost in cost units: as attested, else 1; in [0, 1000]
 * @param read the action's values, where the scorer has read them
 * @param left what the action leaves for later ones of its task
 */
public record Scored(
    Score score,
    List<Ceiling> routes,
    List<String> reserved,
    boolean catastrophic,
    double baseCost,
    @Nullable ActionValues read,
    List<Leftover> left) {

  /** Of a scorer that reads no values. */
  public Scored(Score score, List<Ceiling> routes, boolean catastrophic, double baseCost) {
    this(score, routes, List.of(), catastrophic, baseCost, null, List.of());
  }

  /** The same, sent to review also where another reading says so. */
  Scored with(Scored other) {
    return new Scored(
        score,
        union(routes, other.routes),
        union(reserved, other.reserved),
        catastrophic || other.catastrophic,
        baseCost,
        read,
        left);
  }

  private static <T> List<T> union(List<T> one, List<T> other) {
    return other.isEmpty() ? one : Stream.concat(one.stream(), other.stream()).distinct().toList();
  }

  /** Whether it is sent to review always, where nobody is granted what is reserved. */
  public boolean route() {
    return !routes.isEmpty() || !reserved.isEmpty();
  }
}
