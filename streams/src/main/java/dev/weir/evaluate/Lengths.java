/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import java.util.Arrays;
import java.util.Collection;

/** Sorts tasks by length into bins of about equally many, so that like is compared with like. */
final class Lengths {
  private static final int BINS = 10;

  private final long[] upper;

  Lengths(Collection<Long> lengths) {
    long[] sorted = lengths.stream().mapToLong(Long::longValue).sorted().toArray();
    long[] bounds = new long[BINS];
    for (int i = 1; i <= BINS && sorted.length > 0; i++) {
      bounds[i - 1] = sorted[(int) Math.ceil(i * sorted.length / (double) BINS) - 1];
    }
    upper = Arrays.stream(bounds).distinct().toArray();
  }

  /** The bin of that length, named by its upper bound. */
  String bin(long length) {
    for (long bound : upper) {
      if (length <= bound) {
        return Long.toString(bound);
      }
    }
    return "longer";
  }
}
