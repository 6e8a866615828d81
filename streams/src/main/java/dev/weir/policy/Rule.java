/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.weir.event.Dimension;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One rule. It is tried on an action whose tool's name holds one of {@code tools} (where there are
 * any) and on which all of {@code views} are present.
 *
 * @param id name, unique in the policy
 * @param tools words of tool names, lower case; empty = any tool
 * @param views views that must be present
 * @param when whether it fires: a CEL boolean
 * @param actionClass the class that the action belongs to if it fires
 * @param adds what it contributes, in decades: CEL numbers
 * @param because one line for the reviewer
 * @param route whether what it fires on is always reviewed
 */
public record Rule(
    String id,
    Set<String> tools,
    Set<View> views,
    Expression when,
    Optional<String> actionClass,
    Map<Dimension, Expression> adds,
    String because,
    boolean route) {

  /** The claims that the rule reads, as a mask of {@link Claim#bit}. */
  public int claims() {
    int mask = when.claims();
    for (Expression value : adds.values()) {
      mask |= value.claims();
    }
    return mask;
  }
}
