/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

/**
 * By how much mass decays.
 *
 * @param ms after which half is left
 */
public record HalfLife(long ms) {
  /** What is left after that time, in (0, 1]; all of it if no time has passed. */
  public double kept(long elapsedMs) {
    return elapsedMs <= 0 ? 1 : Math.exp(-Math.log(2) * elapsedMs / ms);
  }
}
