/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.action;

/**
 * What an action may hold at most. Lengths of text are in bytes of UTF-8.
 *
 * @param recordBytes the record's value
 * @param eventIdBytes event_id, proposal_id, parent_event_id
 * @param nameBytes task_id, names, identifiers and every other short text
 * @param argumentsBytes arguments, arguments_raw
 * @param argumentsDepth nesting of arguments
 * @param objectiveBytes objective
 * @param excerptBytes result.excerpt
 * @param attributes how many attributes
 * @param attributeBytes one attribute's value
 * @param aheadMs how far occurred_at may lie ahead of the broker's append time, in ms
 */
public record Limits(
    int recordBytes,
    int eventIdBytes,
    int nameBytes,
    int argumentsBytes,
    int argumentsDepth,
    int objectiveBytes,
    int excerptBytes,
    int attributes,
    int attributeBytes,
    long aheadMs) {

  /** The defaults that the documentation states. */
  public static final Limits DEFAULT =
      new Limits(
          512 << 10,
          128,
          256,
          256 << 10,
          32,
          16 << 10,
          16 << 10,
          64,
          1 << 10,
          24L * 60 * 60 * 1000);

  /** The same, with a log's own times believed however far they lie ahead. */
  public Limits withAheadMs(long newAheadMs) {
    return new Limits(
        recordBytes,
        eventIdBytes,
        nameBytes,
        argumentsBytes,
        argumentsDepth,
        objectiveBytes,
        excerptBytes,
        attributes,
        attributeBytes,
        newAheadMs);
  }
}
