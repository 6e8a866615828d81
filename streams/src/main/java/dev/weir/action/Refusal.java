/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import dev.weir.event.Phase;
import dev.weir.event.RefusalReason;
import org.jspecify.annotations.Nullable;

/**
 * Why a record is not an action. Never holds the payload.
 *
 * @param reason code
 * @param field path of the field at fault, or ""
 * @param detail what is wrong and how to mend it, one sentence
 * @param shown what the record shows of itself
 */
public record Refusal(RefusalReason reason, String field, String detail, Shown shown)
    implements Intake {

  /** The identifiers that a refused record shows, each null where it shows none within limits. */
  public record Shown(@Nullable String eventId, @Nullable String taskId, @Nullable Phase phase) {
    /** Shows nothing. */
    public static final Shown NOTHING = new Shown(null, null, null);
  }

  /** A refusal of a record that shows nothing of itself. */
  public static Refusal of(RefusalReason reason, String field, String detail) {
    return new Refusal(reason, field, detail, Shown.NOTHING);
  }
}
