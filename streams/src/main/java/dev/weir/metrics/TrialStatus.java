/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.metrics;

/** What becomes of a policy beside the one in force, in one partition. */
public enum TrialStatus {
  /** There is none. */
  NONE,
  /** It scores in shadow, and goes live only when it is called for. */
  SHADOW,
  /** It is called for, and is tried. */
  TRIAL,
  /** The last one called for was refused. */
  REFUSED
}
