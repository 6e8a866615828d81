/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What words say, as a mask of bits, found by a word's hash ({@link Hashes}) without allocation.
 * Most words of a text are in no lexicon: a small filter, which stays in the fastest cache, passes
 * them by. A key and its value lie side by side. Immutable.
 */
final class HashedWords {
  /** Takes one line {@code name: list} of a lexicon. */
  @FunctionalInterface
  interface LineReader {
    void read(String name, String list, Map<Long, Long> words);
  }

  private final long[] filter;
  private final long[] cells;

  HashedWords(Map<Long, Long> words) {
    int size = Integer.highestOneBit(Math.max(8, words.size()));
    filter = new long[size / 8];
    cells = new long[8 * size];
    words.forEach(this::put);
  }

  /** The words of a resource beside this class; what begins with # is a comment. */
  static HashedWords read(String resource, LineReader reader) {
    Map<Long, Long> words = new HashMap<>();
    try (InputStream in =
            Objects.requireNonNull(HashedWords.class.getResourceAsStream(resource), resource);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int colon = line.indexOf(": ");
        if (colon > 0 && !line.startsWith("#")) {
          reader.read(line.substring(0, colon), line.substring(colon + 2), words);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new HashedWords(words);
  }

  /** What the word of this hash says; 0 for nothing. */
  long get(long hash) {
    int bit = (int) (hash >>> 32);
    if ((filter[bit >>> 6 & filter.length - 1] & 1L << bit) == 0) {
      return 0;
    }
    int mask = cells.length - 1;
    for (int at = 2 * (int) hash & mask; cells[at] != 0; at = at + 2 & mask) {
      if (cells[at] == hash) {
        return cells[at + 1];
      }
    }
    return 0;
  }

  private void put(long hash, long value) {
    int bit = (int) (hash >>> 32);
    filter[bit >>> 6 & filter.length - 1] |= 1L << bit;
    int mask = cells.length - 1;
    int at = 2 * (int) hash & mask;
    while (cells[at] != 0) {
      at = at + 2 & mask;
    }
    cells[at] = hash;
    cells[at + 1] = value;
  }
}
