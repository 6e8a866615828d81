/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Score;
import dev.weir.policy.Fact;
import dev.weir.policy.View;
import java.util.List;
import java.util.Map;

/** What must hold of everything that is read, whatever the text was. */
final class Sound {
  /** More facts of one kind would let a text make rules slow. */
  private static final int MOST_VALUES = 1_024;

  private Sound() {}

  /** Every fact is one of the view's, of its declared type, and a number if it is one. */
  static void assertFacts(View view, Map<Fact, Object> facts) {
    facts.forEach(
        (fact, value) -> {
          if (fact.view() != view) {
            throw new AssertionError(fact + " is no fact of " + view);
          }
          if (!isOfType(fact, value)) {
            throw new AssertionError("%s is %s".formatted(fact, value));
          }
        });
  }

  private static boolean isOfType(Fact fact, Object value) {
    return switch (fact.type()) {
      case BOOL -> value instanceof Boolean;
      case INT -> value instanceof Long whole && whole >= 0;
      case DOUBLE -> value instanceof Double number && Double.isFinite(number);
      case STRING -> value instanceof String;
      case STRINGS ->
          value instanceof List<?> list
              && list.size() <= MOST_VALUES
              && list.stream().allMatch(String.class::isInstance);
      case ATTRIBUTES, ARGUMENTS -> value instanceof Map<?, ?>;
    };
  }

  /** The same of what the task's trail and the objective say. */
  static void assertEvidence(Evidence evidence) {
    for (Fact fact : Fact.values()) {
      if (fact.isEvidence() && !isOfType(fact, evidence.value(fact))) {
        throw new AssertionError("%s is %s".formatted(fact, evidence.value(fact)));
      }
    }
  }

  /** Finite, in range, explained, and not that of a scorer that failed. */
  static void assertScored(Scored scored) {
    Score score = scored.score();
    assertThat(score.getMagnitude()).isBetween(0.0, 20.0);
    assertThat(score.getLikelihood()).isBetween(-20.0, 0.0);
    assertThat(score.getRisk()).isEqualTo(score.getMagnitude() + score.getLikelihood());
    assertThat(score.getMass()).isEqualTo(Math.pow(10, score.getRisk()));
    assertThat(scored.baseCost()).isBetween(0.0, 1_000.0);
    assertThat(score.getContributions()).isNotEmpty().hasSizeLessThanOrEqualTo(64);
    score
        .getContributions()
        .forEach(
            c -> {
              if (!Double.isFinite(c.getValue()) || c.getRule().equals(Sum.ERROR)) {
                throw new AssertionError(c.toString());
              }
            });
  }
}
