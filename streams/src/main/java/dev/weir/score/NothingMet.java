/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

/** The trail of a task that has met nothing. */
enum NothingMet implements Trail {
  TRAIL;

  @Override
  public int of(long hash) {
    return 0;
  }

  @Override
  public long orderedKinds() {
    return 0;
  }

  @Override
  public long instructedKinds() {
    return 0;
  }

  @Override
  public long delegatedKinds() {
    return 0;
  }

  @Override
  public double heat() {
    return 0;
  }

  @Override
  public boolean saturated() {
    return false;
  }

  @Override
  public Leftovers left() {
    return Leftovers.NONE;
  }
}
