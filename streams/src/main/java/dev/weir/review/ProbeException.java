/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

/** A log of probes is no good; the message says which line and why. */
public final class ProbeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long line;
  private final String problem;

  ProbeException(long line, String problem) {
    super(told(line, problem));
    this.line = line;
    this.problem = problem;
  }

  /** The line and what is wrong with it. */
  public String told() {
    return told(line, problem);
  }

  private static String told(long line, String problem) {
    return "line %d: %s".formatted(line, problem);
  }

  /** The line, from 1. */
  long line() {
    return line;
  }
}
