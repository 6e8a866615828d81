/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import java.util.Base64;
import java.util.BitSet;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How far one partition is answered, where answers come in any order: what is committed is the
 * first offset that is open, and beside it, as the commit's metadata, which later ones are done. So
 * a slow answer holds up no other, and whoever goes on from the commit repeats none.
 */
final class Progress {
  /** Beyond so many offsets after the first open one no more should be fetched. */
  static final int WINDOW = 4096;

  private static final String FORMAT = "weir1:";

  private final NavigableSet<Long> open = new TreeSet<>();
  private final NavigableSet<Long> done = new TreeSet<>();
  private long next;

  /** Goes on from what was committed; null if nothing was. */
  Progress(@Nullable OffsetAndMetadata committed) {
    if (committed == null) {
      return;
    }
    next = committed.offset();
    String metadata = committed.metadata();
    if (metadata.startsWith(FORMAT)) {
      byte[] bits = Base64.getDecoder().decode(metadata.substring(FORMAT.length()));
      BitSet.valueOf(bits).stream().forEach(i -> done.add(next + i));
    }
  }

  /** Takes what was fetched; false if it was done before. */
  boolean take(long offset) {
    next = Math.max(next, offset + 1);
    return !done.contains(offset) && open.add(offset);
  }

  /** What was taken needs nothing more. */
  void done(long offset) {
    open.remove(offset);
    done.add(offset);
  }

  /** What to commit. */
  OffsetAndMetadata commit() {
    long first = open.isEmpty() ? next : open.first();
    NavigableSet<Long> ahead = done.tailSet(first, true);
    done.headSet(first, false).clear();
    if (ahead.isEmpty()) {
      return new OffsetAndMetadata(first);
    }
    BitSet bits = new BitSet();
    ahead.forEach(offset -> bits.set((int) (offset - first)));
    String metadata = FORMAT + Base64.getEncoder().encodeToString(bits.toByteArray());
    return new OffsetAndMetadata(first, metadata);
  }

  /** Whether what is open lies too far back to fetch more. */
  boolean isFull() {
    return !open.isEmpty() && next - open.first() > WINDOW;
  }
}
