/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the bytes that flow from one command into the next, or into a file or a word.
 *
 * @param text the bytes themselves, where the line says them; null where they are not known
 * @param taints where they come from: a mask
 * @param deeds what running them does, where that is all that is known: {@link Deeds}
 */
record Flow(@Nullable String text, int taints, long deeds) {
  static final int DOWNLOADED = 1;
  static final int DECODED = 2;
  static final int SECRET = 4;

  /** Something that is stored on the machine. */
  static final int LOCAL = 8;

  /** By its name it is about many persons. */
  static final int PERSONAL = 16;

  /** A program made it of other text, and how is not known. */
  static final int MADE = 32;

  static final Flow UNKNOWN = new Flow(null, 0);
  static final Flow EMPTY = new Flow("", 0);

  /** First of the characters that stand in a word for bytes that are not known, one per mask. */
  private static final char MARK = '\uE000';

  private static final char LAST = MARK + 63;
  private static final int MAX_TEXT = 16 << 10;

  Flow(@Nullable String text, int taints) {
    this(text, taints, 0);
  }

  static Flow of(String text) {
    return text.length() > MAX_TEXT ? UNKNOWN : new Flow(text, 0);
  }

  static Flow tainted(int taints) {
    return new Flow(null, taints);
  }

  boolean is(int taint) {
    return (taints & taint) != 0;
  }

  Flow with(int more) {
    return new Flow(text, taints | more, deeds);
  }

  Flow unknown() {
    return text == null ? this : new Flow(null, taints, deeds);
  }

  /** How it appears inside a word. */
  String word() {
    return text == null || taints != 0 ? (text == null ? "" : text) + (char) (MARK + taints) : text;
  }

  static boolean isMark(char c) {
    return c >= MARK && c <= LAST;
  }

  /** The taints of all bytes of a word. */
  static int taints(String word) {
    int taints = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c >= MARK && c <= LAST) {
        taints |= c - MARK;
      }
    }
    return taints;
  }

  /** Whether a word holds bytes that are not known. */
  static boolean isUnknown(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (isMark(word.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** The flow of a word: what it says, and where the rest of it comes from. */
  static Flow ofWord(String word) {
    return isUnknown(word) ? new Flow(word, taints(word)) : of(word);
  }
}
