/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/** A boolean expression, or a part of one, judged without CEL. Throws {@link Undecided} at most. */
@FunctionalInterface
interface Condition {
  boolean test(FactSource facts);
}
