/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

import dev.weir.event.RefusalReason;

/** Leaves the decoder at the first fault; carries the refusal, never the payload. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RefusalReason reason;
  private final String field;

  RefusedException(RefusalReason reason, String field, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
    this.field = field;
  }

  Refusal refusal(Refusal.Shown shown) {
    String detail = getMessage();
    return new Refusal(reason, field, detail == null ? "" : detail, shown);
  }
}
