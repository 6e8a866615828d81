/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

/**
 * Draws that a seed decides, the same on every machine: SplitMix64 (Steele, Lea and Flood 2014).
 * For measuring only, never where an agent could profit from predicting it.
 */
final class Dice {
  private long state;

  Dice(long seed) {
    this.state = seed;
  }

  /** The next number in [0, bound), bound at least 1; its bias is below 2^-31. */
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  private long next() {
    state += 0x9e3779b97f4a7c15L;
    long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
