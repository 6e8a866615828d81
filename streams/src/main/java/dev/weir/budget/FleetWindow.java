/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Price;
import dev.weir.event.RiskCount;
import java.util.Arrays;

/**
 * The top of the fleet's recent risk, as its latest price tells it. Below the top it holds nothing.
 * Not safe for use by several threads.
 */
final class FleetWindow implements Risks {
  private final long[] counts = new long[Scale.BUCKETS];
  private long sequence;

  /** Holds what {@code price} tells. */
  void take(Price price) {
    if (price.getSequence() == sequence) {
      return;
    }
    sequence = price.getSequence();
    Arrays.fill(counts, 0);
    for (RiskCount bucket : price.getWindow()) {
      int index = Math.max(Scale.MIN, Math.min(Scale.MAX, bucket.getIndex()));
      counts[index - Scale.MIN] += Math.max(0, bucket.getCount());
    }
  }

  @Override
  public long countAt(int index) {
    return index > Scale.MAX ? 0 : counts[index - Scale.MIN];
  }

  @Override
  public long forgotten() {
    return sequence;
  }
}
