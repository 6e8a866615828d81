/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.ActionEvent;
import dev.weir.policy.Attestable;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import dev.weir.score.PolicyScorer;
import dev.weir.score.Scored;
import dev.weir.score.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A policy that knows {@link Credulous#SOURCES}, and its scorer. */
record Judge(Policy policy, Scorer scorer) {
  /** The default pack. */
  static final Judge BY_PACK = of(Credulous.withSources(PolicyLoader.builtIn()));

  private static final double ROUNDING = 1e-9;
  private static final Map<Integer, Judge> CREDULOUS = new ConcurrentHashMap<>();

  /** The credulous policy of this number. */
  static Judge credulous(int number) {
    return CREDULOUS.computeIfAbsent(number, n -> of(Credulous.number(n)));
  }

  static Judge of(Policy policy) {
    return new Judge(policy, new PolicyScorer(policy));
  }

  /** The scores of a task's actions, each from its own source. */
  List<Scored> scores(List<ActionEvent> actions, List<String> sources) {
    Replay replay = new Replay(policy, scorer, FoldRules.DEFAULT);
    List<Scored> scores = new ArrayList<>();
    for (int i = 0; i < actions.size(); i++) {
      var action = Stories.received(actions.get(i), sources.get(i));
      scores.add(replay.add(action).orElseThrow().scored());
    }
    return scores;
  }

  /** What the source may attest, by its name: not what the policy makes of that. */
  static boolean attests(String source, ClaimedField field) {
    Attestable what = field.attestable();
    return what != null && !source.equals(Credulous.OPEN) && !source.equals(Credulous.allBut(what));
  }

  /** Fails where the first score is lower in any part. */
  static void noLower(Scored with, Scored without, Supplier<String> told) {
    var claimed = with.score();
    var plain = without.score();
    boolean lower =
        claimed.getRisk() < plain.getRisk() - ROUNDING
            || claimed.getMagnitude() < plain.getMagnitude() - ROUNDING
            || claimed.getLikelihood() < plain.getLikelihood() - ROUNDING
            || (plain.getUnscorable() && !claimed.getUnscorable())
            || (without.route() && !with.route())
            || (without.catastrophic() && !with.catastrophic())
            || with.baseCost() != without.baseCost();
    assertThat(lower).as(() -> "%s%n%s%n%s".formatted(told.get(), claimed, plain)).isFalse();
  }
}
