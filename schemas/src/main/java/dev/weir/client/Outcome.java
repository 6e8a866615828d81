/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.client;

import dev.weir.event.Disposition;
import dev.weir.event.DispositionKind;
import org.jspecify.annotations.Nullable;

/**
 * What became of a proposal, for good.
 *
 * @param kind whether it may be carried out: {@link Kind#RELEASED} alone says so
 * @param answered false if nobody answered in time, or the proposal could not be sent: silence is
 *     denial
 * @param replacementArguments with DENIED: arguments that a reviewer suggests instead, a JSON
 *     object; proposed, they are judged as a new action
 */
public record Outcome(Kind kind, boolean answered, @Nullable String replacementArguments) {
  /** No answer. */
  static final Outcome SILENCE = new Outcome(Kind.DENIED, false, null);

  /** How a proposal ends. */
  public enum Kind {
    /** It may be carried out exactly as proposed. */
    RELEASED,
    /** It must not be carried out. */
    DENIED,
    /** No reviewer answered in time: it must not be carried out. */
    EXPIRED
  }

  /** Whether it may be carried out. */
  public boolean isReleased() {
    return kind == Kind.RELEASED;
  }

  /** What a final disposition says; one that this version does not know is a denial. */
  static Outcome of(Disposition disposition) {
    Kind kind =
        disposition.getKind() == DispositionKind.RELEASED
            ? Kind.RELEASED
            : disposition.getKind() == DispositionKind.EXPIRED ? Kind.EXPIRED : Kind.DENIED;
    return new Outcome(kind, true, disposition.getReplacementArguments());
  }
}
