/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.weir.event.Dimension;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * One rule. It is tried on an action whose tool's name holds one of {@code tools}, whose tool does
 * one of {@code verbs} to one of {@code objects} (each where there are any) and on which all of
 * {@code views} are present.
 *
 * @param id name, unique in the policy
 * @param at where it stands
 * @param tools words of tool names, lower case; empty = any tool
 * @param verbs what the tool does, by category; empty = anything
 * @param objects what it does it to, by category; empty = anything
 * @param views views that must be present
 * @param when whether it fires: a CEL boolean
 * @param actionClass the class that the action belongs to if it fires
 * @param adds what it contributes, in decades: CEL numbers
 * @param because one line for the reviewer
 * @param route whether what it fires on is always reviewed
 * @param ceiling share of actions, in (0, 1], above which what it routes waits; empty where the
 *     policy's holds
 * @param maps identifiers of OWASP's Agentic Top 10 and of MITRE ATLAS that it watches for
 * @param examples actions that it must fire on or spare
 */
public record Rule(
    String id,
    Place at,
    Set<String> tools,
    Set<String> verbs,
    Set<String> objects,
    Set<View> views,
    Expression when,
    Optional<String> actionClass,
    Map<Dimension, Expression> adds,
    String because,
    boolean route,
    OptionalDouble ceiling,
    Set<String> maps,
    List<Example> examples) {

  /** The claims that the rule reads, as a mask of {@link Claim#bit}. */
  public int claims() {
    int mask = when.claims();
    for (Expression value : adds.values()) {
      mask |= value.claims();
    }
    return mask;
  }
}
