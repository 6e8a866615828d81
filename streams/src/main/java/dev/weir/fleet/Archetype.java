/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.fleet;

import java.util.List;
import java.util.function.Function;

/** One kind of agent at work on one task; an instance is one task's story. */
interface Archetype {
  /** The kinds of agent, and how the fleet is made up of them, in percent. */
  List<Share> FLEET =
      List.of(
          new Share(CodingAgent::new, 34),
          new Share(SupportAgent::new, 24),
          new Share(ResearchAssistant::new, 16),
          new Share(OperationsAgent::new, 12),
          new Share(FinanceAgent::new, 8),
          new Share(MlEngineer::new, 6));

  /** A kind of agent and its part of the fleet. */
  record Share(Function<Scene, Archetype> kind, int percent) {}

  /** Name of the kind: start of its agents' ids. */
  String kind();

  /** What the task is for, in the principal's words. */
  String objective();

  /** A harmless look at something. */
  Call routine();

  /** A small change that is easily undone. */
  Call minor();

  /** A large change that the principal wants. */
  Call consequential();

  /** How it goes wrong: the last call, and possibly others, are harmful. */
  List<Call> catastrophe();
}
