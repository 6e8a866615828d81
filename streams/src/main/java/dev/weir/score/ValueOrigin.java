/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;

/** Where a value came from, from the one that the task's principal gave to the most foreign. */
enum ValueOrigin {
  /** There is no such value. */
  NONE,
  /** The objective names it. */
  OBJECTIVE,
  /** A trusted result holds it. */
  TRUSTED,
  /** An untrusted result holds it, of something that the objective names. */
  DELEGATED,
  /** The task has not met it. */
  NOVEL,
  /** An untrusted result holds it, of something that the objective does not name. */
  UNTRUSTED,
  /** It stood in a passage that asks for something. */
  ORDERED,
  /** It stood in a passage that tells an agent what to do. */
  INSTRUCTED;

  private final String word = LowerCase.of(name());

  /** The name in expressions. */
  String word() {
    return word;
  }

  /** Of a value that the objective does not name, by the bits of {@link Trail}. */
  static ValueOrigin of(int known) {
    if ((known & Trail.INSTRUCTED) != 0) {
      return INSTRUCTED;
    } else if ((known & Trail.ORDERED) != 0) {
      return ORDERED;
    } else if ((known & Trail.FOREIGN) != 0 && (known & Trail.MET) != 0) {
      return UNTRUSTED;
    } else if ((known & Trail.MET) != 0) {
      return DELEGATED;
    }
    return (known & Trail.TRUSTED) != 0 ? TRUSTED : NOVEL;
  }
}
