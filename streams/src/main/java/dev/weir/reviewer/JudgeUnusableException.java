/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

/**
 * A judge that cannot judge anything as it is set up: a program that is not there, a key that is
 * refused. The worker ends and leaves what is open to others, instead of abstaining from all of it.
 */
public final class JudgeUnusableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says why, in a line for people. */
  public JudgeUnusableException(String message) {
    super(Shown.line(message));
  }
}
