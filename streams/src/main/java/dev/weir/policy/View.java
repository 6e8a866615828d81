/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

/** A reading of an action's arguments by a parser. Absent where there is nothing to read. */
public enum View {
  /** A shell command line. */
  SHELL,
  /** Program text in a scripting language. */
  CODE,
  /** A database statement. */
  SQL,
  /** Web addresses. */
  URL,
  /** Mail addresses. */
  MAIL,
  /** File paths. */
  PATH,
  /** Amounts of money. */
  MONEY,
  /** Credentials and personal numbers in the text. */
  SECRET,
  /** Encoded payloads. */
  ENCODED,
  /** Lists of things acted on. */
  TARGETS,
  /** Free text: what is said to somebody. */
  TEXT,
  /** Topics and kinds of things that names and values speak of. */
  ABOUT
}
