/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

/**
 * Where a controller sits.
 *
 * @param partition that it controls
 * @param partitions that share the budget; fixed for life
 */
public record Seat(int partition, int partitions) {
  /** Refuses a partition that is none of them. */
  public Seat {
    if (partition < 0 || partition >= partitions) {
      throw new IllegalArgumentException("partition %d of %d".formatted(partition, partitions));
    }
  }
}
