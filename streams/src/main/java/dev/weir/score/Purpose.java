/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import dev.weir.score.Arguments.Leaf;
import java.util.HashSet;
import java.util.Set;

/**
 * What a task is for, read once: the values and words of its objective, the kinds of act and thing
 * that it names, and whether it leaves what to do to something that is still to be read. Values are
 * compared letter by letter, so no collision of hashes gives credit.
 */
final class Purpose {
  /** How far from a word that delegates its object stands, in words. */
  private static final int AROUND = 6;

  private static final Purpose NONE = new Purpose("");

  private final String text;
  private final Tokens tokens = new Tokens();

  /** The first token of each hash, and one; by hash, with room for twice as many. */
  private final int[] byHash;

  private final String words;
  private final long said;
  private final Set<Long> referents = new HashSet<>();
  private long referentKinds;

  private Purpose(String text) {
    this.text = text;
    new TextScanner(tokens).scan(text);
    byHash = new int[Integer.highestOneBit(Math.max(1, tokens.count())) * 4];
    StringBuilder joined = new StringBuilder(" ");
    long all = 0;
    for (int i = 0; i < tokens.count(); i++) {
      index(i);
      tokens.appendTo(joined, i);
      joined.append(' ');
      all |= Cues.of(tokens.hash(i));
    }
    for (int i = 0; i < tokens.count(); i++) {
      if ((Cues.of(tokens.hash(i)) & Cues.DELEGATE) != 0) {
        refer(i);
      }
    }
    words = joined.toString();
    said = text.indexOf('?') < 0 ? all : all | Cues.kind("read");
  }

  /** The words around one that delegates name what it points to. */
  private void refer(int delegating) {
    int from = Math.max(0, delegating - AROUND);
    int end = Math.min(tokens.count(), delegating + AROUND + 1);
    for (int i = from; i < end; i++) {
      long cues = Cues.of(tokens.hash(i));
      boolean says = tokens.length(i) > 2 && (cues & ~Cues.ALL_THINGS & ~Cues.TASK) == 0;
      if (tokens.sentence(i) == tokens.sentence(delegating) && says) {
        StringBuilder word = new StringBuilder();
        tokens.appendTo(word, i);
        referents.add(Hashes.ofWord(stem(word.toString())));
        referentKinds |= cues & Cues.ALL_THINGS;
      }
    }
  }

  private static String stem(String word) {
    boolean plural = word.length() > 3 && word.endsWith("s") && !word.endsWith("ss");
    return plural ? word.substring(0, word.length() - 1) : word;
  }

  /**
   * Whether the objective leaves what to do to what this action reads: a word beside the one that
   * delegates ("as the rota says") is a word of the tool's name or of a short argument, or a thing
   * of its kind.
   */
  boolean pointsAt(String tool, Arguments arguments, Kinds kinds) {
    if (!delegates()) {
      return false;
    }
    if ((kinds.things() & referentKinds) != 0 || points(tool)) {
      return true;
    }
    for (Leaf leaf : arguments.leaves()) {
      if (points(leaf.text())) {
        return true;
      }
    }
    return false;
  }

  private boolean points(String name) {
    for (String word : Words.ofName(name)) {
      if (word.length() > 2 && referents.contains(Hashes.ofWord(stem(LowerCase.of(word))))) {
        return true;
      }
    }
    return false;
  }

  private void index(int token) {
    int cell = cell(tokens.hash(token));
    byHash[cell] = byHash[cell] == 0 ? token + 1 : byHash[cell];
  }

  /** Where the token of this hash is, or would be. */
  private int cell(long hash) {
    int mask = byHash.length - 1;
    int cell = (int) hash & mask;
    while (byHash[cell] != 0 && tokens.hash(byHash[cell] - 1) != hash) {
      cell = (cell + 1) & mask;
    }
    return cell;
  }

  static Purpose of(String text) {
    return text.isEmpty() ? NONE : new Purpose(text);
  }

  boolean isOf(String objective) {
    return text.equals(objective);
  }

  boolean isEmpty() {
    return tokens.count() == 0;
  }

  /** Whether the objective has this token. */
  boolean names(Tokens of, int token) {
    int at = byHash[cell(of.hash(token))] - 1;
    return at >= 0
        && (of.same(token, tokens, at) || of.length(token) == 0 || tokens.length(at) == 0);
  }

  /** Whether these tokens stand in the objective one after the other. */
  boolean quotes(Tokens of, int from, int end) {
    if (from == end || byHash[cell(of.hash(from))] == 0) {
      return false;
    }
    StringBuilder phrase = new StringBuilder(" ");
    for (int i = from; i < end && phrase.length() <= words.length(); i++) {
      of.appendTo(phrase, i);
      phrase.append(' ');
    }
    return phrase.length() <= words.length() && words.contains(phrase);
  }

  /** Kinds of act and thing that the objective names. */
  long kinds() {
    return said & (Cues.ACTS | Cues.ALL_THINGS) & ~Cues.DO;
  }

  /** Whether it names none of these kinds; false where there is nothing to name or to name it. */
  boolean lacks(long kinds) {
    return !isEmpty() && kinds != 0 && (kinds & kinds()) == 0;
  }

  /** The same of kinds of act; an objective that names no act may want any. */
  boolean lacksAct(long kinds) {
    return (kinds() & Cues.ACTS) != 0 && lacks(kinds);
  }

  /** Whether it says to do what something else says. */
  boolean delegates() {
    return (said & Cues.DELEGATE) != 0;
  }
}
