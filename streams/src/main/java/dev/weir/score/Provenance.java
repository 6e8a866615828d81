/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.state.TaskProvenance;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where the values came from that a task has met: its live state, below 4 KiB as stored.
 *
 * <p>Invariant: a value met in an untrusted result is never again new to the task, and one met in
 * an instruction never again harmless; what the filters say too much, and what the lists forget,
 * only raises a score. One thread.
 */
public final class Provenance implements Trail {
  static final int MET_BYTES = 1_024;
  static final int FILTER_BYTES = 512;
  static final int MAX_TRUSTED = 64;
  static final int MAX_USED = 32;
  private static final double COOLING = 0.5;
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();

  /** From here on more is asked for than what an objective that points there wants done. */
  private static final float POINTED = 1.5f;

  private final Bloom met;
  private final Bloom foreign;
  private final Bloom ordered;
  private final Bloom instructed;
  private final Latest trusted;
  private final Latest used;
  private final Leftovers left;
  private long orderedKinds;
  private long instructedKinds;
  private long delegatedKinds;
  private double heat;
  private boolean saturated;
  private Purpose purpose = Purpose.of("");

  /** A task that has met nothing. */
  public Provenance() {
    this(
        new TaskProvenance(
            EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, 0L, 0L, 0L, 0.0, false, EMPTY));
  }

  private Provenance(TaskProvenance stored) {
    met = new Bloom(MET_BYTES, stored.getMet());
    foreign = new Bloom(FILTER_BYTES, stored.getForeign());
    ordered = new Bloom(FILTER_BYTES, stored.getOrdered());
    instructed = new Bloom(FILTER_BYTES, stored.getInstructed());
    trusted = new Latest(MAX_TRUSTED, stored.getTrusted());
    used = new Latest(MAX_USED, stored.getUsed());
    orderedKinds = stored.getOrderedKinds();
    instructedKinds = stored.getInstructedKinds();
    delegatedKinds = stored.getDelegatedKinds();
    heat = stored.getHeat();
    saturated = stored.getSaturated();
    left = new Leftovers(stored.getLeft());
  }

  /** The state as it was stored. */
  public static Provenance restored(TaskProvenance stored) {
    return new Provenance(stored);
  }

  /** The state as it is stored. */
  public TaskProvenance state() {
    return new TaskProvenance(
        met.stored(),
        foreign.stored(),
        ordered.stored(),
        instructed.stored(),
        trusted.stored(),
        used.stored(),
        orderedKinds,
        instructedKinds,
        delegatedKinds,
        heat,
        saturated,
        left.stored());
  }

  @Override
  public int of(long hash) {
    int known = trusted.contains(hash) ? TRUSTED : 0;
    known |= used.contains(hash) ? USED : 0;
    known |= instructed.contains(hash) ? INSTRUCTED : 0;
    if (met.contains(hash)) { // which has all that the two below have
      known |= MET;
      known |= ordered.contains(hash) ? ORDERED : 0;
      known |= foreign.contains(hash) ? FOREIGN : 0;
    }
    boolean isNew = (known & (MET | TRUSTED)) == 0;
    return isNew && saturated ? known | MET | FOREIGN : known;
  }

  @Override
  public long orderedKinds() {
    return orderedKinds;
  }

  @Override
  public long instructedKinds() {
    return instructedKinds;
  }

  @Override
  public long delegatedKinds() {
    return delegatedKinds;
  }

  @Override
  public double heat() {
    return heat;
  }

  @Override
  public boolean saturated() {
    return saturated;
  }

  @Override
  public Leftovers left() {
    return left;
  }

  /** The task's objective as read; read anew only when it changes. */
  Purpose purpose(String objective) {
    if (!purpose.isOf(objective)) {
      purpose = Purpose.of(objective);
    }
    return purpose;
  }

  /** The task used this tool, or aimed at this target. */
  void use(long hash) {
    used.add(hash);
  }

  /** The task left this for its later actions. */
  void leave(List<Leftover> more) {
    if (!more.isEmpty()) {
      left.add(more);
    }
  }

  /** One more action of the task: what was read is a step further away. */
  void cool() {
    heat = heat < 0.01 ? 0 : heat * COOLING;
  }

  /**
   * Takes in a result whose tokens carry their passages' heat.
   *
   * @param named the objective names what was read
   * @param pointed it leaves what to do to it: what that asks for is the task
   */
  void meet(Tokens result, boolean isTrusted, boolean named, boolean pointed) {
    saturated |= result.clipped();
    for (int i = 0; i < result.count(); i++) {
      if (!isTrusted) {
        meet(result, i, named || pointed, pointed);
      } else if (result.isValue(i)) {
        trusted.add(result.hash(i));
      }
    }
    if (!isTrusted) {
      for (int i = 0; i < result.sentences(); i++) {
        meetSentence(result, i, named || pointed, pointed);
      }
      saturated |= met.saturated() || foreign.saturated();
    }
  }

  /** Part of a result is missing. */
  void meetCut() {
    saturated = true;
  }

  private void meet(Tokens result, int i, boolean named, boolean pointed) {
    float level = result.heat(result.sentence(i));
    long hash = result.hash(i);
    boolean isValue = result.isValue(i);
    if (isValue) {
      met.add(hash);
      if (!named) {
        foreign.add(hash);
      }
    }
    if (level >= (pointed ? POINTED : Passages.ORDER) && (isValue || isOrderedWord(result, i))) {
      ordered.add(hash);
    }
    if (level >= Passages.INSTRUCTION && (isValue || result.length(i) > 2)) {
      instructed.add(hash);
    }
  }

  /** Whether a word names something in a sentence that itself is an order. */
  private static boolean isOrderedWord(Tokens result, int i) {
    int sentence = result.sentence(i);
    return (result.cues(sentence) & Cues.BASE) != 0
        && result.length(i) > 2
        && Cues.of(result.hash(i)) == 0;
  }

  private void meetSentence(Tokens result, int sentence, boolean named, boolean pointed) {
    float level = result.heat(sentence);
    long said = result.cues(sentence);
    heat = Math.max(heat, level);
    boolean asks = (said & Cues.BASE) != 0;
    long kinds = asks ? said & (Cues.ACTS | Cues.ALL_THINGS) & ~Cues.DO : 0;
    if (level >= (pointed ? POINTED : Passages.ORDER)) {
      orderedKinds |= kinds;
    }
    if (named && result.ownHeat(sentence) < Passages.INSTRUCTION) {
      delegatedKinds |= kinds;
    }
    if (level >= Passages.INSTRUCTION) {
      instructedKinds |= kinds;
    }
  }
}
