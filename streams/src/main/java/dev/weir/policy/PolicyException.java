/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.util.List;

/** A policy that was refused. Its message holds one problem a line, each with its position. */
public final class PolicyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /**
   * A refusal with every problem found, as {@code name:line:column: what is wrong; how to mend it}.
   */
  @SuppressWarnings("this-escape")
  public PolicyException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** The problems in the order of their positions; never empty, at most 20. */
  public List<String> problems() {
    return problems;
  }
}
