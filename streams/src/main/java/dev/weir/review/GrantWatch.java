/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.review.Grants.Change;
import dev.weir.review.Grants.Subject;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose requests are to be looked at: of whom a grant came, was changed, or begins to hold. A new
 * watch begins with all grants that there are, so that a restart forgets none. Of each subject
 * there is one entry at most, and none of what is only to begin: that {@link Grants} tell. One
 * thread.
 */
public final class GrantWatch {
  /** Changes taken up at a time. */
  private static final int AT_ONCE = 256;

  private final Grants grants;
  private final Set<Subject> due = new LinkedHashSet<>();
  private final Map<Subject, Long> later = new HashMap<>();
  private long seen;

  /** What began by then was taken up, epoch ms. */
  private long begunMs = Long.MAX_VALUE;

  public GrantWatch(Grants grants) {
    this.grants = grants;
  }

  /** The next one at that time, epoch ms; null if all were looked at. */
  public @Nullable Subject next(long nowMs) {
    if (due.isEmpty()) {
      take(nowMs);
    }
    Iterator<Subject> first = due.iterator();
    if (!first.hasNext()) {
      return null;
    }
    Subject next = first.next();
    first.remove();
    return next;
  }

  /** They are to be looked at from that time on, epoch ms, or from an earlier one if told so. */
  public void again(Subject subject, long fromMs) {
    later.merge(subject, fromMs, Math::min);
  }

  private void take(long nowMs) {
    if (begunMs < nowMs) {
      due.addAll(grants.beginning(begunMs, nowMs));
    }
    begunMs = nowMs; // earlier than before if the clock was set back: then they begin once more
    later.forEach(
        (subject, fromMs) -> {
          if (fromMs <= nowMs) {
            due.add(subject);
          }
        });
    later.values().removeIf(fromMs -> fromMs <= nowMs);
    for (Change change : grants.since(seen, AT_ONCE)) {
      seen = change.number();
      if (change.fromMs() <= nowMs) {
        due.add(change.subject());
      }
    }
  }
}
