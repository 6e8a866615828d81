/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads regular expressions, which re2j has taken, of the simple kinds that rules are made of:
 * letters of ASCII, classes, groups, alternatives, {@code * + ?} and both ends of the text. What
 * else there is (flags, counts, borders of words, other letters) it leaves to re2j.
 */
final class Pieces {
  private static final int MAX_DEPTH = 50;
  private static final String TAKEN = "*+?{}()[]|^$.\\";

  private final String regex;
  private int at;
  private int depth;

  private Pieces(String regex) {
    this.regex = regex;
  }

  /** What an expression says; null where it is of no simple kind. */
  static @Nullable Machine machine(String regex) {
    try {
      Pieces pieces = new Pieces(regex);
      Piece whole = pieces.alternatives();
      if (pieces.at < regex.length()) {
        return null;
      }
      Machine machine = new Machine();
      machine.start(whole.before(machine, machine.accept()));
      return machine.isTooLarge() ? null : machine;
    } catch (NotSimpleException e) {
      return null;
    }
  }

  /** A part of an expression. */
  @FunctionalInterface
  private interface Piece {
    /** Adds the part to a machine: the place from which it leads to {@code next}. */
    int before(Machine machine, int next);
  }

  private static final class NotSimpleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotSimpleException() {
      super(null, null, false, false);
    }
  }

  private char peek() {
    return at < regex.length() ? regex.charAt(at) : '\0';
  }

  private boolean take(char c) {
    boolean there = at < regex.length() && regex.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private char any() {
    if (at >= regex.length() || regex.charAt(at) >= Machine.OTHER) {
      throw new NotSimpleException();
    }
    return regex.charAt(at++);
  }

  private Piece alternatives() {
    if (++depth > MAX_DEPTH) {
      throw new NotSimpleException();
    }
    Piece found = sequence();
    while (take('|')) {
      Piece first = found;
      Piece other = sequence();
      found = (m, next) -> m.split(first.before(m, next), other.before(m, next));
    }
    depth--;
    return found;
  }

  private Piece sequence() {
    List<Piece> pieces = new ArrayList<>();
    while (at < regex.length() && peek() != '|' && peek() != ')') {
      pieces.add(repeated(single()));
    }
    return (m, next) -> {
      int place = next;
      for (int i = pieces.size() - 1; i >= 0; i--) {
        place = pieces.get(i).before(m, place);
      }
      return place;
    };
  }

  private Piece repeated(Piece one) {
    Piece found = one;
    if (take('*')) {
      found = (m, next) -> around(m, one, next, false);
    } else if (take('+')) {
      found = (m, next) -> around(m, one, next, true);
    } else if (take('?')) {
      found = (m, next) -> m.split(one.before(m, next), next);
    }
    if (found != one && "*+?{".indexOf(peek()) >= 0 && at < regex.length()) {
      throw new NotSimpleException();
    }
    return found;
  }

  private static int around(Machine m, Piece one, int next, boolean once) {
    int split = m.open(next);
    int body = one.before(m, split);
    m.loop(split, body);
    return once ? body : split;
  }

  private Piece single() {
    char c = any();
    return switch (c) {
      case '(' -> group();
      case '[' -> characters(bracketed());
      case '.' -> characters(except('\n'));
      case '^' -> (m, next) -> m.begin(next);
      case '$' -> (m, next) -> m.end(next);
      case '\\' -> characters(escaped());
      case '*', '+', '?', '{', '}', ']' -> throw new NotSimpleException();
      default -> characters(only(c));
    };
  }

  private Piece group() {
    if (take('?') && !take(':')) {
      throw new NotSimpleException();
    }
    Piece inner = alternatives();
    if (!take(')')) {
      throw new NotSimpleException();
    }
    return inner;
  }

  private static Piece characters(BitSet set) {
    return (m, next) -> m.character(set, next);
  }

  private static BitSet only(char c) {
    BitSet set = new BitSet();
    set.set(c);
    return set;
  }

  private static BitSet except(char c) {
    BitSet set = new BitSet();
    set.set(0, Machine.OTHER + 1);
    set.clear(c);
    return set;
  }

  private BitSet escaped() {
    char c = any();
    BitSet set = new BitSet();
    switch (c) {
      case 'd' -> set.set('0', '9' + 1);
      case 'n' -> set.set('\n');
      case 't' -> set.set('\t');
      default -> {
        if (TAKEN.indexOf(c) < 0 && c != '-' && c != '/') {
          throw new NotSimpleException();
        }
        set.set(c);
      }
    }
    return set;
  }

  /**
   * What stands between brackets; a bracket or hyphen there only escaped, or a hyphen at an end.
   */
  private BitSet bracketed() {
    boolean negated = take('^');
    BitSet set = new BitSet();
    while (!take(']')) {
      BitSet one = member();
      boolean range = peek() == '-' && at + 1 < regex.length() && regex.charAt(at + 1) != ']';
      if (range) {
        at++;
        range(set, one, member());
      } else {
        set.or(one);
      }
    }
    if (set.isEmpty()) { // "[]...": re2j takes the bracket as a member
      throw new NotSimpleException();
    }
    if (negated) {
      set.flip(0, Machine.OTHER + 1);
    }
    return set;
  }

  private BitSet member() {
    char c = any();
    if (c == '[') {
      throw new NotSimpleException();
    }
    return c == '\\' ? escaped() : only(c);
  }

  private static void range(BitSet set, BitSet from, BitSet to) {
    if (from.cardinality() != 1 || to.cardinality() != 1) {
      throw new NotSimpleException();
    }
    set.set(from.nextSetBit(0), to.nextSetBit(0) + 1);
  }
}
