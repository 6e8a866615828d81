/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.action.Action;
import dev.weir.score.ActionValues.Part;
import dev.weir.score.ActionValues.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Which actions of a task are like each other: the same tool, aimed at one of the same targets,
 * however the rest is worded. A likeness is a list of hashes, of the tool, then of each target in
 * folded form; an action with no target is like another with none, and one with more targets than
 * are kept is like every one of its tool, so that padding hides nothing.
 */
public final class Likeness {
  /** Targets kept at most. */
  public static final int MAX_TARGETS = 8;

  private static final long ANY = 0;

  private Likeness() {}

  /** The likeness of an action as it was scored. */
  public static List<Long> of(Action action, Scored scored) {
    ActionValues values = new ResultReader.Acted(action, scored).values();
    Tokens tokens = values.tokens();
    List<Long> likeness = new ArrayList<>(4);
    likeness.add(values.tool());
    for (Part part : values.parts()) {
      for (int i = part.from(); i < part.end(); i++) {
        if (!isTarget(values, part, i) || likeness.lastIndexOf(tokens.hash(i)) > 0) {
          continue;
        }
        if (likeness.size() > MAX_TARGETS) {
          return List.of(values.tool(), ANY);
        }
        likeness.add(tokens.hash(i));
      }
    }
    return tokens.clipped() ? List.of(values.tool(), ANY) : likeness;
  }

  private static boolean isTarget(ActionValues values, Part part, int token) {
    return part.role() == Role.TARGET
        ? values.isSignificant(token)
        : part.role() == Role.CONTENT && values.tokens().isValue(token);
  }

  /** Whether two actions of one task are like each other. */
  public static boolean alike(List<Long> one, List<Long> other) {
    if (!one.get(0).equals(other.get(0))) {
      return false;
    }
    if (one.size() == other.size() && one.size() == 1) {
      return true;
    }
    return takesAny(one) || takesAny(other) || sharesTarget(one, other);
  }

  private static boolean takesAny(List<Long> likeness) {
    return likeness.size() == 2 && likeness.get(1) == ANY;
  }

  private static boolean sharesTarget(List<Long> one, List<Long> other) {
    for (int i = 1; i < one.size(); i++) {
      if (other.lastIndexOf(one.get(i)) > 0) {
        return true;
      }
    }
    return false;
  }
}
