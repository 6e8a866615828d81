/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A regular expression as places between its pieces (Thompson's construction), of which several may
 * be held at once. Characters are those of ASCII and one for all others. A set of places is closed:
 * what is reached without a character is in it. Grows while it is built, then never changes.
 */
final class Machine {
  /** What stands for every character that is not ASCII. */
  static final int OTHER = 128;

  /** Expressions with more places are left to re2j. */
  private static final int MAX_PLACES = 2_000;

  private enum Kind {
    CHARACTER,
    SPLIT,
    BEGIN,
    END,
    ACCEPT
  }

  private record Place(Kind kind, BitSet characters, int next, int other) {}

  private static final BitSet NONE = new BitSet();

  private final List<Place> places = new ArrayList<>();
  private int start;

  /** The place of a match. */
  int accept() {
    return add(Kind.ACCEPT, NONE, 0, 0);
  }

  int character(BitSet characters, int next) {
    return add(Kind.CHARACTER, characters, next, 0);
  }

  int split(int next, int other) {
    return add(Kind.SPLIT, NONE, next, other);
  }

  /** A split whose first way is not known yet: {@link #loop} gives it. */
  int open(int other) {
    return split(other, other);
  }

  void loop(int split, int body) {
    Place open = places.get(split);
    places.set(split, new Place(Kind.SPLIT, NONE, body, open.other));
  }

  int begin(int next) {
    return add(Kind.BEGIN, NONE, next, 0);
  }

  int end(int next) {
    return add(Kind.END, NONE, next, 0);
  }

  void start(int place) {
    start = place;
  }

  boolean isTooLarge() {
    return places.size() > MAX_PLACES;
  }

  private int add(Kind kind, BitSet characters, int next, int other) {
    places.add(new Place(kind, characters, next, other));
    return places.size() - 1;
  }

  /** The places that take a character. */
  BitSet placesOf(int character) {
    BitSet taking = new BitSet();
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i).characters.get(character)) {
        taking.set(i);
      }
    }
    return taking;
  }

  /** What is held at the text's beginning. */
  BitSet begin() {
    BitSet held = new BitSet();
    close(held, start, true, false);
    return held;
  }

  /** What is held after one more character; a match may begin anywhere. */
  BitSet step(BitSet held, int character) {
    BitSet after = new BitSet();
    for (int i = held.nextSetBit(0); i >= 0; i = held.nextSetBit(i + 1)) {
      if (places.get(i).characters.get(character)) {
        close(after, places.get(i).next, false, false);
      }
    }
    close(after, start, false, false);
    return after;
  }

  boolean accepts(BitSet held) {
    for (int i = held.nextSetBit(0); i >= 0; i = held.nextSetBit(i + 1)) {
      if (places.get(i).kind == Kind.ACCEPT) {
        return true;
      }
    }
    return false;
  }

  /** Whether what is held matches if the text ends here. */
  boolean acceptsAtEnd(BitSet held, boolean atBegin) {
    BitSet after = new BitSet();
    for (int i = held.nextSetBit(0); i >= 0; i = held.nextSetBit(i + 1)) {
      close(after, i, atBegin, true);
    }
    return accepts(after);
  }

  /** Adds a place and what is reached from it; the beginning is passed only where it is. */
  private void close(BitSet held, int place, boolean atBegin, boolean atEnd) {
    if (held.get(place)) {
      return;
    }
    Place here = places.get(place);
    if (here.kind == Kind.BEGIN && !atBegin) {
      return;
    }
    held.set(place);
    boolean passed = here.kind == Kind.BEGIN || (here.kind == Kind.END && atEnd);
    if (passed || here.kind == Kind.SPLIT) {
      close(held, here.next, atBegin, atEnd);
    }
    if (here.kind == Kind.SPLIT) {
      close(held, here.other, atBegin, atEnd);
    }
  }
}
