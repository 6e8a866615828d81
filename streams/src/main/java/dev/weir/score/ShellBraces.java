/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.ArrayList;
import java.util.List;

/** What {@code a{b,c}d} stands for: at most 64 words, within 200 characters and six levels. */
final class ShellBraces {
  private static final int MAX_WORDS = 64;
  private static final int MAX_LENGTH = 200;
  private static final int MAX_DEPTH = 6;
  private static final int MAX_TRIES = 6;

  private ShellBraces() {}

  static List<String> expand(String word) {
    List<String> done = new ArrayList<>();
    if (word.length() <= MAX_LENGTH && word.indexOf(',') > 0) {
      expand(word, done, 0);
    } else {
      done.add(word);
    }
    return done;
  }

  private static void expand(String word, List<String> done, int depth) {
    int open = depth < MAX_DEPTH && done.size() < MAX_WORDS ? opening(word) : -1;
    if (open < 0) {
      done.add(word);
      return;
    }
    int end = closing(word, open);
    for (String part : commas(word, open, end)) {
      if (done.size() < MAX_WORDS) {
        expand(word.substring(0, open) + part + word.substring(end + 1), done, depth + 1);
      }
    }
  }

  /** The first brace that holds a list, or −1. */
  private static int opening(String word) {
    int open = word.indexOf('{');
    for (int tries = 0; open >= 0 && tries < MAX_TRIES; tries++) {
      int end = closing(word, open);
      boolean variable = open > 0 && word.charAt(open - 1) == '$';
      if (!variable && end < word.length() && commas(word, open, end).size() > 1) {
        return open;
      }
      open = word.indexOf('{', open + 1);
    }
    return -1;
  }

  private static int closing(String word, int open) {
    int depth = 0;
    for (int i = open; i < word.length(); i++) {
      depth += word.charAt(i) == '{' ? 1 : word.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return word.length();
  }

  private static List<String> commas(String word, int open, int end) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = open + 1;
    for (int i = open + 1; i <= end; i++) {
      char c = i == end ? ',' : word.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == ',' && depth <= 0) {
        parts.add(word.substring(start, i));
        start = i + 1;
      }
    }
    return parts;
  }
}
