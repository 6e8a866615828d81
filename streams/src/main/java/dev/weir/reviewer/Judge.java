/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.reviewer;

import dev.weir.event.Escalation;

/** Who decides on an escalation: a program, a model, a person. */
@FunctionalInterface
public interface Judge {
  /**
   * The decision.
   *
   * @throws JudgeException if there is none this time; asking again may help
   */
  Draft judge(Escalation escalation) throws JudgeException, InterruptedException;
}
