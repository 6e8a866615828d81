/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sentence that is being read: what its words say, and whether one of them is an order. A verb
 * is an order where a sentence or clause begins, or after words such as please, then, to, must.
 */
final class Sentence {
  /** Words after which "forget" and "ignore" override nothing: "do not forget the reference". */
  private static final HashedWords NOT =
      new HashedWords(
          Stream.of("not", "dont", "t", "never", "nicht", "pas", "niet", "non", "no", "nunca")
              .collect(Collectors.toMap(Hashes::ofWord, word -> 1L)));

  private final Tokens out;
  private long said;
  private boolean negated;
  private boolean ordered;
  private boolean head;
  private int words;
  private int tags;
  private int values;
  private boolean hidden;

  Sentence(Tokens out) {
    this.out = out;
  }

  /** Whether what is read was hidden: an order that somebody hid is meant for a machine. */
  void hide(boolean hide) {
    hidden = hide;
  }

  boolean hidden() {
    return hidden;
  }

  void begin() {
    said = 0;
    negated = false;
    ordered = false;
    head = true;
    words = 0;
    tags = 0;
    values = 0;
  }

  /** An act may be ordered here: a clause begins. */
  void head() {
    head = true;
  }

  /** What stood before the colon is a label: a verb alone was none. */
  void colon() {
    if (words == 1) {
      ordered = false;
      said &= ~(Cues.ACTS | Cues.BASE);
    }
    head = true;
  }

  void comma() {
    head |= words < 8;
  }

  void tag() {
    end();
    tags++;
  }

  /** Ends the sentence at a border of the document: {@link Cues#APART} or {@link Cues#ROW}. */
  void border(long kind) {
    end();
    said |= kind;
  }

  /** A word with this hash was read; whether the lexicon knows it. */
  boolean word(long hash) {
    long cue = Cues.of(hash);
    words++;
    boolean orders = head && (cue & Cues.BASE) != 0;
    ordered |= orders;
    long heard = negated ? cue & ~Cues.OVERRIDE : cue;
    said |= orders ? heard : heard & ~Cues.ACTS;
    negated = NOT.get(hash) != 0;
    head = (cue & (Cues.LEAD | Cues.OVERRIDE)) != 0 || (head && (cue & Cues.YOU) != 0);
    return cue != 0;
  }

  /** A value was read: no order begins after it. */
  void value() {
    head = false;
    values++;
  }

  void end() {
    if (words == 0 && tags == 0 && values == 0) {
      return;
    }
    float heat = words == 0 ? 0 : Passages.heat(said, ordered) + (hidden && ordered ? 1 : 0);
    out.endSentence(
        (ordered ? said | Cues.BASE : said & ~Cues.BASE) | (tags > 0 ? Cues.TAG : 0),
        heat + Math.min(tags, 2));
    begin();
  }
}
