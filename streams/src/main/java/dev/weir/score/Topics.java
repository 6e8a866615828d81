/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a text is about: the topics of {@code topics.txt} that a word of it, or two words in a row,
 * belong to. Words are parted by whatever is no letter or digit; they are looked up by hash,
 * without allocation, in one pass over at most {@value #MAX} characters. A set of topics is a mask.
 */
final class Topics {
  private static final int MAX = 2_048;
  private static final List<String> NAMES = new ArrayList<>();
  private static final HashedWords WORDS = HashedWords.read("topics.txt", Topics::read);

  private Topics() {}

  /** The mask of one topic; 0 for a name that is none. */
  static long of(String name) {
    int index = NAMES.indexOf(name);
    return index < 0 ? 0 : 1L << index;
  }

  /** The names of the topics of a mask. */
  static List<String> names(long topics) {
    List<String> names = new ArrayList<>(Long.bitCount(topics));
    for (long rest = topics; rest != 0; rest &= rest - 1) {
      names.add(NAMES.get(Long.numberOfTrailingZeros(rest)));
    }
    return names;
  }

  /** The topics of a name: {@code brakeController} has two words. */
  static long inName(String name) {
    return in(name, true);
  }

  /** The topics of a text. */
  static long in(String text) {
    return in(text, false);
  }

  private static long in(String text, boolean atCase) {
    long found = 0;
    long one = Hashes.SEED;
    long two = Hashes.SEED;
    boolean inWord = false;
    int n = Math.min(text.length(), MAX);
    for (int i = 0; i <= n; i++) {
      char c = i < n ? Letters.fold(text.charAt(i)) : ' ';
      if (atCase && inWord && i < n && Words.begins(text, i, n)) {
        found |= WORDS.get(Hashes.end(one)) | WORDS.get(Hashes.end(two));
        two = one;
        one = Hashes.SEED;
      }
      if (TextScanner.isWord(c)) {
        one = Hashes.with(one, c);
        two = Hashes.with(two, c);
        inWord = true;
      } else if (inWord) {
        found |= WORDS.get(Hashes.end(one)) | WORDS.get(Hashes.end(two));
        two = one;
        one = Hashes.SEED;
        inWord = false;
      }
    }
    return found;
  }

  private static void read(String name, String list, Map<Long, Long> words) {
    if (!NAMES.contains(name)) {
      NAMES.add(name);
    }
    long bit = of(name);
    for (String word : list.strip().split(" ", -1)) {
      words.merge(Hashes.ofWord(word), bit, (a, b) -> a | b);
      words.merge(Hashes.ofWord(word + "s"), bit, (a, b) -> a | b);
    }
  }
}
