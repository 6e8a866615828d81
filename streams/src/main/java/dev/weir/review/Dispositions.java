/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.event.Disposition;
import dev.weir.event.DispositionKind;
import dev.weir.task.RecentActions.Fate;
import dev.weir.task.RecentActions.Proposal;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What agents are told of their proposals: never why. */
public final class Dispositions {
  private Dispositions() {}

  /** What became of a proposal by what the broker appended at that time, epoch ms. */
  public static Disposition of(String taskId, Proposal proposal, DispositionKind kind, long atMs) {
    return of(taskId, proposal, kind, atMs, null);
  }

  /** The same, with arguments that a reviewer suggests instead. */
  public static Disposition of(
      String taskId,
      Proposal proposal,
      DispositionKind kind,
      long atMs,
      @Nullable String replacement) {
    return new Disposition(
        proposal.eventId(),
        taskId,
        proposal.digest(),
        kind,
        false,
        Instant.ofEpochMilli(atMs),
        replacement);
  }

  /** Once more what became of a proposal that came again; DENIED where that is not remembered. */
  public static Disposition again(String taskId, String eventId, ByteBuffer digest, Fate fate) {
    boolean known = fate.kind() != DispositionKind.OTHER;
    return new Disposition(
        eventId,
        taskId,
        digest,
        known ? fate.kind() : DispositionKind.DENIED,
        true,
        Instant.ofEpochMilli(fate.atMs()),
        null);
  }
}
