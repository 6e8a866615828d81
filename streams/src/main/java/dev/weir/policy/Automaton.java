/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression as a deterministic automaton, built once by the subset construction: whether
 * it matches anywhere in a text is one look-up a character, where RE2 steps every thread of its
 * machine. Reads the expressions of {@link Pieces}; says what re2j says. Immutable.
 */
final class Automaton {
  /** With more states it is left to re2j. */
  private static final int MAX_STATES = 1_000;

  private static final int DEAD = -1;
  private static final int MATCHED = -2;

  private final int[] classes;
  private final int kinds;

  /**
   * By state and class of character: where the next state's row begins, or {@link #DEAD} and so.
   */
  private final int[] next;

  private final boolean[] atEnd;

  /**
   * The row in which nothing has begun to match, as most of a text leaves it; else {@link #DEAD}.
   */
  private final int idle;

  /** By character, whether it begins nothing there. */
  private final boolean[] idles;

  private Automaton(int[] classes, int kinds, int[] next, boolean[] atEnd) {
    this.classes = classes;
    this.kinds = kinds;
    this.next = next;
    this.atEnd = atEnd;
    int other = classes[Machine.OTHER];
    int idle = next[other];
    this.idle = idle >= 0 && next[idle + other] == idle ? idle : DEAD;
    this.idles = new boolean[Machine.OTHER + 1];
    for (int c = 0; c < idles.length && this.idle >= 0; c++) {
      idles[c] = next[idle + classes[c]] == idle;
    }
  }

  /** The automaton of an expression that re2j takes; null where it is of no simple kind. */
  static @Nullable Automaton of(String regex) {
    Machine machine = Pieces.machine(regex);
    return machine == null ? null : new Builder(machine).build();
  }

  /**
   * Whether the expression matches somewhere in {@code text}. Reads each character at most once.
   */
  boolean find(String text) {
    int row = 0;
    for (int i = 0; i < text.length() && row >= 0; i++) {
      i = row == idle ? idle(text, i) : i;
      if (i == text.length()) {
        break;
      }
      char c = text.charAt(i);
      if (c < Machine.OTHER) {
        row = next[row + classes[c]];
      } else {
        row = next[row + classes[Machine.OTHER]];
        i += isPair(text, i) ? 1 : 0;
      }
    }
    return row == MATCHED || (row >= 0 && atEnd[row / kinds]);
  }

  /** Where the next character is that may begin a match. */
  private int idle(String text, int from) {
    int i = from;
    while (i < text.length() && idles[Math.min(text.charAt(i), Machine.OTHER)]) {
      i++;
    }
    return i;
  }

  private static boolean isPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  /** Makes states of sets of the machine's places. */
  private static final class Builder {
    private final Machine machine;
    private final int[] classes;
    private final List<Integer> samples = new ArrayList<>();
    private final List<BitSet> states = new ArrayList<>();
    private final Map<BitSet, Integer> known = new HashMap<>();

    Builder(Machine machine) {
      this.machine = machine;
      this.classes = classes(machine);
    }

    /** Characters that no place tells apart are of one class; {@link #samples} has one of each. */
    private int[] classes(Machine of) {
      int[] found = new int[Machine.OTHER + 1];
      Map<BitSet, Integer> bySignature = new HashMap<>();
      for (int c = 0; c <= Machine.OTHER; c++) {
        BitSet signature = of.placesOf(c);
        Integer kind = bySignature.get(signature);
        if (kind == null) {
          kind = samples.size();
          bySignature.put(signature, kind);
          samples.add(c);
        }
        found[c] = kind;
      }
      return found;
    }

    /** The first state is no other: only it stands at the text's beginning. */
    @Nullable Automaton build() {
      BitSet begin = machine.begin();
      if (machine.accepts(begin)) {
        return new Automaton(classes, samples.size(), filled(MATCHED), new boolean[] {true});
      }
      states.add(begin);
      List<int[]> rows = new ArrayList<>();
      for (int i = 0; i < states.size(); i++) {
        if (states.size() > MAX_STATES) {
          return null;
        }
        rows.add(row(states.get(i)));
      }
      int[] next = new int[rows.size() * samples.size()];
      boolean[] atEnd = new boolean[rows.size()];
      for (int i = 0; i < rows.size(); i++) {
        System.arraycopy(rows.get(i), 0, next, i * samples.size(), samples.size());
        atEnd[i] = machine.acceptsAtEnd(states.get(i), i == 0);
      }
      return new Automaton(classes, samples.size(), next, atEnd);
    }

    private int[] filled(int value) {
      int[] row = new int[samples.size()];
      Arrays.fill(row, value);
      return row;
    }

    private int[] row(BitSet from) {
      int[] row = new int[samples.size()];
      for (int kind = 0; kind < row.length; kind++) {
        int state = state(machine.step(from, samples.get(kind)));
        row[kind] = state < 0 ? state : state * row.length;
      }
      return row;
    }

    private int state(BitSet places) {
      if (machine.accepts(places)) {
        return MATCHED;
      } else if (places.isEmpty()) {
        return DEAD;
      }
      Integer found = known.get(places);
      if (found == null) {
        found = states.size();
        known.put(places, found);
        states.add(places);
      }
      return found;
    }
  }
}
