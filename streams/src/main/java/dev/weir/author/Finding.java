/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.author;

import dev.weir.policy.Place;

/**
 * Something to mend in a policy that loads.
 *
 * @param level how bad it is
 * @param at where
 * @param what what is wrong and how to mend it, one line
 */
public record Finding(Level level, Place at, String what) {
  /** How bad a finding is. */
  public enum Level {
    /** The policy does not do what it says. */
    ERROR,
    /** It probably does not do what its author meant. */
    WARNING
  }

  static Finding error(Place at, String what) {
    return new Finding(Level.ERROR, at, what);
  }

  static Finding warning(Place at, String what) {
    return new Finding(Level.WARNING, at, what);
  }

  @Override
  public String toString() {
    return at + ": " + (level == Level.ERROR ? "error: " : "warning: ") + what;
  }
}
