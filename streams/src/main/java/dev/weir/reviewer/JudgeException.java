/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

/** Why a judge has no decision. The message is for people and holds no control characters. */
public final class JudgeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean hopeless;

  /** A failure after which asking again may help. */
  public JudgeException(String message) {
    this(message, false);
  }

  private JudgeException(String message, boolean hopeless) {
    super(Shown.line(message));
    this.hopeless = hopeless;
  }

  /** A failure that asking again would only repeat. */
  public static JudgeException hopeless(String message) {
    return new JudgeException(message, true);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** True if asking again would only repeat it. */
  public boolean isHopeless() {
    return hopeless;
  }
}
