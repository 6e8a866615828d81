/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

/** What the task's recent ids say of an action. */
public enum Sighting {
  /** Its event_id was not seen lately. */
  NEW,
  /** The same event_id with the same digest: a repetition. */
  DUPLICATE,
  /** The same event_id with another digest. */
  ID_CONFLICT,
  /**
   * It carries out a proposal that was seen, for the first time, with the same tool and arguments.
   */
  CARRIES_OUT,
  /**
   * It carries out what no proposal of the task with the same tool and arguments was released for,
   * or what was carried out before.
   */
  BYPASS
}
