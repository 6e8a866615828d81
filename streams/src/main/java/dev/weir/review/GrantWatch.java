/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.review.Grants.Change;
import dev.weir.review.Grants.Subject;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whose requests are to be looked at: of whom a grant came, was changed, or begins to hold. A new
 * watch begins with all grants that there are, so that a restart forgets none. Bounded by the
 * grants. One thread.
 */
public final class GrantWatch {
  /** Changes taken up at a time. */
  private static final int AT_ONCE = 256;

  private final Grants grants;
  private final Set<Subject> due = new LinkedHashSet<>();
  private final TreeSet<Later> later =
      new TreeSet<>(
          Comparator.comparingLong(Later::fromMs)
              .thenComparing(l -> l.subject.source())
              .thenComparing(l -> l.subject.agentId())
              .thenComparing(l -> l.subject.actionClass()));
  private long seen;

  private record Later(long fromMs, Subject subject) {}

  public GrantWatch(Grants grants) {
    this.grants = grants;
  }

  /** The next one at that time, epoch ms; null if all were looked at. */
  public @Nullable Subject next(long nowMs) {
    while (!later.isEmpty() && later.first().fromMs <= nowMs) {
      due.add(later.pollFirst().subject);
    }
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

  /** They are to be looked at from that time on, epoch ms, whatever comes. */
  public void again(Subject subject, long fromMs) {
    later.add(new Later(fromMs, subject));
  }

  private void take(long nowMs) {
    for (Change change : grants.since(seen, AT_ONCE)) {
      seen = change.number();
      if (change.fromMs() > nowMs) {
        again(change.subject(), change.fromMs());
      } else {
        due.add(change.subject());
      }
    }
  }
}
