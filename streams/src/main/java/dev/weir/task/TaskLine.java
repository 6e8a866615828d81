/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import dev.weir.action.Action;
import dev.weir.state.TaskCore;
import dev.weir.state.TaskRecent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What adds up in a task without a review: the mass, in LU, of its opener's actions that no review
 * was asked for, since its line was last crossed. It decays as the task's decayed mass does. An
 * action counts until a review is asked for it: then {@link #reviewed}, or, where the review is of
 * the task, {@link #rebase}. What others do under the task's id never counts: it stands towards
 * their own agents' lines.
 *
 * <p>Invariant: bounded by {@link #MAX_DIGESTS} digests of 32 bytes.
 */
public final class TaskLine {
  /** Actions that are remembered one by one, at most. */
  public static final int MAX_DIGESTS = 32;

  private static final int DIGEST_BYTES = 32;

  private TaskLine() {}

  /** Whether {@code action} is of the source and agent that opened the task. */
  static boolean isOpeners(TaskCore core, Action action) {
    return core.getAgentId().equals(action.event().getAgent().getId())
        && core.getSource().equals(action.source());
  }

  /**
   * Lets time pass and counts {@code mass}, in LU, if it is above 0.
   *
   * @param kept what decay leaves, in [0, 1]
   * @return what had added up before, in LU; NaN if nothing is counted
   */
  public static double count(TaskCore core, double kept, double mass) {
    double before = core.getUnreviewedMass() * kept;
    core.setUnreviewedMass(before + mass);
    if (!(mass > 0)) {
      return Double.NaN;
    }
    core.setUnreviewedActions(core.getUnreviewedActions() + 1);
    return before;
  }

  /** A review was asked for the latest action itself: it does not count. */
  public static void reviewed(TaskCore core, double before) {
    core.setUnreviewedMass(before);
    core.setUnreviewedActions(core.getUnreviewedActions() - 1);
  }

  /** An action that counts was released in the end without the review that was asked for it. */
  public static void released(TaskCore core, TaskRecent recent, double mass, byte[] digest) {
    core.setUnreviewedMass(core.getUnreviewedMass() + mass);
    core.setUnreviewedActions(core.getUnreviewedActions() + 1);
    remember(recent, digest);
  }

  /** A review was asked for all that has added up: the line counts anew from here. */
  public static void rebase(TaskCore core) {
    core.setUnreviewedMass(0.0);
    core.setUnreviewedActions(0L);
  }

  /** Remembers the latest action that counts; of more than can be kept the oldest goes. */
  static void remember(TaskRecent recent, byte[] digest) {
    ByteBuffer kept = recent.getUnreviewed();
    int length = kept.limit();
    if (length >= MAX_DIGESTS * DIGEST_BYTES) {
      length -= DIGEST_BYTES;
      kept.put(0, kept, DIGEST_BYTES, length);
    } else if (length + DIGEST_BYTES > kept.capacity()) {
      int capacity = Math.min(MAX_DIGESTS * DIGEST_BYTES, Math.max(4 * DIGEST_BYTES, 2 * length));
      kept = ByteBuffer.allocate(capacity).put(0, kept, 0, length);
      recent.setUnreviewed(kept);
    }
    kept.limit(length + DIGEST_BYTES).put(length, digest, 0, DIGEST_BYTES);
  }

  /** Forgets the latest action that counts. */
  public static void forgetLatest(TaskRecent recent) {
    ByteBuffer kept = recent.getUnreviewed();
    kept.limit(Math.max(0, kept.limit() - DIGEST_BYTES));
  }

  /** Takes the digests of the actions that count, oldest first, and forgets them. */
  public static List<ByteBuffer> takeAll(TaskRecent recent) {
    ByteBuffer kept = recent.getUnreviewed();
    List<ByteBuffer> digests = new ArrayList<>(kept.limit() / DIGEST_BYTES);
    for (int at = 0; at < kept.limit(); at += DIGEST_BYTES) {
      digests.add(ByteBuffer.allocate(DIGEST_BYTES).put(0, kept, at, DIGEST_BYTES));
    }
    recent.setUnreviewed(ByteBuffer.allocate(0));
    return digests;
  }
}
