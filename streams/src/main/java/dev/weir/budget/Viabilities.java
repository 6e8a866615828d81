/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Bounded;
import dev.weir.event.Confirmed;
import dev.weir.event.Viability;
import dev.weir.event.ViabilityAnswer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether selective review is enough: whether at least the policy's share of the harm lies in what
 * is reviewed.
 *
 * <p>Invariant: rests on confirmed figures alone. What scores assert says nothing of it: a scorer
 * of pure noise asserts that it captures nearly all. An interval that holds the policy's share is
 * no answer.
 */
public final class Viabilities {
  private Viabilities() {}

  /**
   * The answer.
   *
   * @param confirmed by verdicts and audits; null before any
   * @param audits answered so far
   * @param captured least share of the harm that must lie in what is reviewed, in (0, 1]
   */
  public static Viability of(@Nullable Confirmed confirmed, long audits, double captured) {
    Bounded share = confirmed == null ? null : confirmed.getTotal().getCapturedShare();
    return new Viability(
        share == null ? ViabilityAnswer.UNKNOWN : answer(share, captured), audits, captured);
  }

  private static ViabilityAnswer answer(Bounded share, double captured) {
    if (share.getLow() >= captured) {
      return ViabilityAnswer.YES;
    }
    return share.getHigh() < captured ? ViabilityAnswer.NO : ViabilityAnswer.UNKNOWN;
  }

  /** The answer in words: yes, no, or "unknown, 0 audits". */
  public static String words(Viability viability) {
    return switch (viability.getAnswer()) {
      case YES -> "yes";
      case NO -> "no";
      case UNKNOWN, OTHER ->
          String.format(Locale.ROOT, "unknown, %,d audits", viability.getAudits());
    };
  }
}
