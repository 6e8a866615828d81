/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.Arrays;

/**
 * The tokens of a text, in folded form, each in its sentence; what the words of each sentence say.
 * Bounded: what does not fit is dropped and {@link #clipped} says so. Reused by {@link #clear}. One
 * thread.
 */
final class Tokens {
  static final int MAX_TOKENS = 4_096;
  static final int MAX_SENTENCES = 1_024;
  private static final int MAX_CHARS = 40_000;

  /** What a token looks like. */
  enum Kind {
    WORD,
    NAME,
    NUMBER,
    DATE,
    ID,
    ACCOUNT,
    EMAIL,
    HOST,
    URL,
    PATH,
    HANDLE;

    /** Whether punctuation counts when such tokens are compared. */
    boolean exact() {
      return switch (this) {
        case EMAIL, HOST, URL, PATH, HANDLE -> true;
        default -> false;
      };
    }
  }

  private static final Kind[] KINDS = Kind.values();

  private char[] chars = new char[256];
  private int[] ends = new int[32];
  private long[] hashes = new long[32];
  private byte[] kinds = new byte[32];
  private short[] sentenceOf = new short[32];
  private long[] cues = new long[8];
  private float[] heats = new float[8];
  private float[] ownHeats = new float[8];
  private int count;
  private int sentences;
  private int length;
  private boolean clipped;

  void clear() {
    count = 0;
    sentences = 0;
    length = 0;
    clipped = false;
  }

  int count() {
    return count;
  }

  int sentences() {
    return sentences;
  }

  boolean clipped() {
    return clipped;
  }

  long hash(int token) {
    return hashes[token];
  }

  Kind kind(int token) {
    return KINDS[kinds[token]];
  }

  /** Whether a token is more than a word: a value that names one thing. */
  boolean isValue(int token) {
    return kinds[token] != 0;
  }

  int sentence(int token) {
    return sentenceOf[token];
  }

  int length(int token) {
    return ends[token] - start(token);
  }

  long cues(int sentence) {
    return cues[sentence];
  }

  /** How much a sentence reads like an order to an agent: {@link Passages}. */
  float heat(int sentence) {
    return heats[sentence];
  }

  /** The same without what it shares with those around it. */
  float ownHeat(int sentence) {
    return ownHeats[sentence];
  }

  void heat(int sentence, float heat) {
    heats[sentence] = heat;
  }

  int start(int token) {
    return token == 0 ? 0 : ends[token - 1];
  }

  /** The folded text of a token. */
  String text(int token) {
    return new String(chars, start(token), length(token));
  }

  /** The text between two places. */
  String text(int from, int end) {
    return new String(chars, from, end - from);
  }

  /** Appends the folded text of a token. */
  void appendTo(StringBuilder to, int token) {
    to.append(chars, start(token), length(token));
  }

  /**
   * Whether this token is written as that one is; of numbers and words only letters and digits
   * count.
   */
  boolean same(int token, Tokens other, int that) {
    boolean loose = !kind(token).exact() || !other.kind(that).exact();
    int i = start(token);
    int j = other.start(that);
    while (true) {
      while (loose && i < ends[token] && !TextScanner.isWord(chars[i])) {
        i++;
      }
      while (loose && j < other.ends[that] && !TextScanner.isWord(other.chars[j])) {
        j++;
      }
      if (i == ends[token] || j == other.ends[that]) {
        return i == ends[token] && j == other.ends[that];
      }
      if (chars[i++] != other.chars[j++]) {
        return false;
      }
    }
  }

  char charAt(int at) {
    return chars[at];
  }

  /** Where the text that is not yet a token begins. */
  int mark() {
    return count == 0 ? 0 : ends[count - 1];
  }

  int end() {
    return length;
  }

  void append(char c) {
    if (length == chars.length) {
      if (length >= MAX_CHARS) {
        clipped = true;
        return;
      }
      chars = Arrays.copyOf(chars, Math.min(MAX_CHARS, 2 * length));
    }
    chars[length++] = c;
  }

  /** Appends the characters from {@code from} to {@code end}, as far as there is room. */
  void append(char[] from, int start, int end) {
    int taken = Math.min(end - start, MAX_CHARS - length);
    clipped |= taken < end - start;
    if (length + taken > chars.length) {
      chars = Arrays.copyOf(chars, Math.min(MAX_CHARS, Math.max(length + taken, 2 * length)));
    }
    System.arraycopy(from, start, chars, length, taken);
    length += taken;
  }

  void set(int at, char c) {
    chars[at] = c;
  }

  /** Throws away what was appended after {@code end}. */
  void cut(int end) {
    length = end;
  }

  /** Makes a token of what was appended since the last one. */
  @SuppressWarnings("EnumOrdinal") // lives no longer than the text is read
  void add(Kind kind, long hash) {
    if (count == MAX_TOKENS) {
      clipped = true;
      length = mark();
      return;
    }
    if (count == hashes.length) {
      int size = 2 * count;
      hashes = Arrays.copyOf(hashes, size);
      kinds = Arrays.copyOf(kinds, size);
      ends = Arrays.copyOf(ends, size);
      sentenceOf = Arrays.copyOf(sentenceOf, size);
    }
    hashes[count] = hash;
    kinds[count] = (byte) kind.ordinal();
    ends[count] = length;
    sentenceOf[count++] = (short) sentences;
  }

  /** Adds a token that has a hash only, and no text. */
  void addEmpty(Kind kind, long hash) {
    int pending = length;
    int mark = mark();
    length = mark;
    add(kind, hash);
    length = pending;
  }

  /** Ends a sentence; one that would be too many goes on. */
  void endSentence(long said, float heat) {
    if (sentences + 1 == MAX_SENTENCES) {
      clipped = true;
      cues[sentences] |= said;
      heats[sentences] = Math.max(heats[sentences], heat);
      ownHeats[sentences] = heats[sentences];
      return;
    }
    if (sentences + 2 > cues.length) {
      cues = Arrays.copyOf(cues, 2 * cues.length);
      heats = Arrays.copyOf(heats, 2 * heats.length);
      ownHeats = Arrays.copyOf(ownHeats, 2 * ownHeats.length);
    }
    cues[sentences] = said;
    ownHeats[sentences] = heat;
    heats[sentences++] = heat;
    cues[sentences] = 0;
    heats[sentences] = 0;
    ownHeats[sentences] = 0;
  }
}
