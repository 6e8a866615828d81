/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/**
 * A numeric expression, or a part of one, computed without CEL. Throws {@link Undecided} at most.
 * Whole numbers are exact, since variables and constants that occur in one stay within 2^53.
 */
@FunctionalInterface
interface Quantity {
  double of(FactSource facts);
}
