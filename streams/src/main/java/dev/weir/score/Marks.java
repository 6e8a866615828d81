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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Words and phrases that mark credentials and private matters, from {@code secrets.txt}, found in
 * one pass over a text: most words are passed by for their first letter and length.
 */
final class Marks {
  /** What a mark is of. */
  enum Kind {
    KEY,
    ARMOUR,
    PASSWORD,
    CODE,
    PERSONAL
  }

  /**
   * A phrase.
   *
   * @param words lower case, at least one
   */
  record Mark(Kind kind, List<String> words) {}

  private static final int LENGTHS = 32;
  private static final int FIRSTS = 2048;

  /** Documented beginnings of keys, by their first character, the longest first. */
  private static final Map<Character, List<String>> KEYS = new HashMap<>();

  /** The characters of ASCII that none of them begins with. */
  private static final boolean[] NO_KEY = new boolean[128];

  private static final Map<String, List<Mark>> BY_FIRST_WORD = new HashMap<>();
  private static final BitSet POSSIBLE = new BitSet(LENGTHS * FIRSTS);

  static {
    load();
  }

  private Marks() {}

  /** Whether some mark may begin with a word of this length and first letter, lower case. */
  static boolean isPossible(char first, int length) {
    return length < LENGTHS && first < FIRSTS && POSSIBLE.get(first * LENGTHS + length);
  }

  static List<Mark> beginning(String word) {
    return BY_FIRST_WORD.getOrDefault(word, List.of());
  }

  /** How long the beginning of a key is that stands here; 0 where none does. */
  static int key(String text, int at) {
    char first = text.charAt(at);
    if (first < NO_KEY.length && NO_KEY[first]) {
      return 0;
    }
    for (String key : KEYS.getOrDefault(first, List.of())) {
      if (text.startsWith(key, at)) {
        return key.length();
      }
    }
    return 0;
  }

  private static void load() {
    try (InputStream in = Objects.requireNonNull(Marks.class.getResourceAsStream("secrets.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int colon = line.indexOf(": ");
        if (!line.startsWith("#") && colon > 0) {
          Kind kind = Kind.valueOf(Letters.upper(line.substring(0, colon)));
          for (String word : line.substring(colon + 2).strip().split(" ", -1)) {
            add(kind, word);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    KEYS.values().forEach(k -> k.sort((a, b) -> b.length() - a.length()));
    for (char c = 0; c < NO_KEY.length; c++) {
      NO_KEY[c] = !KEYS.containsKey(c);
    }
  }

  private static void add(Kind kind, String text) {
    if (kind == Kind.KEY || kind == Kind.ARMOUR) {
      KEYS.computeIfAbsent(text.charAt(0), c -> new ArrayList<>()).add(text);
      return;
    }
    Mark mark = new Mark(kind, Arrays.asList(text.split("_", -1)));
    String first = mark.words().get(0);
    BY_FIRST_WORD.computeIfAbsent(first, w -> new ArrayList<>()).add(mark);
    POSSIBLE.set(first.charAt(0) * LENGTHS + first.length());
  }
}
