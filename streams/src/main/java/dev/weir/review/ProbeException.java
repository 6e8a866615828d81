/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

/** A log of probes is no good; the message says which line and why. */
public final class ProbeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProbeException(long line, String problem) {
    super("line %d: %s".formatted(line, problem));
  }
}
