/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.author;

import java.util.List;

/**
 * Whether a past score is what its policy makes of its action.
 *
 * @param past the score as recorded
 * @param finding what came of it
 * @param notes the fields that differ, recorded and recomputed, or why it could not be told
 */
public record Proof(PastScore past, Finding finding, List<String> notes) {
  /** What can come of it. */
  public enum Finding {
    /** Every field is the same, bit for bit. */
    MATCHES,
    /** Some field is another. */
    DIFFERS,
    /** Another policy scored it. */
    OTHER_POLICY,
    /** The actions at hand do not hold all that it rests on. */
    INCOMPLETE
  }
}
