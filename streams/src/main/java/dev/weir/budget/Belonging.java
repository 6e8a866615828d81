/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.action.Action;
import dev.weir.event.Assessment;
import dev.weir.event.Contribution;
import dev.weir.event.Dimension;
import dev.weir.event.Score;
import java.util.EnumSet;
import java.util.Set;

/**
 * What an action belongs to, as far as review is shared out by it. Tags are keyed hashes from
 * {@link Chance#tag}: nobody can choose names that share another's tag.
 *
 * @param agent tag of source and agent
 * @param task tag of the task
 * @param actionClass tag of its class in the policy; 0 for none
 * @param rule tag of the rule that adds most to its magnitude; 0 for none
 */
public record Belonging(long agent, long task, long actionClass, long rule) {
  private static final Set<Dimension> KINDS =
      EnumSet.range(Dimension.DESTRUCTION, Dimension.OVERSIGHT);

  /** Of nothing in particular: no cap applies. */
  public static final Belonging NONE = new Belonging(0, 0, 0, 0);

  /** Of an action as it was scored. */
  public static Belonging of(Chance chance, Action action, Score score) {
    Named named =
        new Named(action.source(), action.event().getAgent().getId(), action.event().getTaskId());
    return of(chance, named, score);
  }

  /** Of an action as it was assessed. */
  public static Belonging of(Chance chance, Assessment assessment) {
    Named named = new Named(assessment.getTopic(), assessment.getAgentId(), assessment.getTaskId());
    return of(chance, named, assessment.getScore());
  }

  private record Named(String source, String agent, String task) {}

  private static Belonging of(Chance chance, Named named, Score score) {
    String rule = leading(score);
    return new Belonging(
        chance.tag(named.source, named.agent),
        chance.tag("task", named.task),
        score.getActionClass().isEmpty() ? 0 : chance.tag("class", score.getActionClass()),
        rule.isEmpty() ? 0 : chance.tag("rule", rule));
  }

  /** The rule that adds most to magnitude; "" for none. */
  static String leading(Score score) {
    String rule = "";
    double most = Double.NEGATIVE_INFINITY;
    for (Contribution part : score.getContributions()) {
      if (part.getCounted() && part.getValue() > most && KINDS.contains(part.getDimension())) {
        rule = part.getRule();
        most = part.getValue();
      }
    }
    return rule;
  }
}
