/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

/**
 * 64-bit hashes of folded letters and digits, in sequence; punctuation does not count, so that a
 * number in groups has the hash of the same number in one. Not keyed: where a collision would lower
 * a score, the text itself is compared.
 */
final class Hashes {
  static final long SEED = 0x9E3779B97F4A7C15L;

  private Hashes() {}

  /** The running hash with one more letter. */
  static long with(long running, char letter) {
    long h = (running ^ letter) * 0xD6E8FEB86659FD93L;
    return h ^ (h >>> 32);
  }

  /** The hash that a running one ends in; never 0. */
  static long end(long running) {
    long h = (running ^ (running >>> 29)) * 0xBF58476D1CE4E5B9L;
    h ^= h >>> 32;
    return h == 0 ? 1 : h;
  }

  /** The hash of a word's letters and digits. */
  static long ofWord(String word) {
    long h = SEED;
    for (int i = 0; i < word.length(); i++) {
      char c = Letters.fold(word.charAt(i));
      h = c != Letters.NOTHING && Character.isLetterOrDigit(c) ? with(h, c) : h;
    }
    return end(h);
  }
}
