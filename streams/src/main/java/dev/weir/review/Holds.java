/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.budget.Precedent;
import dev.weir.event.DispositionKind;
import dev.weir.score.Likeness;
import dev.weir.state.Hold;
import dev.weir.state.TaskHolds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of one task is, or was lately, under review: what a repetition, or a re-wording, inherits.
 *
 * <p>Invariant: at most {@link #MAX_OPEN} are open and {@link #MAX_ENDED} ended, of which those
 * that were released are forgotten first. Risk is log10 LU. Not safe for use by several threads.
 */
public final class Holds {
  /** Most actions of a task under review at a time. */
  public static final int MAX_OPEN = 64;

  /** Most actions remembered whose review has ended. */
  public static final int MAX_ENDED = 32;

  /** Most actions of a task under review at a time that are so for their request alone. */
  public static final int MAX_REQUESTED = 16;

  /** How often the like of what was held or denied may be asked for again. */
  public static final int MAX_RETRIES = 8;

  private final List<Hold> holds;
  private boolean closed;

  private Holds(List<Hold> holds, boolean closed) {
    this.holds = holds;
    this.closed = closed;
  }

  /** Of a task of which nothing was under review. */
  public static Holds none() {
    return new Holds(new ArrayList<>(), false);
  }

  /** As they were stored. */
  public static Holds restored(TaskHolds state) {
    return new Holds(new ArrayList<>(state.getHolds()), state.getClosed());
  }

  /** All of it, as a new record. */
  public TaskHolds state() {
    return new TaskHolds(holds.stream().map(Holds::copy).toList(), closed);
  }

  /** How many are remembered, open ones and ended ones. */
  public int size() {
    return holds.size();
  }

  /** How many are open. */
  public int open() {
    int open = 0;
    for (Hold hold : holds) {
      open += isOpen(hold) ? 1 : 0;
    }
    return open;
  }

  /** Whether one more may be reviewed for its request alone. */
  public boolean mayRequest() {
    return holds.stream().filter(hold -> isOpen(hold) && hold.getRequested()).count()
        < MAX_REQUESTED;
  }

  /**
   * What became of the like of an action.
   *
   * @param call of the action; one that a reviewer suggested has no precedent
   */
  public Precedent precedent(List<Long> likeness, ByteBuffer call) {
    if (closed) {
      return Precedent.CLOSED;
    }
    double risk = Double.NEGATIVE_INFINITY;
    int retries = -1;
    for (Hold hold : holds) {
      if (hold.getReplacement().equals(call)) {
        return Precedent.NONE;
      }
      if (isPrecedent(hold, likeness)) {
        risk = Math.max(risk, hold.getRisk());
        retries = Math.max(retries, hold.getRetries());
      }
    }
    return retries < 0 ? Precedent.NONE : new Precedent(risk, true, retries >= MAX_RETRIES);
  }

  /** The like of what is held or was denied came again, at that risk; returns how often it has. */
  public int retried(List<Long> likeness, double risk) {
    int retries = 0;
    for (Hold hold : holds) {
      if (isPrecedent(hold, likeness)) {
        hold.setRetries(hold.getRetries() + 1);
        hold.setRisk(Math.max(hold.getRisk(), risk));
        retries = Math.max(retries, hold.getRetries());
      }
    }
    return retries;
  }

  /** One more is under review; there must be room. */
  public void add(Hold hold) {
    if (open() >= MAX_OPEN) {
      throw new IllegalStateException("more than %d open".formatted(MAX_OPEN));
    }
    holds.add(hold);
  }

  /** The one with that escalation, open or ended; null if none is remembered. */
  public @Nullable Hold find(String escalationId) {
    for (Hold hold : holds) {
      if (hold.getEscalationId().equals(escalationId)) {
        return hold;
      }
    }
    return null;
  }

  /** Reviewers denied the task as a whole: for good, until it is forgotten. */
  public void close() {
    closed = true;
  }

  /**
   * Whether reviewers denied the task, or the like of what is held under that escalation: no grant
   * releases it then. What is not held is released by none either.
   */
  public boolean isDenied(String escalationId) {
    Hold held = find(escalationId);
    if (closed || held == null) {
      return true;
    }
    boolean denied = false;
    for (Hold hold : holds) {
      if (hold.getReplacement().equals(held.getCall())) {
        return false;
      }
      denied |= hold.getKind() == DispositionKind.DENIED && isPrecedent(hold, held.getLikeness());
    }
    return denied;
  }

  /** A review has ended. */
  public void end(Hold hold, DispositionKind kind) {
    hold.setKind(kind);
    if (holds.size() - open() > MAX_ENDED) {
      holds.remove(leastWorth());
    }
  }

  private static Hold copy(Hold hold) {
    return new Hold(
        hold.getEscalationId(),
        hold.getEventId(),
        hold.getDigest(),
        hold.getProposed(),
        hold.getKind(),
        hold.getLikeness(),
        hold.getRisk(),
        hold.getRetries(),
        hold.getCall(),
        hold.getReplacement(),
        hold.getRequested());
  }

  /**
   * An observation says nothing of what its agent may try again: only a proposal does. That one was
   * asked for says nothing either, until a reviewer denies it.
   */
  private static boolean isPrecedent(Hold hold, List<Long> likeness) {
    return hold.getProposed()
        && hold.getKind() != DispositionKind.RELEASED
        && (!hold.getRequested() || hold.getKind() == DispositionKind.DENIED)
        && Likeness.alike(hold.getLikeness(), likeness);
  }

  private Hold leastWorth() {
    Hold oldest = null;
    for (Hold hold : holds) {
      if (hold.getKind() == DispositionKind.RELEASED) {
        return hold;
      }
      oldest = oldest == null && !isOpen(hold) ? hold : oldest;
    }
    if (oldest == null) {
      throw new IllegalStateException("none has ended");
    }
    return oldest;
  }

  private static boolean isOpen(Hold hold) {
    return hold.getKind() == DispositionKind.HELD;
  }
}
