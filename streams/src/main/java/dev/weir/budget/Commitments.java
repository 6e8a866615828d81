/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.ChanceEpoch;
import dev.weir.state.ChanceState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says when the commitment to an epoch's key, and the key itself, are to be published: commitments
 * {@link #AHEAD} epochs before, so that no quiet days leave one out; a key once its epoch has ended
 * for as long as declared. Time is that of the fleet's records, so a fleet that stands still
 * reveals with its next report.
 *
 * <p>Invariant: a function of the sequence of calls. Epochs are published without a gap, from the
 * first one that a partition reports of; at most {@link #MAX_EPOCHS} commitments, and as many keys,
 * each time, the rest at the next. No key is published before its epoch's end plus the delay on the
 * clock of the latest record. Another master begins anew: keys of the former one are then never
 * told.
 */
public final class Commitments {
  /** Epochs that are committed to beside the current one. */
  public static final int AHEAD = 7;

  /** Most epochs that one report publishes. */
  public static final int MAX_EPOCHS = 500;

  private final Chance chance;
  private final long revealDelayMs;

  /**
   * @param chance whose keys they are
   * @param revealDelayMs from an epoch's end until its key is told, in ms, at least 0
   */
  public Commitments(Chance chance, long revealDelayMs) {
    this.chance = chance;
    this.revealDelayMs = revealDelayMs;
  }

  /**
   * What is to be published, and the state to go on from.
   *
   * @param state to keep
   * @param epochs in this order; empty if nothing is due
   */
  public record Due(ChanceState state, List<ChanceEpoch> epochs) {}

  /**
   * What is due at a report.
   *
   * @param held as kept before, or null; it is not changed
   * @param nowMs broker time of the report, epoch ms
   */
  public Due due(@Nullable ChanceState held, long nowMs) {
    long epoch = chance.epochAt(nowMs);
    ChanceState state =
        held != null && held.getMasterId().equals(chance.masterId())
            ? ChanceState.newBuilder(held).build()
            : new ChanceState(chance.masterId(), epoch, epoch - 1, epoch - 1, nowMs);
    state.setLatestMs(Math.max(state.getLatestMs(), nowMs));
    List<ChanceEpoch> due = new ArrayList<>();
    behind(state, epoch, due);
    commit(state, due);
    reveal(state, due);
    return new Due(state, due);
  }

  /** A partition that is behind the others reports of epochs before the first. */
  private void behind(ChanceState state, long epoch, List<ChanceEpoch> due) {
    long from = Math.max(epoch, state.getFrom() - MAX_EPOCHS);
    boolean told = state.getRevealed() >= state.getFrom();
    for (long e = from; e < state.getFrom(); e++) {
      due.add(record(e, state, false));
      if (told) {
        due.add(record(e, state, true));
      }
    }
    if (from < state.getFrom()) {
      state.setRevealed(told ? state.getRevealed() : from - 1);
      state.setFrom(from);
    }
  }

  private void commit(ChanceState state, List<ChanceEpoch> due) {
    long to =
        Math.min(chance.epochAt(state.getLatestMs()) + AHEAD, state.getCommitted() + MAX_EPOCHS);
    for (long e = state.getCommitted() + 1; e <= to; e++) {
      due.add(record(e, state, false));
    }
    state.setCommitted(Math.max(state.getCommitted(), to));
  }

  private void reveal(ChanceState state, List<ChanceEpoch> due) {
    long ended = chance.epochAt(state.getLatestMs() - revealDelayMs) - 1;
    long to = Math.min(Math.min(ended, state.getCommitted()), state.getRevealed() + MAX_EPOCHS);
    for (long e = state.getRevealed() + 1; e <= to; e++) {
      due.add(record(e, state, true));
    }
    state.setRevealed(Math.max(state.getRevealed(), to));
  }

  private ChanceEpoch record(long number, ChanceState state, boolean told) {
    EpochKey key = chance.epoch(number);
    long endMs = (number + 1) * chance.epochMs();
    return new ChanceEpoch(
        number,
        Instant.ofEpochMilli(number * chance.epochMs()),
        Instant.ofEpochMilli(endMs),
        key.keyId(),
        ByteBuffer.wrap(key.commitment()),
        Instant.ofEpochMilli(endMs + revealDelayMs),
        Instant.ofEpochMilli(state.getLatestMs()),
        told ? ByteBuffer.wrap(key.key()) : null);
  }

  /** The key of such a record on its topic: the epoch and which of the two it is. */
  public static String topicKey(ChanceEpoch epoch) {
    return epoch.getEpoch() + (epoch.getKey() == null ? "/commitment" : "/key");
  }
}
