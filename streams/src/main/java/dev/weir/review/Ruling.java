/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.event.RefusalReason;
import dev.weir.event.ReviewOutcome;
import dev.weir.state.OpenReview;

/** What a verdict does. */
public sealed interface Ruling {

  /**
   * Nothing: it does not count.
   *
   * @param reason why
   * @param field at fault, or ""
   * @param detail what is wrong and how to mend it, in one sentence
   */
  record Refused(RefusalReason reason, String field, String detail) implements Ruling {}

  /**
   * It counts, and others are waited for.
   *
   * @param review with the verdict in it
   */
  record Noted(OpenReview review) implements Ruling {}

  /**
   * It ends the review of its tier.
   *
   * @param review with the verdict in it
   * @param outcome how
   */
  record Ended(OpenReview review, ReviewOutcome outcome) implements Ruling {}
}
