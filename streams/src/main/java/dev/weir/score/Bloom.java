/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.nio.ByteBuffer;

/**
 * A set of hashes in a fixed number of bytes that may hold more than was put in, and never less.
 * Four bits a value: full to a half (about 0.17 values a bit) it says yes to 6 % of all others.
 * Takes no memory until the first value.
 */
final class Bloom {
  private static final int PROBES = 4;
  private static final byte[] NONE = {};

  private final int size;
  private byte[] bits;
  private int set;

  /** A set in {@code size} bytes, a power of two, as stored before. */
  Bloom(int size, ByteBuffer stored) {
    this.size = size;
    this.bits = NONE;
    if (stored.remaining() == size) {
      bits = new byte[size];
      stored.duplicate().get(bits);
      for (byte b : bits) {
        set += Integer.bitCount(b & 0xff);
      }
    }
  }

  void add(long hash) {
    if (bits.length == 0) {
      bits = new byte[size];
    }
    int step = (int) (hash >>> 32) | 1;
    int at = (int) hash;
    for (int i = 0; i < PROBES; i++, at += step) {
      int cell = at >>> 3 & size - 1;
      int bit = 1 << (at & 7);
      set += (bits[cell] & bit) == 0 ? 1 : 0;
      bits[cell] |= (byte) bit;
    }
  }

  boolean contains(long hash) {
    if (bits.length == 0) {
      return false;
    }
    int step = (int) (hash >>> 32) | 1;
    int at = (int) hash;
    for (int i = 0; i < PROBES; i++, at += step) {
      if ((bits[at >>> 3 & size - 1] & 1 << (at & 7)) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether more than half of the bits are set. */
  boolean saturated() {
    return set > size * 4;
  }

  ByteBuffer stored() {
    return ByteBuffer.wrap(bits);
  }
}
