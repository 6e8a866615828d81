/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ground truth of what was published, kept beside the stream: the monitor never sees it. */
final class Truth {
  private final Set<String> harmful = new HashSet<>();
  private long labelled;

  /** One published action; null where its truth is not known. */
  synchronized void add(@Nullable String eventId, @Nullable Boolean isHarmful) {
    if (eventId == null || isHarmful == null) {
      return;
    }
    labelled++;
    if (isHarmful) {
      harmful.add(eventId);
    }
  }

  synchronized long labelled() {
    return labelled;
  }

  /** event_ids of the harmful ones. */
  synchronized Set<String> harmful() {
    return Set.copyOf(harmful);
  }
}
