/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.weir.action.Action;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An action with what the policy's author expects of it: the policy's own test.
 *
 * @param at where it stands
 * @param source the topic that the action comes from
 * @param text the action as its author wrote it, in JSON
 * @param action the same, completed to an action event
 * @param before earlier actions of the task
 * @param magnitude where its magnitude must lie, log10 LU
 * @param risk where its risk must lie, log10 LU
 * @param actionClass the class that it must be of
 * @param fires rules that must fire
 * @param spares rules that must not
 */
public record Example(
    Place at,
    String source,
    String text,
    Action action,
    List<Earlier> before,
    Interval magnitude,
    Interval risk,
    Optional<String> actionClass,
    Set<String> fires,
    Set<String> spares) {

  /** An earlier action: as written, and completed. */
  public record Earlier(String text, Action action) {}
}
