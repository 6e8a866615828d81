/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

/** What a task remembers of where values came from, as one action sees it. */
public interface Trail {
  /** The value stood in an untrusted result; or may have, where the trail is saturated. */
  int MET = 1;

  /** It stood in the result of something that the objective does not name. */
  int FOREIGN = 2;

  /** It stood in a passage that asks for something. */
  int ORDERED = 4;

  /** It stood in a passage that tells an agent what to do. */
  int INSTRUCTED = 8;

  /** It stood in a trusted result. */
  int TRUSTED = 16;

  /** The task used it before. */
  int USED = 32;

  /** What is known of the value of this hash: a sum of the bits above. */
  int of(long hash);

  /** Kinds of act and thing that passages ask for. */
  long orderedKinds();

  /** Kinds of act and thing that passages tell an agent to do. */
  long instructedKinds();

  /** Kinds of act and thing that results ask for which the objective names, in plain words. */
  long delegatedKinds();

  /** How much the last results read like an order to an agent; halved with each action since. */
  double heat();

  /** Whether values were met that could not be kept. */
  boolean saturated();

  /** What the task's actions have left for later ones. */
  Leftovers left();

  /** The trail of a task that has met nothing. */
  static Trail none() {
    return NothingMet.TRAIL;
  }
}
