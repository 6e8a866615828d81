/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.state.FindingState;
import dev.weir.state.FindingTally;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often answered actions are found harmful, kind by kind: by class, escalated ones apart from
 * audited ones, and these by the probability with which they were drawn, so that within a kind all
 * weigh the same. What an agent is held against.
 *
 * <p>Invariant: bounded by {@link #MAX} kinds, of which the one that was answered least lately goes
 * first; a function of the sequence of answers. Not safe for use by several threads.
 */
public final class FindingRates {
  /** Kinds at most. */
  static final int MAX = 1_024;

  private final Map<Kind, FindingTally> kinds = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * What a few answers say of a probability, from both sides: while there are few nobody looks
   * worse by the one, nor better by the other.
   *
   * @param high by Laplace's rule of succession
   * @param low as if the next were harmless
   */
  public record Stated(double high, double low) {}

  private record Kind(String actionClass, double inclusion) {}

  /** Before any answer. */
  public FindingRates() {}

  /** As it was stored. */
  public static FindingRates restored(FindingState state) {
    FindingRates rates = new FindingRates();
    for (FindingTally tally : state.getKinds()) {
      rates.kinds.put(
          new Kind(tally.getActionClass(), tally.getInclusion()),
          FindingTally.newBuilder(tally).build());
    }
    return rates;
  }

  /** All of it, as a new record. */
  public FindingState state() {
    return new FindingState(
        kinds.values().stream().map(tally -> FindingTally.newBuilder(tally).build()).toList());
  }

  /**
   * Takes an answer in.
   *
   * @return the probability, by the answers before it, that it finds the action harmful
   */
  public Stated add(Answer answer) {
    Kind kind = new Kind(answer.actionClass(), answer.inclusion());
    FindingTally tally = kinds.get(kind);
    if (tally == null) {
      if (kinds.size() >= MAX) {
        kinds.remove(kinds.keySet().iterator().next());
      }
      tally = new FindingTally(kind.actionClass, kind.inclusion, 0L, 0L);
      kinds.put(kind, tally);
    }
    Stated expected =
        new Stated(
            (tally.getFound() + 1.0) / (tally.getAnswers() + 2.0),
            tally.getFound() / (tally.getAnswers() + 1.0));
    tally.setAnswers(tally.getAnswers() + 1);
    tally.setFound(tally.getFound() + (answer.harmful() ? 1 : 0));
    return expected;
  }
}
