/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import dev.weir.event.VerdictDecision;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a reviewer decided, before it is signed.
 *
 * @param decision anything but OTHER
 * @param harmEstimate expected loss in LU if the action is carried out, finite and at least 0
 * @param rationale at most {@link #MAX_RATIONALE_BYTES} of UTF-8
 * @param cost of the review in cost units, finite and at least 0; null counts as the tier's
 * @param replacementArguments a JSON object, with REPLACE and no other decision
 * @param handoverAgent who may do it, with HANDOVER and no other decision
 */
public record Draft(
    VerdictDecision decision,
    @Nullable Double harmEstimate,
    String rationale,
    @Nullable Double cost,
    @Nullable String replacementArguments,
    @Nullable String handoverAgent) {
  /** Longest rationale, in bytes of UTF-8; a longer one is cut. */
  public static final int MAX_RATIONALE_BYTES = 4 << 10;

  /** Longest replacement, in bytes of UTF-8. */
  public static final int MAX_REPLACEMENT_BYTES = 256 << 10;

  /** Longest name of an agent, in characters. */
  public static final int MAX_AGENT_CHARS = 256;

  public Draft {
    rationale = cut(rationale, MAX_RATIONALE_BYTES);
  }

  /** A decision with its reason and nothing else. */
  public static Draft of(VerdictDecision decision, String rationale) {
    return new Draft(decision, null, rationale, null, null, null);
  }

  /** The same at another cost. */
  public Draft withCost(@Nullable Double other) {
    return new Draft(decision, harmEstimate, rationale, other, replacementArguments, handoverAgent);
  }

  /** The same with a note after the rationale, which is cut to make room for it. */
  Draft noting(String note) {
    int room = MAX_RATIONALE_BYTES - note.getBytes(StandardCharsets.UTF_8).length;
    return new Draft(
        decision,
        harmEstimate,
        cut(rationale, room) + note,
        cost,
        replacementArguments,
        handoverAgent);
  }

  /** Text that becomes UTF-8 of bounded length; surrogates without a partner become "?". */
  private static String cut(String text, int most) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int end = Math.min(bytes.length, most);
    while (end < bytes.length && end > 0 && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
