/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The latest different hashes of at most so many: exact, and forgetful. */
final class Latest {
  private final int most;
  private long[] hashes;
  private int count;

  Latest(int most, ByteBuffer stored) {
    this.most = most;
    this.count = Math.min(most, stored.remaining() / Long.BYTES);
    this.hashes = new long[Math.max(4, count)];
    ByteBuffer in = stored.duplicate();
    for (int i = 0; i < count; i++) {
      hashes[i] = in.getLong();
    }
  }

  /** Adds a hash as the latest; false if another was forgotten for it. */
  boolean add(long hash) {
    if (contains(hash)) {
      return true;
    }
    boolean full = count == most;
    if (full) {
      System.arraycopy(hashes, 1, hashes, 0, --count);
    } else if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.min(most, 2 * count));
    }
    hashes[count++] = hash;
    return !full;
  }

  boolean contains(long hash) {
    for (int i = 0; i < count; i++) {
      if (hashes[i] == hash) {
        return true;
      }
    }
    return false;
  }

  ByteBuffer stored() {
    ByteBuffer out = ByteBuffer.allocate(count * Long.BYTES);
    for (int i = 0; i < count; i++) {
      out.putLong(hashes[i]);
    }
    return out.flip();
  }
}
